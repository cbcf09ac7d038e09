"""The same answer from a real cluster: a Spark master and two workers on this machine, of which one is killed.

`make bench BENCH="cluster --posts 20000"` makes up a world (family harbour), runs it on DuckDB, starts the cluster from
the pip package, runs the same on it, kills a worker in the middle of extract (or of the stage that `--lose` names), and
compares every table row by row.
What counts is that nothing differs, and how even the tasks are; two workers on one machine are not fast.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks.usage import Usage
from undertow import tables
from undertow.events import Event
from undertow.simulate import Options, simulate
from undertow.workspace import STAGES, Done, Workspace

PRINCIPAL = 1_000  # milliseconds: a stage of Spark whose longest task is shorter is not worth balancing
HOST = "127.0.0.1"


@contextmanager
def cluster(folder: Path, *, cores: int = 1, memory: str = "2g") -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A master's address and its two workers; all end with the block."""
    import pyspark

    home = Path(pyspark.__file__).parent
    port = _free_port()
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}  # a worker has none of ours
    environment = inherited | {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": HOST,
        "PYSPARK_PYTHON": sys.executable,
    }
    classes = "org.apache.spark.deploy"
    run = [str(home / "bin" / "spark-class")]
    master = [*run, f"{classes}.master.Master", "--host", HOST, "--port", str(port), "--webui-port", "0"]
    worker = [*run, f"{classes}.worker.Worker", f"spark://{HOST}:{port}", "-c", str(cores), "-m", memory]
    processes = [_start(folder, "master", master, environment)]
    _wait_for_port(port)
    for number in (1, 2):
        place = ["--host", HOST, "--webui-port", "0", "--work-dir", str(folder / f"work{number}")]
        processes.append(_start(folder, f"worker{number}", [*worker, *place], environment))
    try:
        yield f"spark://{HOST}:{port}", processes[1:]
    finally:
        for process in reversed(processes):
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and all that it started, at once and without a word: as a machine that loses its power."""
    try:
        family = [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]
    except psutil.NoSuchProcess:
        return
    for one in family:
        try:
            one.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue
    process.wait()


def command(arguments: list[str]) -> None:
    """Runs the comparison with the options of the command line; the exit code is 1 where a table differs."""
    parser = argparse.ArgumentParser(prog="cluster", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--lose", choices=(*STAGES, "none"), default="extract", help="the stage that loses a worker")
    said = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="undertow-cluster-"))
    try:
        different = compare(folder, said.posts, said.seed, losing=said.lose)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if different else 0)


def compare(folder: Path, posts: int, seed: int, *, losing: str) -> list[str]:
    """Runs a world on both engines, prints what it took, and gives the tables that differ."""
    simulate(folder / "world", Options(posts, seed, "harbour", None, 50))
    workspace = Workspace.start(folder / "duckdb", country="PH")
    rows = workspace.collect([folder / "world" / "files"]).rows
    shutil.copytree(folder / "duckdb", folder / "spark")
    other = Workspace.open(folder / "spark")
    print(f"collected: {rows}")
    with Usage() as here:
        one = workspace.run()
    with Usage() as there, cluster(folder) as (master, workers):
        two = _run_on(other, master, folder, _Loss(losing, workers[0]))
    print("\n| stage | DuckDB s | Spark s |\n|---|---|---|")
    for stage in STAGES:
        print(f"| {stage} | {one.seconds[stage]:.1f} | {two.seconds[stage]:.1f} |")
    print(f"| CPU, all processes | {here.seconds:.0f} | {there.seconds:.0f} |")
    _print_balance(folder / "events")
    different = [name for name in tables.TABLES if not workspace.table(name).equals(other.table(name))]
    print(f"\nrows: {two.rows}")
    print(f"tables that differ: {', '.join(different) or 'none'} of {len(tables.TABLES)}")
    return different


def _run_on(workspace: Workspace, master: str, folder: Path, loss: "_Loss") -> Done:
    (folder / "events").mkdir()
    conf = {
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": f"file://{folder / 'events'}",
        "spark.eventLog.compress": "false",
        "spark.executor.memory": "1g",
        "spark.cores.max": "2",
    }
    return workspace.run(engine="spark", master=master, conf=conf, emit=loss)


class _Loss:
    """Hears how a run goes on and kills a worker in the midst of one stage."""

    def __init__(self, stage: str, victim: subprocess.Popen[bytes]) -> None:
        self._stage, self._victim = stage, victim
        self._killer = threading.Thread(target=self._kill, daemon=True)

    def __call__(self, event: Event) -> None:
        if event.stage == self._stage and not self._killer.ident:
            self._killer.start()

    def _kill(self) -> None:
        """In extract once one of its Python processes has a batch half made, else while SQL is under way."""
        time.sleep(6)
        while self._stage == "extract" and not self._half_made():
            time.sleep(0.2)
        print(f"killed a worker at work in {self._stage}", flush=True)
        kill(self._victim)

    def _half_made(self) -> bool:
        family = psutil.Process(self._victim.pid).children(recursive=True)
        return any(_seconds(one) > 2 for one in family if "python" in _name(one))


def _seconds(process: psutil.Process) -> float:
    try:
        return float(process.cpu_times().user)
    except psutil.NoSuchProcess:
        return 0.0


def _name(process: psutil.Process) -> str:
    try:
        return str(process.name())
    except psutil.NoSuchProcess:
        return ""


def _print_balance(folder: Path) -> None:
    """The longest task over the median one, for each stage of Spark that matters, and what was shuffled or spilled."""
    tasks = task_metrics(folder)
    shuffled, spilled = (sum(one[name] for some in tasks.values() for one in some) for name in ("shuffled", "spilled"))
    failed = sum(one["failed"] for some in tasks.values() for one in some)
    worst = 0.0
    print("\n| stage of Spark | tasks | longest s | longest over median |\n|---|---|---|---|")
    for stage, some in sorted(tasks.items()):
        times = [one["ms"] for one in some if not one["failed"]]
        if len(times) > 2 and max(times) >= PRINCIPAL:  # of two tasks the median is the mean: never far off
            ratio = max(times) / max(statistics.median(times), 1)
            worst = max(worst, ratio)
            print(f"| {stage} | {len(times)} | {max(times) / 1000:.1f} | {ratio:.2f} |")
    print(f"\nlongest over median at worst {worst:.2f}; {sum(map(len, tasks.values())):,} tasks, {failed:.0f} lost")
    print(f"shuffled {shuffled / 1e6:,.1f} MB, spilled to disk {spilled / 1e6:,.1f} MB")


def task_metrics(folder: Path) -> Mapping[int, list[dict[str, float]]]:
    """What Spark's event log in `folder` says of every task, by the number of its stage."""
    found: dict[int, list[dict[str, float]]] = defaultdict(list)
    for path in sorted(
        one for one in folder.rglob("*") if one.is_file() and not one.name.startswith((".", "appstatus"))
    ):
        for line in path.read_text("utf-8").splitlines():
            event = json.loads(line)
            if event["Event"] != "SparkListenerTaskEnd":
                continue
            info, metrics = event["Task Info"], event.get("Task Metrics") or {}
            found[event["Stage ID"]].append(
                {
                    "ms": info["Finish Time"] - info["Launch Time"],
                    "failed": float(event["Task End Reason"]["Reason"] != "Success"),
                    "shuffled": metrics.get("Shuffle Write Metrics", {}).get("Shuffle Bytes Written", 0),
                    "spilled": metrics.get("Disk Bytes Spilled", 0),
                }
            )
    return found


def _start(folder: Path, name: str, line: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(line, env=dict(environment), stdout=log, stderr=log)


def _free_port() -> int:
    with socket.socket() as held:
        held.bind((HOST, 0))
        return int(held.getsockname()[1])


def _wait_for_port(port: int, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as tried:
            if tried.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.3)
    raise TimeoutError(f"nothing listens on {HOST}:{port}")
