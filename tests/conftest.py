"""What every test may use, and the rule that nothing is skipped unseen where everything should run."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from undertow.engine import session

settings.register_profile("house", deadline=None)  # a busy machine is no failure
settings.load_profile("house")

_SKIPPED: list[str] = []
_QUICK = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """One Spark session for all tests; whoever asks for Spark meanwhile gets this one.

    It is set as the engine sets it, but that Java and Spark compile little: small worlds do not pay for it.
    """
    lacking, hint = session.missing()
    if lacking:
        pytest.skip(f"{lacking}: {hint}")
    held = session.begin("local[2]", "1GB", _QUICK)
    yield held.spark
    held.close()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _SKIPPED.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if os.environ.get("UNDERTOW_CI") and _SKIPPED and session.exitstatus == 0:
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("UNDERTOW_CI") and _SKIPPED:
        terminalreporter.section("skipped where everything should run")
        for nodeid in _SKIPPED:
            terminalreporter.line(nodeid)
