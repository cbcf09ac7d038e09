"""The service's pages: hashes and pictures in, matches out. Nothing that is asked is stored or logged, only counted."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from undertow.answering import Service
from undertow.service import lookups, own
from undertow.service.guard import Limits, Refused
from undertow.service.state import State

if TYPE_CHECKING:
    from undertow.workspace import Workspace


def build(workspace: "Workspace", limits: Limits | None = None) -> FastAPI:
    """The application; its lifespan reads the lists in force, which takes some seconds a million hashes."""
    state = State(Service(workspace), limits or Limits())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with state.running():
            yield

    about = "Is a hash or picture on a list in force? A hit is a lead for a person, never a verdict."
    app = FastAPI(title="Undertow match service", description=about, lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.held = state
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.include_router(own.ROUTER)
    app.include_router(lookups.ROUTER)
    return app


async def _refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    return JSONResponse({"error": error.error, "hint": error.hint}, error.status, error.headers)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    """Says where it is wrong, and does not repeat what was sent."""
    assert isinstance(error, RequestValidationError)
    places = "; ".join(f"{one['loc'][-1]}: {one['type']}" for one in error.errors()[:5])
    return JSONResponse({"error": "this request is not as the OpenAPI page says", "hint": places}, 422)


async def _http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    hint = "/openapi.json says what there is"
    return JSONResponse({"error": str(error.detail), "hint": hint}, error.status_code, error.headers)


def serve(workspace: "Workspace", host: str, port: int, limits: Limits) -> None:
    """Answers until it is stopped. No access log: an address may hold a hash."""
    import uvicorn

    uvicorn.run(build(workspace, limits), host=host, port=port, access_log=False, log_level="warning")
