"""The service's own pages. Hashes stand in bodies: an address is written to logs of proxies, a body is not."""

from typing import Any

from fastapi import APIRouter, Request
from pydantic import ValidationError

from undertow.answering import Asked
from undertow.service import bodies, shapes
from undertow.service.asking import REFUSALS, Held, Known, question
from undertow.service.guard import PICTURE, Refused
from undertow.service.shapes import Answer, Answers, Hashes, PictureAnswer
from undertow.service.state import State

ROUTER = APIRouter(responses=REFUSALS)


def _body(media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {media_type: {"schema": schema}}}}


_HASHES = {
    "type": "object",
    "required": ["hashes"],
    "additionalProperties": False,
    "properties": {"hashes": {"type": "array", "minItems": 1, "items": shapes.Hash.model_json_schema()}},
}


@ROUTER.get("/status")
async def status() -> dict[str, str]:
    """Whether the service runs; asks for no key, and says nothing of lists."""
    return {"status": "up"}


@ROUTER.post("/v1/hashes", openapi_extra=_body("application/json", _HASHES))
async def hashes(request: Request, caller: Known, state: Held) -> Answers:
    """Looks hashes up; one that cannot be compared is answered with its `error`, and the others all the same."""
    try:
        sent = Hashes.model_validate_json(await bodies.read(request, state.limits))
    except ValidationError as error:
        kinds = "; ".join(sorted({one["type"] for one in error.errors(include_input=False)})[:5])
        raise Refused(422, "this request is not as the OpenAPI page says", kinds) from error
    if len(sent.hashes) > state.limits.batch:
        raise Refused(413, "too many hashes", f"send at most {state.limits.batch:,} at once")
    state.guard.spend(caller, len(sent.hashes))
    state.guard.count(caller.name, "hashes", len(sent.hashes))
    return Answers(answers=await _answers(sent, state))


@ROUTER.post("/v1/pictures", openapi_extra=_body("application/octet-stream", {"type": "string", "format": "binary"}))
async def pictures(request: Request, caller: Known, state: Held) -> PictureAnswer:
    """Hashes a picture, whatever way it is laid, and looks it up; the body is the file, and is stored nowhere."""
    state.guard.spend(caller, PICTURE)
    state.guard.count(caller.name, "pictures")
    made = await state.hashed(await bodies.read(request, state.limits))
    found = (await state.look(made.asked)).get("", [])
    return PictureAnswer(**shapes.answer(found).model_dump(), quality=made.quality, pipeline=made.pipeline)


async def _answers(sent: Hashes, state: State) -> list[Answer]:
    good: list[Asked] = []
    wrong: dict[int, str] = {}
    for number, one in enumerate(sent.hashes):
        try:
            good.append(question(str(number), one.algorithm, one.value))
        except Refused as error:
            wrong[number] = error.error
    found = await state.look(good)
    return [
        Answer(error=wrong[number]) if number in wrong else shapes.answer(found[str(number)])
        for number in range(len(sent.hashes))
    ]
