"""Every alert in the file reaches the receiver, in order; again only where a process ended before it knew."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from undertow.errors import UserError
from undertow.watch.courier import Courier
from undertow.watch.receiver import Receiver

from .receiving import receiving

KEY = bytes(32)
KILLED = """
import os, signal, sys
from pathlib import Path
from urllib.parse import urlsplit
from undertow.watch import courier
from undertow.watch.receiver import Receiver

def die(path, content):
    if content == b"%d\\n" % int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    keep(path, content)

keep, courier.replace_file = courier.replace_file, die
sender = courier.Courier(Path(sys.argv[1]), Receiver(urlsplit(sys.argv[2]), bytes(32)), print)
while sender.step():
    pass
"""


def add(alerts: Path, *names: str) -> int:
    """Adds alerts to the file; gives its size."""
    with alerts.open("ab") as file:
        for name in names:
            file.write(b'{"id":"%s","at":"2026-01-01T00:00:00Z","kind":"new_post","news":1}\n' % name.encode())
    return alerts.stat().st_size


def courier(alerts: Path, url: str, say: Callable[[str], None] = lambda _: None) -> Courier:
    return Courier(alerts, Receiver(urlsplit(url), KEY), say, first=0.001)


def send(alerts: Path, url: str) -> int:
    """One courier at work from beginning to end; gives how many alerts wait then."""
    sender = courier(alerts, url)
    sender.start()
    return sender.end()


@pytest.fixture
def alerts(tmp_path: Path) -> Path:
    add(tmp_path / "alerts.jsonl", "w1", "w2", "w3")
    return tmp_path / "alerts.jsonl"


def test_what_was_taken_is_not_sent_again(alerts: Path) -> None:
    with receiving() as server:
        assert send(alerts, server.url) == 0
        assert (alerts.parent / "alerts.jsonl.sent").read_text() == f"{alerts.stat().st_size}\n"
        add(alerts, "w4")
        send(alerts, server.url)
    assert server.ids == ["w1", "w2", "w3", "w4"]


def test_a_failed_alert_is_tried_again_before_the_next_and_said_once(alerts: Path) -> None:
    said: list[str] = []
    with receiving(500, 503, 500) as server:
        sender = courier(alerts, server.url, said.append)
        sender.start()
        while len(server.posted) < 6:
            sender.wake()
        sender.end()
    host = urlsplit(server.url).netloc
    assert server.ids == ["w1", "w1", "w1", "w1", "w2", "w3"]
    assert said == [
        f"webhook {host}: answers 500; 3 alerts wait, and are sent when it answers",
        f"webhook {host} answers again",
    ]


def test_an_address_that_stays_dead_does_not_hold_the_end(alerts: Path) -> None:
    with receiving(*[500] * 1000) as server:
        assert send(alerts, server.url) == 3
        assert not (alerts.parent / "alerts.jsonl.sent").exists()


def test_a_process_that_is_killed_sends_only_the_unsure_one_again(alerts: Path) -> None:
    after_two = add(alerts.parent / "other.jsonl", "w1", "w2")
    with receiving() as server:
        command = [sys.executable, "-c", KILLED, str(alerts), server.url, str(after_two)]
        assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
        assert server.ids == ["w1", "w2"]
        send(alerts, server.url)
    assert server.ids == ["w1", "w2", "w2", "w3"]


def test_half_a_line_waits_until_it_is_whole(alerts: Path) -> None:
    with alerts.open("ab") as file:
        file.write(b'{"id":"w4","a')
    with receiving() as server:
        send(alerts, server.url)
    assert server.ids == ["w1", "w2", "w3"]


def test_a_new_file_of_alerts_begins_anew(alerts: Path) -> None:
    with receiving() as server:
        send(alerts, server.url)
        alerts.unlink()
        add(alerts, "w9")
        send(alerts, server.url)
    assert server.ids[-1] == "w9"


@pytest.mark.parametrize("mark", ["5\n", "-1\n", "half\n"])
def test_a_mark_that_does_not_fit_is_refused(alerts: Path, mark: str) -> None:
    (alerts.parent / "alerts.jsonl.sent").write_text(mark)
    with receiving() as server, pytest.raises(UserError, match="does not fit"):
        send(alerts, server.url)
    assert server.posted == []
