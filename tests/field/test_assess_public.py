"""On real messages, none of which is a trafficking advertisement, and on the published lists that indicators cite."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.assess.asking import INDICATORS

from undertow.workspace import Workspace

MESSAGES = ("ph_sms_spam_ads_gov.csv", "telegram_spam_ham.csv")
CITED = re.compile(r"forced labour \(2012\), (\d+(?: and \d+)*): ([^;(]+)")
DELPHI = re.compile(r"dimension (\d): [^;(]*\((strong|medium)\)|dimension (\d) \((strong|medium)\)")


@pytest.fixture(scope="module")
def workspace(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = Workspace.start(tmp_path_factory.mktemp("assess") / "workspace", country="PH")
    made.collect([shared / "posts" / name for name in MESSAGES])
    made.run()
    return made


@pytest.fixture(scope="module")
def leads(workspace: Workspace) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = workspace.leads().to_pylist()
    return rows


def test_no_ordinary_message_is_put_before_a_person(leads: list[dict[str, Any]]) -> None:
    assert leads
    assert {lead["band"] for lead in leads} <= {"watch", "background"}


def test_few_networks_of_ordinary_messages_become_leads(workspace: Workspace, leads: list[dict[str, Any]]) -> None:
    assert 20 * len(leads) <= workspace.table("networks").num_rows


def test_promotions_and_scams_are_told_from_risk(workspace: Workspace) -> None:
    signals = workspace.table("signals")
    pairs = set(zip(signals["subject_id"].to_pylist(), signals["indicator"].to_pylist(), strict=True))
    spam = {subject for subject, name in pairs if INDICATORS[name].speaks_for in ("spam", "scam")}
    risk = {subject for subject, name in pairs if INDICATORS[name].speaks_to and INDICATORS[name].family != "spread"}
    assert len(spam) > len(risk)


def test_every_signal_points_at_the_words_it_repeats(workspace: Workspace) -> None:
    posts = {row["post_id"]: row for row in workspace.table("posts").to_pylist()}
    checked = 0
    for signal in workspace.table("signals").to_pylist():
        said = re.fullmatch(r'says "(.*)"', signal["why"], re.DOTALL)
        if said and len(said[1]) < 120:
            assert posts[signal["record_id"]][signal["field"]][signal["start"] : signal["end"]] == said[1]
            checked += 1
    assert checked >= 50


def test_every_lead_shows_the_sum_of_its_score(leads: list[dict[str, Any]]) -> None:
    for lead in leads:
        for_it, against = (sum(one["points"] for one in json.loads(lead[side])) for side in ("reasons", "against"))
        assert lead["score"] == for_it - against


def test_the_ilo_indicators_are_cited_by_their_numbers(shared: Path) -> None:
    with (shared / "indicators" / "ilo_11_forced_labour.csv").open(encoding="utf-8", newline="") as file:
        named = {int(row["no"]): row["indicator"].lower() for row in csv.DictReader(file)}
    cited = [hit for one in INDICATORS.values() for hit in CITED.findall(one.source)]
    wrong = [
        (numbers, names)
        for numbers, names in cited
        for number, name in zip(numbers.split(" and "), names.strip().split(", "), strict=True)
        if named[int(number)] != name
    ]
    assert len(cited) >= 6
    assert wrong == []


def test_the_delphi_list_is_as_strong_as_it_is_cited(shared: Path) -> None:
    with (shared / "indicators" / "ilo_delphi_2009_labour.csv").open(encoding="utf-8", newline="") as file:
        held = {(row["dimension_no"], row["strength_adult_labour"]) for row in csv.DictReader(file)}
    cited = [hit for one in INDICATORS.values() for hit in DELPHI.findall(one.source)]
    claims = {(first or second, (strong or medium)[0].upper()) for first, strong, second, medium in cited}
    assert len(claims) >= 3
    assert claims <= held
