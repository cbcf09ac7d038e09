"""First looks and the runs that follow tell what runs alone would tell, of a made-up world that comes in portions."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from undertow import Workspace
from undertow.collecting import Said, collect_into
from undertow.events import silent
from undertow.looking import Looker
from undertow.simulate import Options, simulate
from undertow.watch import run as alerting
from undertow.watch.contract import Kind

HEADER = ("site", "account", "url", "posted_at", "title", "text", "place", "price")
PORTIONS = 6  # a run follows every other one
Fact = tuple[str, str, str]


@pytest.fixture(scope="module")
def portions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The posts of a world in the order of their times: 60 % in the first file, the rest in equal parts."""
    folder = tmp_path_factory.mktemp("world")
    simulate(folder / "world", Options(3000, 7, "harbour", None, 0))
    case = Workspace.start(folder / "read", country="US")
    case.collect([folder / "world" / "files"])
    sql = "SELECT site, account, url, posted_at, title, text, place_text, price_text, post_id FROM posts"
    rows = case.ask(f"{sql} WHERE site <> 'whatsapp.com'").to_pylist()
    rows.sort(key=lambda row: (str(row["posted_at"] or ""), row["post_id"]))
    ends = [0, *(len(rows) * (60 + 40 * part // PORTIONS) // 100 for part in range(PORTIONS + 1))]
    paths = []
    for number in range(PORTIONS + 1):
        paths.append(folder / f"{number}.csv")
        with paths[-1].open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(HEADER)
            writer.writerows(list(row.values())[:-1] for row in rows[ends[number] : ends[number + 1]])
    return paths


def told(case: Workspace, portions: list[Path], monkeypatch: pytest.MonkeyPatch, *, quick: bool) -> list[Fact]:
    """Everything that is told, as (kind, subject, what is new)."""
    facts: list[Fact] = []
    made = alerting.alerts_of

    def noted(kind: Kind, rows: list[alerting.Row], moment: alerting.Moment) -> list[alerting.Row]:
        facts.extend(sorted({(kind.name, row["subject"], row["news"]) for row in rows}))
        return made(kind, rows, moment)

    monkeypatch.setattr(alerting, "alerts_of", noted)
    first, *rest = portions
    case.collect([first])
    case.run(watched=True)
    facts.clear()
    with case.reading() as engine:
        looker = Looker(case, engine)
        for number, path in enumerate(rest):
            collect_into(case, [path], Said(), silent, looker.look if quick else None)
            if number % 2:
                case.run()
    monkeypatch.undo()
    return facts


@pytest.mark.slow
def test_nothing_is_lost_doubled_or_told_otherwise(
    portions: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = told(Workspace.start(tmp_path / "runs", country="US"), portions, monkeypatch, quick=False)
    looks = told(Workspace.start(tmp_path / "looks", country="US"), portions, monkeypatch, quick=True)
    assert len({kind for kind, _, _ in runs}) > 3
    assert set(runs) - set(looks) == set()
    assert [fact for fact, times in Counter(looks).items() if times > 1] == []
    assert {fact for fact in set(looks) - set(runs) if fact[0] != "networks_met"} == set()
