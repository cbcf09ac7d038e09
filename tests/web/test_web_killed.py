"""Several people write through the served workbench, which is killed: nothing that a screen confirmed is missing."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from tests.web.teaming import joined

from undertow import Workspace, auditing
from undertow.review.cases import Cases
from undertow.review.people import By, Person
from undertow.review.sessions import Sessions

SERVER = """
import sys, uvicorn
from undertow import Workspace
from undertow.web.app import workbench
place = Workspace.open(sys.argv[1])
at = f"127.0.0.1:{sys.argv[2]}"
uvicorn.run(workbench(place, {at}, team=True), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""
WRITERS, EACH = 5, 4


def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


def writes(at: str, cookie: str, case_id: str, name: str) -> list[str]:
    """Writes notes until the server is gone; gives those that were answered as kept."""
    confirmed: list[str] = []
    try:
        with httpx.Client(base_url=f"http://{at}", cookies={"undertow": cookie}, timeout=60) as browser:
            found = re.search(r'name="form_key" value="([^"]+)"', browser.get(f"/cases/{case_id}").text)
            assert found
            for number in range(10**6):
                words = f"note {name} {number}."
                form = {"form_key": found[1], "kind": "note", "text": words}
                told = browser.post(f"/cases/{case_id}/parts", data=form, headers={"origin": f"http://{at}"})
                if told.status_code == 303:
                    confirmed.append(words)
    except httpx.TransportError:
        pass
    return confirmed


@pytest.mark.slow
def test_no_note_that_a_screen_confirmed_is_missing_after_the_server_was_killed(case: Workspace) -> None:
    people: list[Person] = [joined(case, f"Writer {n}", "analyst")[0] for n in range(WRITERS)]
    cases, sessions, port = Cases(case.audit), Sessions(case.decisions.path), free()
    case_id, at = cases.open(By("Root"), "Harbour"), f"127.0.0.1:{port}"
    with subprocess.Popen([sys.executable, "-c", SERVER, str(case.root), str(port)], cwd=Path.cwd()) as server:
        while True:
            try:
                httpx.get(f"http://{at}/sign-in", timeout=5)
                break
            except httpx.TransportError:
                time.sleep(0.2)
        with ThreadPoolExecutor(WRITERS) as pool:
            cookies = [sessions.begin(one.person_id, "review") for one in people]
            jobs = [pool.submit(writes, at, cookie, case_id, f"w{n}") for n, cookie in enumerate(cookies)]
            while len(cases.one(case_id).of("note")) < WRITERS * EACH:
                time.sleep(0.1)
            os.kill(server.pid, signal.SIGKILL)
            confirmed = [words for job in jobs for words in job.result()]
    assert len(confirmed) >= WRITERS * EACH - WRITERS
    stand = {note.body["text"] for note in cases.one(case_id).of("note")}
    assert set(confirmed) - stand == set()
    assert auditing.verify(case)
