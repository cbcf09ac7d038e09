"""What is posted of an alert, to whom, and with what signature."""

import base64
import hashlib
import hmac
import json
import os
from pathlib import Path

import pytest

from undertow.errors import UserError
from undertow.watch.receiver import receiver, signature

from .receiving import receiving

KEY = bytes(range(32))
ALERT = {
    "id": "w1",
    "at": "2026-01-01T00:00:00Z",
    "kind": "new_post",
    "subject": "n1",
    "why": "network n1 has 1 new records: p2",
    "news": 1,
    "run": "r",
    "records": ["p2"],
}


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.touch(mode=0o600)
    path.write_text("whsec_" + base64.b64encode(KEY).decode() + "\n", "ascii")
    return path


def test_the_signature_is_that_of_the_example_of_the_standard() -> None:
    """The vector that the reference libraries of Standard Webhooks test themselves with."""
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    made = signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_is_posted_is_signed_over_id_time_and_body(secret: Path) -> None:
    with receiving() as server:
        assert receiver(server.url, secret).post(ALERT, 1_800_000_000) == ""
    ((path, headers, body),) = server.posted
    assert (path, headers["webhook-id"], headers["webhook-timestamp"]) == ("/hook?team=4", "w1", "1800000000")
    made = hmac.new(KEY, b"w1.1800000000." + body, hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(made).decode()


def test_ids_and_counts_are_posted_and_nothing_else(secret: Path) -> None:
    assert json.loads(receiver("https://h.example/x", secret).body(ALERT)) == {
        "type": "alert.new_post",
        "timestamp": "2026-01-01T00:00:00Z",
        "data": {"id": "w1", "kind": "new_post", "subject": "n1", "news": 1, "run": "r"},
    }


def test_the_sentence_and_the_records_are_posted_where_it_is_asked_for(secret: Path) -> None:
    said = json.loads(receiver("https://h.example/x", secret, why=True).body(ALERT))["data"]
    assert (said["why"], said["records"]) == (ALERT["why"], ["p2"])


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_refused_and_not_followed(secret: Path, status: int) -> None:
    with receiving(status) as server:
        assert receiver(server.url, secret).post(ALERT, 0) == f"answers {status}: redirects are not followed"
    assert len(server.posted) == 1


def test_a_proxy_of_the_environment_is_not_used(secret: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as server, receiving() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        assert receiver(server.url, secret).post(ALERT, 0) == ""
    assert (len(server.posted), len(proxy.posted)) == (1, 0)


def test_an_address_that_does_not_answer_is_said(secret: Path) -> None:
    with receiving() as server:
        pass
    assert "refused" in receiver(server.url, secret).post(ALERT, 0).lower()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://partner.example/hook", "unencrypted"),
        ("http://127.0.0.1.partner.example/hook", "unencrypted"),
        ("http://192.0.2.1/hook", "unencrypted"),
        ("https://ana:word@partner.example/hook", "name or password"),
        ("file:///etc/hosts", "no address"),
        ("ftp://partner.example", "no address"),
        ("partner.example/hook", "no address"),
        ("https:///hook", "no address"),
        ("https://partner.example/hook\r\nx: y", "no address"),
        ("https://partner.example:x/hook", "no address"),
    ],
)
def test_an_address_that_could_betray_is_refused(secret: Path, url: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        receiver(url, secret)


@pytest.mark.parametrize(
    "url", ["https://partner.example", "http://localhost:9/x", "http://[::1]:9", "http://127.9.9.9"]
)
def test_https_and_this_machine_are_taken(secret: Path, url: str) -> None:
    assert receiver(url, secret).key == KEY


@pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_secret_that_others_may_read_is_refused(secret: Path, mode: int) -> None:
    secret.chmod(mode)
    with pytest.raises(UserError, match="others may read"):
        receiver("https://partner.example", secret)


@pytest.mark.parametrize("text", ["", "whsec_", "short", "no base64 at all, only a sentence", "\N{SNOWMAN}" * 32])
def test_what_is_no_secret_is_refused_and_not_repeated(secret: Path, text: str) -> None:
    secret.write_text(text, "utf-8")
    with pytest.raises(UserError, match="holds no secret") as caught:
        receiver("https://partner.example", secret)
    assert "openssl" in caught.value.hint


def test_a_secret_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        receiver("https://partner.example", tmp_path / "none")
