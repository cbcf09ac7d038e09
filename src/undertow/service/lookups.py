"""The look-ups of Hasher-Matcher-Actioner (facebook/ThreatExchange, BSD), so that a platform can switch by its address.

A bank is a list. What differs: a key is asked for; no address is fetched (`url`); what is known to be harmless is left
out; `video_md5` is compared with every MD5.
"""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request

from undertow.service import bodies, shapes
from undertow.service.asking import REFUSALS, Held, Known, question
from undertow.service.guard import PICTURE
from undertow.service.shapes import BankEntry, RawMatches

ROUTER = APIRouter(prefix="/m", responses=REFUSALS, tags=["as Hasher-Matcher-Actioner"])

SignalType = Literal["pdq", "video_md5", "md5", "sha1", "sha256", "sha512"]
Signal = Annotated[str, Query(max_length=200, description="the hash, in hexadecimal digits")]

_FORM = {"type": "object", "required": ["photo"], "properties": {"photo": {"type": "string", "format": "binary"}}}
_PHOTO = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}}


@ROUTER.get("/lookup")
async def lookup(caller: Known, state: Held, signal_type: SignalType, signal: Signal) -> dict[str, list[BankEntry]]:
    """The lists that a hash is on, with the entries that are near enough."""
    algorithm = signal_type.removeprefix("video_")
    asked = question("", algorithm, signal)
    state.guard.spend(caller, 1)
    state.guard.count(caller.name, "hashes")
    return shapes.banks((await state.look([asked]))[""], algorithm)


@ROUTER.post("/lookup", openapi_extra=_PHOTO)
async def lookup_photo(request: Request, caller: Known, state: Held) -> dict[str, dict[str, list[BankEntry]]]:
    """The same for the picture in the part `photo`, under the kind of hash; it is stored nowhere."""
    state.guard.spend(caller, PICTURE)
    state.guard.count(caller.name, "pictures")
    made = await state.hashed(await bodies.photo(request, state.limits))
    return {"pdq": shapes.banks((await state.look(made.asked)).get("", []), "pdq")}


@ROUTER.get("/raw_lookup")
async def raw_lookup(
    caller: Known, state: Held, signal_type: SignalType, signal: Signal, *, include_distance: bool = False
) -> RawMatches:
    """The entries that are near enough, without their lists."""
    algorithm = signal_type.removeprefix("video_")
    asked = question("", algorithm, signal)
    state.guard.spend(caller, 1)
    state.guard.count(caller.name, "hashes")
    return shapes.raw((await state.look([asked]))[""], algorithm, distance=include_distance)
