"""A collection of pictures that is killed goes on where it was: nothing is hashed twice, and nothing is lost."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from undertow.simulate.pictures import draw
from undertow.workspace import Workspace

COUNT = 300
COLLECT = "import sys; from undertow.workspace import Workspace; Workspace.open(sys.argv[1]).collect([sys.argv[2]])"


def test_a_killed_collection_goes_on_without_hashing_again(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(COUNT):
        (folder / f"{number:03}.jpg").write_bytes(draw(number, "as it was"))
    workspace = Workspace.start(tmp_path / "workspace")
    memo = workspace.root / "tables" / ".memo" / "pictures.sqlite"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-c", COLLECT, str(workspace.root), str(folder)]
    with subprocess.Popen(command, env=environment) as process:
        while process.poll() is None and _held(memo) < 40:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    held = _held(memo)
    assert 40 <= held < COUNT
    assert workspace.table("pictures").num_rows == 0  # a killed run leaves nothing half made

    summary = workspace.collect([folder])
    assert summary.status == {"collected": COUNT}
    assert workspace.table("pictures").num_rows == COUNT
    (run,) = (json.loads(path.read_text()) for path in (workspace.root / "runs").glob("*.json"))
    assert run["pictures_hashed"] == COUNT - held
    assert not memo.exists()


def _held(memo: Path) -> int:
    if not memo.exists():
        return 0
    line = sqlite3.connect(memo, timeout=0.1)
    try:
        return int(line.execute("SELECT count(*) FROM hashes").fetchone()[0])
    except sqlite3.OperationalError:  # its table is being made
        return 0
    finally:
        line.close()
