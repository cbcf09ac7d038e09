"""The match service under load: a list of random hashes, callers who each ask one at a time, over HTTP on this machine.

python -m benchmarks.match_service [--entries 1000000] [--callers 50] [--seconds 20] [--write]

The server is a process of its own, as `undertow match-service` starts it. Beside it, in the same run and after it, the
same questions go to a bare `HammingIndex.search`, one at a time in one process: the ratio says what HTTP and the
rest cost. A tenth of the questions are entries of the list with bits changed.
"""

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import numpy as np

from benchmarks import picture_search

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "match-service-measured.json"
QUESTIONS = 4000
DISTANCE = 31


def workspace(root: Path, held: Any) -> str:
    """A workspace with the hashes on a list in force; returns a key."""
    from undertow import Workspace, listing
    from undertow.listing import Said
    from undertow.review import callers

    place = Workspace.start(root)
    (root / "own.csv").write_text("picture,pdq\na.jpg," + picture_search.hashes(1)[0].tobytes().hex()[::-1] + "\n")
    place.collect([root / "own.csv"], kind="pictures")
    (root / "list.txt").write_text("\n".join(row.tobytes().hex() for row in held) + "\n")
    listing.add(place, "random", [root / "list.txt"], Said("a measurement", algorithm="pdq"))
    listing.measure(place, "random")
    listing.enable(place, "random", because="a measurement")
    return callers.add(place.decisions, "measurement", because="a measurement")


def questions(held: Any) -> list[str]:
    """A tenth near an entry, the others near none."""
    near, _, _ = picture_search.questions(held)
    chance = np.random.default_rng(9)
    far = np.packbits(np.argsort(chance.random((QUESTIONS, 256)), axis=1) < 128, axis=1)
    far[::10] = near[: len(far[::10])]
    return [row.tobytes().hex() for row in far]


async def load(port: int, key: str, asked: list[str], callers: int, seconds: float) -> list[float]:
    """Seconds of every answer, over connections that stay open."""
    until, times = perf_counter() + seconds, []

    async def caller(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        at = number * 37
        while perf_counter() < until:
            body = json.dumps({"hashes": [{"algorithm": "pdq", "value": asked[at % len(asked)]}]})
            head = f"POST /v1/hashes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nContent-Length: {len(body)}"
            began = perf_counter()
            writer.write(f"{head}\r\n\r\n{body}".encode())
            said = await reader.readuntil(b"\r\n\r\n")
            assert said.startswith(b"HTTP/1.1 200"), said
            size = next(
                int(one.split(b":")[1]) for one in said.lower().split(b"\r\n") if one[:15] == b"content-length:"
            )
            await reader.readexactly(size)
            times.append(perf_counter() - began)
            at += 1
        writer.close()

    await asyncio.gather(*(caller(number) for number in range(callers)))
    return times


def bare(held: Any, asked: list[str], seconds: float) -> list[float]:
    """Seconds of every `HammingIndex.search` in this process."""
    from undertow.match import HammingIndex

    index = HammingIndex()
    index.add(held, range(len(held)))
    index.search(asked[0], DISTANCE)
    until, times, at = perf_counter() + seconds, [], 0
    while perf_counter() < until:
        began = perf_counter()
        index.search(asked[at % len(asked)], DISTANCE)
        times.append(perf_counter() - began)
        at += 1
    return times


def serving(root: Path, port: int) -> "subprocess.Popen[bytes]":
    """The server, once it answers."""
    said = ["match-service", "--port", str(port), "--rate", "100000000", "-w", str(root)]
    code = f"from undertow.cli.app import main; main({said!r})"
    server = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    for _ in range(1200):
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return server
        if server.poll() is not None:
            break
        sleep(0.25)
    raise SystemExit("the server does not answer")


def main() -> None:
    """Measures, prints, and with --write keeps."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--callers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--write", action="store_true")
    said = parser.parse_args()
    held = picture_search.hashes(said.entries)
    asked = questions(held)
    with tempfile.TemporaryDirectory() as folder:
        key = workspace(Path(folder) / "case", held)
        with socket.socket() as line:
            line.bind(("127.0.0.1", 0))
            port = line.getsockname()[1]
        began = perf_counter()
        server = serving(Path(folder) / "case", port)
        ready = perf_counter() - began
        try:
            asyncio.run(load(port, key, asked, said.callers, 2))
            times = asyncio.run(load(port, key, asked, said.callers, said.seconds))
        finally:
            server.terminate()
            server.wait()
    alone = bare(held, asked, said.seconds / 2)
    served, searched = len(times) / said.seconds, len(alone) / sum(alone)
    found = {
        "measured": datetime.now(UTC).date().isoformat(),
        "entries": said.entries,
        "callers": said.callers,
        "answers": len(times),
        "answers_a_second": round(served),
        "ms_median": round(1000 * float(np.percentile(times, 50)), 1),
        "ms_99": round(1000 * float(np.percentile(times, 99)), 1),
        "bare_searches_a_second": round(searched),
        "bare_ms_99": round(1000 * float(np.percentile(alone, 99)), 2),
        "share_of_bare": round(served / searched, 3),
        "seconds_to_ready": round(ready, 1),
        "load": [round(one, 2) for one in os.getloadavg()],
        "cores": os.cpu_count(),
    }
    print(json.dumps(found, indent=1))
    if said.write:
        PAGE.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
