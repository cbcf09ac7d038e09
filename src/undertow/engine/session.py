"""A session with Spark: what it needs, how it is set, and its failures in words that say what to do."""

import os
import pickle
import re
import secrets
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from undertow.errors import OutsideError, UndertowError, UserError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, Row, SparkSession

LOCAL = "local[*]"
_VOLUMES = ("shuffleWriteBytes", "diskBytesSpilled")
SAME_PATH = "every machine of the cluster has to see the workspace's folder under the same path"

_SOURCE = Path(__file__).parents[2]  # where Python finds undertow: workers look there too
_LOGGING = Path(__file__).parent / "data" / "log4j2.properties"
_ALWAYS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",  # an overflow is an error, as on DuckDB
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.icu.caseMappings.enabled": "false",  # see `portable`: letters are lowered as Java does
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
}
_UNLESS_SAID = {
    "spark.sql.files.maxPartitionBytes": "32m",  # of Parquet: well packed, it is ten times that in memory
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.adaptive.skewJoin.enabled": "true",  # what a hub shares is cut into several tasks
    "spark.app.name": "undertow",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


@dataclass(slots=True)
class Session:
    """A session, and whether it was begun here: then it is ended here."""

    spark: "SparkSession"
    ours: bool

    def close(self) -> None:
        """Ends the session where it was begun here."""
        if self.ours:
            self.spark.stop()


def missing() -> tuple[str, str]:
    """What Spark lacks on this machine and what to do about it; two empty texts where nothing."""
    if any(find_spec(name) is None for name in ("pyspark", "pandas")):
        return "PySpark is not installed", 'pip install "undertow[spark]"'
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java") and not (home and (Path(home) / "bin" / "java").exists()):
        return "no Java runtime was found", "install Java 17 or later (Debian: default-jre-headless), or set JAVA_HOME"
    return "", ""


def begin(master: str, memory: str, conf: Mapping[str, str]) -> Session:
    """A session on `master`; one that this process has already is used as it is.

    Raises `UserError` where PySpark is not installed, `OutsideError` where Java is missing or the cluster not reached.
    """
    lacking, hint = missing()
    if lacking:
        raise (UserError if "pip" in hint else OutsideError)(lacking, hint=hint)
    from pyspark.sql import SparkSession

    held = SparkSession.getActiveSession()
    if held is not None:
        return Session(held, ours=False)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)  # we use none of it
    builder = SparkSession.builder.master(master)
    for name, value in {**_UNLESS_SAID, **_for_master(master, memory), **conf, **_ALWAYS}.items():
        builder = builder.config(name, value)
    try:
        with nullcontext() if "spark.log.level" in conf else _without_chatter():
            return Session(builder.getOrCreate(), ours=True)
    except Exception as error:  # py4j raises what Java raised, and PySpark errors of its own
        raise OutsideError(
            f"Spark did not start on {master}: {_first_line(error)}",
            hint="is the master's address right and reachable? `local[*]` needs no cluster",
        ) from error


@contextmanager
def _without_chatter() -> Iterator[None]:
    """What is started meanwhile has no stderr: Java and Spark greet there, whatever their log level."""
    held, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(held, 2)
        os.close(held)
        os.close(nowhere)


def _for_master(master: str, memory: str) -> dict[str, str]:
    path = os.pathsep.join(filter(None, (str(_SOURCE), os.environ.get("PYTHONPATH", ""))))
    made = {
        "spark.executorEnv.PYTHONPATH": path,
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOGGING.as_uri()}",
    }
    if re.match(r"local\b|spark://(127\.|localhost)", master):  # nothing listens on the network
        made |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    if master.startswith("local"):
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
        made["spark.driver.memory"] = java_size(memory) if memory else f"{max(1024, size // 4 // 2**20)}m"
    return made


def java_size(memory: str) -> str:
    """`4GB`, as the settings say it, in Java's words."""
    number, unit = re.fullmatch(r"([\d.]+)(MB|GB|TB)", memory).groups()  # type: ignore[union-attr]  # settings are checked
    return f"{int(float(number) * {'MB': 1, 'GB': 1000, 'TB': 1_000_000}[unit])}m"


def collected(frame: "DataFrame", tell: Callable[[int], None]) -> list["Row"]:
    """The rows of a frame; meanwhile `tell` hears every second how many of its tasks have ended."""
    context, group = frame.sparkSession.sparkContext, secrets.token_hex(8)

    def collect() -> list["Row"]:
        context.setJobGroup(group, "undertow")
        return frame.collect()

    tracker = context.statusTracker()
    with ThreadPoolExecutor(1) as pool:
        result = pool.submit(collect)
        while not wait([result], 1).done:
            jobs = filter(None, map(tracker.getJobInfo, tracker.getJobIdsForGroup(group)))
            stages = filter(None, (tracker.getStageInfo(stage) for job in jobs for stage in job.stageIds))
            tell(sum(stage.numCompletedTasks for stage in stages))
        return result.result()


def volumes(spark: "SparkSession") -> dict[str, int]:
    """Megabytes that this session's stages have shuffled, and spilled to disk for want of memory.

    Spark tells it on its pages; from Python only its inner store does. Empty where this release keeps it otherwise.
    """
    from py4j.protocol import Py4JError

    context = spark.sparkContext
    gateway: Any = context._gateway
    try:
        none = gateway.new_array(gateway.jvm.double, 0)
        held = context._jsc.sc().statusStore().stageList(None, False, False, none, None)
        stages = [held.apply(at) for at in range(held.size())]
        shuffled, spilled = (sum(getattr(one, name)() for one in stages) for name in _VOLUMES)
    except Py4JError:
        return {}
    return {"shuffled_mb": shuffled // 10**6, "spilled_mb": spilled // 10**6}


@contextmanager
def translated_errors() -> Iterator[None]:
    """Spark's and Java's failures as ours."""
    from py4j.protocol import Py4JError
    from pyspark.errors import AnalysisException, PySparkException, PythonException

    try:
        yield
    except (AnalysisException, PythonException) as error:
        raise UndertowError(f"Spark refused the work: {_last_line(error)}") from error
    except (Py4JError, PySparkException, ConnectionError) as error:
        hint = "most often memory or disk ran out, or workers were lost; `--conf spark.log.level=WARN` shows more"
        raise OutsideError(f"Spark failed: {_first_line(error)}", hint=hint) from error


def packed(error: UndertowError) -> bytes:
    """An error of ours, for the way from a worker to the driver."""
    return pickle.dumps((type(error), error.message, error.hint))


def unpacked(content: bytes) -> UndertowError:
    """The error that a worker packed."""
    kind, message, hint = pickle.loads(content)
    made: UndertowError = kind(message, hint=hint)
    return made


def _first_line(error: BaseException) -> str:
    lines = (line.strip(": ") for line in str(error).splitlines() if not line.startswith("An error occurred while"))
    return next(filter(None, lines), type(error).__name__)[:300]


def _last_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = [line for line in lines if not line.startswith(("at ", "JVM", "=="))]
    return (said or [type(error).__name__])[0][:300]
