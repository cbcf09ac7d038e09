"""The match service: who may ask, what comes out, and what is kept of it."""

import logging
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image
from tests.hashes import maker

from undertow import Workspace, listing
from undertow.listing import Said
from undertow.match import hash_picture
from undertow.review import callers
from undertow.service import app
from undertow.service.guard import Limits
from undertow.simulate.pictures import draw

made = maker(4)


def drawn() -> bytes:
    """Squares of grey, as a PNG larger than what Starlette would keep in memory."""
    chance = np.random.default_rng(3)
    squares = np.kron(chance.integers(0, 255, (12, 12), np.uint8), np.ones((64, 64), np.uint8))
    noisy = squares // 2 + chance.integers(0, 9, squares.shape, np.uint8)
    held = BytesIO()
    Image.fromarray(np.stack([noisy, noisy + 1, noisy + 2], axis=2)).save(held, "PNG", compress_level=0)
    return held.getvalue()


PICTURE = drawn()
PICTURE_HASH = hash_picture(PICTURE).pdq
ON_LIST, LOGO = made(), made()
MD5 = f"{7:032x}"


def framed(*, crop: float = 0.0) -> bytes:
    """A drawn scene with so much less at each side."""
    image = Image.open(BytesIO(draw(3, "as it was")))
    across, down = round(image.width * crop), round(image.height * crop)
    held = BytesIO()
    image.crop((across, down, image.width - across, image.height - down)).save(held, "PNG")
    return held.getvalue()


ROOM, CLOSER = framed(), framed(crop=0.04)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two lists in force; `our-logos` is of what is harmless, and knows LOGO, which is on `partner` too."""
    root = tmp_path_factory.mktemp("service")
    place = Workspace.start(root / "case", country="US")
    (root / "own.csv").write_text("picture,pdq\n" + "\n".join(f"{n}.jpg,{made()}" for n in range(60)) + "\n")
    place.collect([root / "own.csv"], kind="pictures")
    (root / "exact.csv").write_text(f"hash,type\n{MD5},MD5\n")
    for name, hashes, harmless in (
        ("partner", [ON_LIST, LOGO, PICTURE_HASH, hash_picture(CLOSER).pdq], False),
        ("our-logos", [LOGO], True),
    ):
        path = root / f"{name}.txt"
        path.write_text("\n".join(hashes) + "\n")
        listing.add(place, name, [path], Said("given by a partner", algorithm="pdq", harmless=harmless))
    listing.add(place, "exact", [root / "exact.csv"], Said("given by a partner"))
    for name in ("partner", "our-logos", "exact"):
        listing.measure(place, name)
        listing.enable(place, name, because="measured")
    return place


@pytest.fixture(scope="module")
def key(case: Workspace) -> str:
    """The key of a caller, `platform`."""
    return callers.add(case.decisions, "platform", because="our agreement of May")


@pytest.fixture(scope="module")
def client(case: Workspace, key: str) -> Iterator[TestClient]:
    """A caller whose limits are wide."""
    with TestClient(app.build(case, Limits(rate=10_000_000)), headers={"Authorization": f"Bearer {key}"}) as held:
        yield held


def distance(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def ask(client: TestClient, *hashes: tuple[str, str]) -> list[dict[str, Any]]:
    sent = {"hashes": [{"algorithm": algorithm, "value": value} for algorithm, value in hashes]}
    answer = client.post("/v1/hashes", json=sent)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["answers"]
    return found


def test_a_hash_near_an_entry_is_a_hit_and_one_beyond_is_not(client: TestClient) -> None:
    near, beyond = ask(client, ("pdq", made(of=ON_LIST, flips=30)), ("pdq", made(of=ON_LIST, flips=32)))
    assert [(one["list_id"], one["distance"]) for one in near["hits"]] == [("partner", 30)]
    assert beyond == {"hits": [], "outweighed": [], "error": ""}


def test_other_hashes_are_compared_exactly(client: TestClient) -> None:
    same, other = ask(client, ("md5", MD5.upper()), ("md5", f"{8:032x}"))
    assert [one["list_id"] for one in same["hits"]] == ["exact"]
    assert other["hits"] == []


def test_what_is_known_to_be_harmless_is_no_hit(client: TestClient) -> None:
    (answer,) = ask(client, ("pdq", LOGO))
    assert answer["hits"] == []
    assert {one["list_id"] for one in answer["outweighed"]} == {"partner", "our-logos"}
    assert client.get("/m/lookup", params={"signal_type": "pdq", "signal": LOGO}).json() == {}


def test_one_hash_that_is_none_does_not_spoil_the_others(client: TestClient) -> None:
    wrong, right = ask(client, ("pdq", "0" * 64), ("pdq", ON_LIST))
    assert "corrupt" in wrong["error"]
    assert len(right["hits"]) == 1


def test_a_picture_is_hashed_and_looked_up(client: TestClient) -> None:
    answer = client.post("/v1/pictures", content=PICTURE).json()
    assert [(one["list_id"], one["distance"]) for one in answer["hits"]] == [("partner", 0)]
    assert answer["quality"] >= 50


def test_a_mirrored_picture_is_known(client: TestClient) -> None:
    held = BytesIO()
    Image.open(BytesIO(PICTURE)).transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(held, "PNG")
    hits = client.post("/v1/pictures", content=held.getvalue()).json()["hits"]
    assert [(one["list_id"], one["orientation"]) for one in hits] == [("partner", "mirrored")]


def test_a_picture_of_which_a_list_holds_a_part_is_known_at_a_second_look(client: TestClient) -> None:
    assert distance(hash_picture(ROOM).pdq, hash_picture(CLOSER).pdq) > 31
    hits = client.post("/v1/pictures", content=ROOM).json()["hits"]
    assert [(one["list_id"], one["orientation"]) for one in hits] == [("partner", "cropped by 4 %")]


def test_a_picture_of_which_a_list_holds_more_than_it_shows_is_missed(client: TestClient) -> None:
    assert client.post("/v1/pictures", content=framed(crop=0.12)).json()["hits"] == []


def test_the_look_ups_have_the_shape_of_hasher_matcher_actioner(client: TestClient) -> None:
    asked = {"signal_type": "pdq", "signal": ON_LIST}
    number = ask(client, ("pdq", ON_LIST))[0]["hits"][0]["content_id"]
    assert client.get("/m/lookup", params=asked).json() == {"partner": [{"bank_content_id": number, "distance": "0"}]}
    assert client.get("/m/raw_lookup", params=asked).json() == {"matches": [number]}
    far = client.get("/m/raw_lookup", params=asked | {"include_distance": "true"}).json()
    assert far == {"matches": [{"content_id": number, "distance": "0"}]}
    photo = client.post("/m/lookup", files={"photo": ("a.png", PICTURE, "image/png")}).json()
    assert [[*banks] for banks in photo.values()] == [["partner"]]
    assert photo["pdq"]["partner"][0]["distance"] == "0"


def test_number_of_an_entry_is_whole_in_every_reader_of_json(client: TestClient) -> None:
    assert 0 < ask(client, ("pdq", ON_LIST))[0]["hits"][0]["content_id"] < 2**53


@pytest.mark.parametrize("sent", ["", "Bearer ", "Bearer undertow_00", "Basic eDp5", "Bearer \xe9"])
def test_without_a_key_that_opens_nothing_is_answered(client: TestClient, sent: str) -> None:
    headers = {"Authorization": sent.encode("latin-1")}
    for method, path in (
        ("GET", "/m/lookup?signal_type=pdq&signal=0"),
        ("POST", "/v1/hashes"),
        ("POST", "/v1/pictures"),
    ):
        answer = client.request(method, path, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"


def test_a_revoked_key_opens_nothing(case: Workspace, client: TestClient) -> None:
    key = callers.add(case.decisions, "leaver", because="a trial")
    headers = {"Authorization": f"Bearer {key}"}
    asked = {"hashes": [{"algorithm": "md5", "value": MD5}]}
    state = client.app.state.held  # type: ignore[attr-defined]
    state.refresh()
    assert client.post("/v1/hashes", json=asked, headers=headers).status_code == 200
    callers.revoke(case.decisions, "leaver", because="the trial ended")
    state.refresh()
    assert client.post("/v1/hashes", json=asked, headers=headers).status_code == 401


def test_a_list_that_is_switched_off_hits_no_more(case: Workspace, client: TestClient) -> None:
    state = client.app.state.held  # type: ignore[attr-defined]
    listing.disable(case, "exact", because="a pause")
    state.refresh()
    assert ask(client, ("md5", MD5))[0]["hits"] == []
    listing.enable(case, "exact", because="the pause ended")
    state.refresh()
    assert len(ask(client, ("md5", MD5))[0]["hits"]) == 1


def test_a_key_is_stored_only_as_its_hash(case: Workspace, key: str) -> None:
    assert key.encode() not in case.decisions.path.read_bytes()
    assert callers.digest(key).encode() in case.decisions.path.read_bytes()
    case.decisions.verify()


def test_limits_of_size_batch_and_rate_are_said(case: Workspace, key: str) -> None:
    limits = Limits(size=4000, batch=3, rate=4)
    one = {"algorithm": "md5", "value": MD5}
    with TestClient(app.build(case, limits), headers={"Authorization": f"Bearer {key}"}) as client:
        assert client.post("/v1/hashes", json={"hashes": [one] * 4}).json()["hint"] == "send at most 3 at once"
        large = client.post("/v1/hashes", content=b" " * 4001)
        assert (large.status_code, large.json()["hint"]) == (413, "send at most 4,000 bytes")
        chunked = client.post("/v1/hashes", content=(b" " * 1000 for _ in range(5)))
        assert chunked.status_code == 413
        assert client.post("/v1/hashes", json={"hashes": [one] * 3}).status_code == 200
        again = client.post("/v1/hashes", json={"hashes": [one] * 3})
        assert again.status_code == 429
        assert 1 <= int(again.headers["retry-after"]) <= 31


def test_what_is_asked_is_counted_by_key_and_day_and_is_in_no_log_and_no_file(
    case: Workspace, key: str, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.app.state.held.refresh()  # type: ignore[attr-defined]  # what others asked before is written
    never = made()
    before = callers.counts(case.decisions)
    day = datetime.now(UTC).date().isoformat()
    caplog.set_level(logging.DEBUG)
    with TestClient(app.build(case), headers={"Authorization": f"Bearer {key}"}) as other:
        ask(other, ("pdq", never), ("md5", MD5))
        other.post("/v1/hashes", headers={"Authorization": "Bearer x"})
        other.post("/v1/hashes", content=b"no question")
    after = callers.counts(case.decisions)
    rise = {name: after.get(name, 0) - before.get(name, 0) for name in after}
    assert rise[("platform", day, "requests")] == 2
    assert rise[("platform", day, "hashes")] == 2
    assert rise[("", day, "refused: key")] == 1
    own = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]  # the client's
    assert not [record for record in own if never in record.getMessage() or MD5 in record.getMessage()]
    files = [path for path in case.root.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if never.encode() in path.read_bytes()]


def test_a_picture_is_never_in_a_file(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    def rolled(self: object) -> None:
        raise AssertionError("a temporary file was made")

    assert len(PICTURE) > 1024 * 1024
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", rolled)
    monkeypatch.setattr(tempfile, "TemporaryFile", rolled)
    assert client.post("/m/lookup", files={"photo": ("a.png", PICTURE, "image/png")}).json()["pdq"]
    assert client.post("/v1/pictures", content=PICTURE).json()["hits"]


def test_starlette_alone_would_write_this_picture_to_a_file() -> None:
    from starlette.formparsers import MultiPartParser

    assert MultiPartParser.spool_max_size < len(PICTURE)


def test_counting_while_people_decide_loses_neither(case: Workspace) -> None:
    name = ("counted", "2026-01-01", "requests")
    callers.count(case.decisions, {name: 2})
    callers.count(case.decisions, {name: 3})
    assert callers.counts(case.decisions)[name] == 5
    with sqlite3.connect(case.decisions.path) as connection:
        assert connection.execute("SELECT count(*) FROM caller_counts WHERE caller = 'counted'").fetchone() == (1,)
    case.decisions.verify()


def test_the_key_is_shown_once_and_a_name_has_one(tmp_path: Path) -> None:
    place = Workspace.start(tmp_path / "case")
    callers.add(place.decisions, "platform", because="ours")
    with pytest.raises(Exception, match="has a key already"):
        callers.add(place.decisions, "platform", because="again")
    with pytest.raises(Exception, match="no name of a caller"):
        callers.add(place.decisions, "A B", because="odd")
    with pytest.raises(Exception, match="has no key"):
        callers.revoke(place.decisions, "nobody", because="odd")
