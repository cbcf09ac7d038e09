"""Whatever is sent, the match service answers it with a word of its own, never with a failure."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from undertow import Workspace
from undertow.review import callers
from undertow.service import app
from undertow.service.guard import Limits

SIGNATURES = [b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 ", b"BM", b"II*\0"]
KINDS = ["pdq", "md5", "sha1", "sha256", "video_md5", "photodna"]
_SOME = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, str]]:
    place = Workspace.start(tmp_path_factory.mktemp("odd") / "case")
    yield place, callers.add(place.decisions, "platform", because="a test")


@pytest.fixture(scope="module")
def client(key: tuple[Workspace, str]) -> Iterator[TestClient]:
    place, opens = key
    built = app.build(place, Limits(rate=10_000_000, size=100_000))
    with TestClient(built, headers={"Authorization": f"Bearer {opens}"}, raise_server_exceptions=False) as held:
        yield held


@given(start=st.sampled_from(SIGNATURES), rest=st.binary(max_size=400))
@_SOME
def test_a_broken_picture_is_refused(client: TestClient, start: bytes, rest: bytes) -> None:
    assert 400 <= client.post("/v1/pictures", content=start + rest).status_code < 500
    sent = client.post("/m/lookup", files={"photo": ("a", start + rest, "image/png")})
    assert 400 <= sent.status_code < 500


@given(
    body=st.binary(max_size=300),
    kind=st.sampled_from(["", "; boundary=x", "; boundary=", "; boundary=\u00e9; charset=no"]),
)
@_SOME
def test_a_form_that_is_none_is_refused(client: TestClient, body: bytes, kind: str) -> None:
    headers = {"Content-Type": f"multipart/form-data{kind}".encode("latin-1")}
    for form in (body, b"--x\r\n" + body, b'--x\r\nContent-Disposition: form-data; name="photo"\r\n\r\n' + body):
        assert 400 <= client.post("/m/lookup", content=form, headers=headers).status_code < 500


@given(
    algorithm=st.sampled_from(["pdq", "md5", "sha1", "sha256", "video_md5", "photodna"]), value=st.text(max_size=210)
)
@_SOME
def test_a_hash_that_is_none_is_refused(client: TestClient, algorithm: str, value: str) -> None:
    for page in ("/m/lookup", "/m/raw_lookup"):
        asked = {"signal_type": algorithm, "signal": value.encode("utf-8", "replace").decode()}
        assert client.get(page, params=asked).status_code < 500
    one = {"algorithm": algorithm, "value": value.encode("utf-8", "replace").decode()}
    assert client.post("/v1/hashes", json={"hashes": [one]}).status_code < 500


@given(body=st.binary(max_size=200))
@_SOME
def test_a_body_that_is_no_json_is_refused(client: TestClient, body: bytes) -> None:
    assert 400 <= client.post("/v1/hashes", content=body).status_code < 500


@pytest.mark.parametrize("sent", [b"[" * 50_000, b'{"hashes": [{"algorithm": "pdq", "value": "\\ud800"}]}'])
def test_deep_or_broken_json_is_refused(client: TestClient, sent: bytes) -> None:
    assert client.post("/v1/hashes", content=sent).status_code < 500


def test_a_damaged_copy_of_a_whole_picture_is_answered(client: TestClient) -> None:
    from io import BytesIO

    from PIL import Image

    chance, held = random.Random(5), BytesIO()
    Image.effect_noise((128, 128), 60).save(held, "JPEG")
    for _ in range(20):
        damaged = bytearray(held.getvalue())
        for _ in range(8):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        assert client.post("/v1/pictures", content=bytes(damaged)).status_code < 500


def test_the_openapi_page_asks_for_a_key_wherever_something_is_looked_up(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    unlocked = [path for path, ways in paths.items() for way in ways.values() if not way.get("security")]
    assert unlocked == ["/status"]


CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
PAGES = [
    ("POST", "/v1/hashes"),
    ("POST", "/v1/pictures"),
    ("GET", "/m/lookup"),
    ("POST", "/m/lookup"),
    ("GET", "/m/raw_lookup"),
    ("GET", "/status"),
]


@pytest.mark.parametrize(("method", "path"), PAGES)
def test_what_the_openapi_page_allows_is_answered_as_it_says(
    client: TestClient, key: tuple[Workspace, str], method: str, path: str
) -> None:
    operation = schemathesis.openapi.from_asgi("/openapi.json", client.app)[path][method]

    @given(case=operation.as_strategy())
    @_SOME
    def answered(case: "schemathesis.Case[Any]") -> None:
        answer = case.call(headers={"Authorization": f"Bearer {key[1]}"})
        case.validate_response(
            answer, checks=[not_a_server_error, content_type_conformance, response_schema_conformance]
        )

    answered()


def test_every_page_is_asked_so(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {(way.upper(), path) for path, ways in paths.items() for way in ways} == set(PAGES)


def test_a_folder_that_holds_no_list_is_served(client: TestClient) -> None:
    asked = {"signal_type": "md5", "signal": f"{7:032x}"}
    assert client.get("/m/lookup", params=asked).json() == {}
    assert client.get("/status").json() == {"status": "up"}
