"""What the cluster benchmark reads from Spark's event log."""

import json
from pathlib import Path

from benchmarks.cluster import task_metrics


def ended(stage: int, milliseconds: int, reason: str = "Success") -> str:
    metrics = {"Disk Bytes Spilled": 5, "Shuffle Write Metrics": {"Shuffle Bytes Written": 7}}
    times = {"Launch Time": 1_000, "Finish Time": 1_000 + milliseconds}
    said = {
        "Event": "SparkListenerTaskEnd",
        "Stage ID": stage,
        "Task Info": times,
        "Task End Reason": {"Reason": reason},
    }
    return json.dumps(said | ({"Task Metrics": metrics} if reason == "Success" else {}))


def test_tasks_are_counted_by_stage_and_a_lost_one_is_known(tmp_path: Path) -> None:
    lines = [
        json.dumps({"Event": "SparkListenerJobStart"}),
        ended(3, 40),
        ended(3, 60, "ExecutorLostFailure"),
        ended(4, 9),
    ]
    (tmp_path / "app-1").mkdir()
    (tmp_path / "app-1" / "events_1").write_text("\n".join(lines), "utf-8")
    (tmp_path / "app-1" / "appstatus_app-1").touch()
    found = task_metrics(tmp_path)
    assert [(one["ms"], one["failed"]) for one in found[3]] == [(40, 0.0), (60, 1.0)]
    assert found[4] == [{"ms": 9, "failed": 0.0, "shuffled": 7, "spilled": 5}]
