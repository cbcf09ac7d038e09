"""What every page needs: the state of the service, and whose key it is."""

from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from undertow.answering import Asked, Caller, UndertowError, asked
from undertow.service.guard import Refused
from undertow.service.shapes import Problem
from undertow.service.state import State

_bearer = HTTPBearer(auto_error=False, description="a key of `undertow match-service keys add`")

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem} for status in (400, 401, 405, 408, 413, 415, 422, 429)
}


def held(request: Request) -> State:
    """The service that answers."""
    state: State = request.app.state.held
    return state


def whose(request: Request, sent: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)] = None) -> Caller:
    """The caller; raises `Refused` where the key opens nothing."""
    return held(request).guard.known(sent.credentials if sent else None)


Known = Annotated[Caller, Depends(whose)]
Held = Annotated[State, Depends(held)]


def question(name: str, algorithm: str, value: str) -> Asked:
    """A hash to look up; raises `Refused` where it is none."""
    try:
        return asked(name, algorithm, value)
    except UndertowError as error:
        raise Refused(400, error.message, error.hint) from error
