"""What the stage keeps whatever happens: all its evidence, the same bytes, and a word on what failed."""

import json
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.assess.asking import DEBT, FEE, FEW, INDICATORS, leads, made, said

from undertow.assess import weights
from undertow.assess.contract import Options
from undertow.assess.worlds import Post, Rows, scene
from undertow.errors import UserError
from undertow.testing import engine

SQL = INDICATORS["debt"].sql
BROKEN = {
    "unknown column": SQL.replace("record_id", "no_such_column"),
    "not portable": SQL.replace("100 AS", "round(100.4) AS"),
    "no why": SQL.replace("AS why", "AS because"),
    "no number": SQL.replace("100 AS", "original AS"),
}


def mixed() -> Rows:
    return scene(
        Post(account="ana", cues=[DEBT, FEE], at="2026-03-01", template="t1", contacts=[("phone", "+12025550123")]),
        Post(account="ben", cues=[FEE], at="2026-03-03", template="t1", contacts=[("phone", "+12025550123")]),
        Post(account="cora", cues=[("own_voice", "me")], template="t1", ages=["16"], price=("900 USD", "month")),
        Post(cues=[DEBT, ("threats", "or else")], network="n2", place="Davao, PH", language="en"),
        Post(cues=[FEE, ("warning:debt", "beware")], network="n3"),
    )


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    world = mixed()
    shuffled = {name: random.Random(7).sample(rows, len(rows)) for name, rows in world.items()}
    first, second = (
        made(tmp_path / name, rows, indicators=INDICATORS) for name, rows in (("a", world), ("b", shuffled))
    )
    assert first == second


def test_the_number_of_threads_does_not_matter(tmp_path: Path) -> None:
    assert made(tmp_path / "a", mixed()) == made(tmp_path / "b", mixed(), threads=2)


@pytest.mark.parametrize("sql", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_indicator_is_named_in_rejects_and_the_run_goes_on(sql: str, tmp_path: Path) -> None:
    broken = replace(INDICATORS["threats"], name="threats", sql=sql)
    tables = made(tmp_path, said(DEBT, FEE), indicators={**FEW, "threats": broken})
    (reject,) = tables["rejects"].to_pylist()
    assert (reject["stage"], reject["position"]) == ("assess", "threats")
    assert "threats" in reject["reason"]
    assert tables["leads"].num_rows == 1


def test_an_indicator_without_a_weight_is_shown_adds_nothing_and_is_named(tmp_path: Path) -> None:
    extra = replace(INDICATORS["threats"], name="from_outside", sql=SQL)
    tables = made(tmp_path, said(DEBT, FEE), indicators={**FEW, "from_outside": extra})
    (reject,) = tables["rejects"].to_pylist()
    assert reject["position"] == "from_outside"
    points = {one["indicator"]: one["points"] for one in json.loads(tables["leads"]["reasons"][0].as_py())}
    assert points == {"debt": 150, "upfront_fee": 120, "from_outside": 0}


def test_evidence_on_a_network_that_is_none_is_told(tmp_path: Path) -> None:
    world = said(DEBT, FEE) | {"networks": []}
    tables = made(tmp_path, world)
    assert tables["rejects"]["position"].to_pylist() == ["(networks)"]
    assert tables["leads"].num_rows == 0


def test_of_many_rows_fifty_are_kept_and_the_lead_tells_how_many_there_were(tmp_path: Path) -> None:
    tables = made(tmp_path, scene(*[Post(cues=[DEBT, FEE]) for _ in range(60)]))
    assert sum(name == "debt" for name in tables["signals"]["indicator"].to_pylist()) == 50
    reason = json.loads(tables["leads"]["reasons"][0].as_py())[0]
    assert (reason["rows"], reason["shown"], reason["records"]) == (60, 50, 60)


def test_an_empty_collection_gives_empty_tables(tmp_path: Path) -> None:
    tables = made(tmp_path, {})
    assert (tables["signals"].num_rows, tables["leads"].num_rows) == (0, 0)


def test_an_indicator_set_of_none_gives_empty_tables(tmp_path: Path) -> None:
    tables = made(tmp_path, said(DEBT, FEE), indicators={})
    assert (tables["signals"].num_rows, tables["leads"].num_rows) == (0, 0)


def test_the_digest_stays_when_only_other_networks_change(tmp_path: Path) -> None:
    more = [Post(cues=[FEE], network=f"n{number}") for number in range(2, 100)]
    (before,), (after,) = leads(tmp_path / "a", said(DEBT, FEE)), leads(tmp_path / "b", said(DEBT, FEE, more=more))
    assert before["score"] != after["score"]
    assert (before["band"], before["digest"]) == (after["band"], after["digest"])


@pytest.mark.parametrize(
    "world",
    [
        said(DEBT, FEE, more=[Post()]),
        said(DEBT, FEE, ("secrecy", "tell no one")),
        said(DEBT, FEE, ("licensed_agency", "licence 123")),
        said(DEBT, FEE, DEBT),
    ],
    ids=["a record more", "a sign more", "a sign against", "a piece of evidence more"],
)
def test_the_digest_changes_with_the_evidence(world: Rows, tmp_path: Path) -> None:
    (before,), (after,) = leads(tmp_path / "a", said(DEBT, FEE)), leads(tmp_path / "b", world)
    assert before["digest"] != after["digest"]


def test_a_user_can_bring_weights(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    shipped = weights.SHIPPED.read_text("utf-8")
    own.write_text(re.sub(r'version = "\d+"', 'version = "mine"', shipped, count=1), "utf-8")
    (lead,) = leads(tmp_path, said(DEBT, FEE), options=Options(own))
    assert lead["weights"] == "mine"


@pytest.mark.parametrize("text", ["", "version = ", 'version = "1"\n[indicators.debt]\npoints = -5'])
def test_a_file_that_holds_no_weights_is_refused_with_a_hint(text: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError) as refused, engine(tmp_path) as made_engine:
        from undertow.assess.run import run

        run(made_engine, Options(path))
    assert "copy" in refused.value.hint
