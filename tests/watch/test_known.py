"""What a run leaves for first looks: where a value leads, and what a lead has already."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from undertow import testing
from undertow.watch.known import SHARED, UNKNOWN, Kinds, Known, has, read, tie, write

KINDS = Kinds(["account", "phone"], ["phone"], ["phone"])
World = Mapping[str, Sequence[Mapping[str, Any]]]
MEMBERS = [{"network_id": "n1", "record_id": name} for name in ("p1", "p2")]
OWN, SHARED_NUMBER, ACCOUNT = ("phone", "own"), ("phone", "shared"), ("account", "ana")


def known(folder: Path, world: World) -> Known:
    with testing.engine(folder, world) as engine:
        write(engine, KINDS)
        return read(engine)


def ties(*held: tuple[str, tuple[str, str]], capped: bool = False) -> list[dict[str, Any]]:
    return [{"record_id": record, "via_kind": kind, "via": via, "capped": capped} for record, (kind, via) in held]


def leads(found: Known, *values: tuple[str, str]) -> list[int]:
    return [number for number, _ in found.find([tie(*value) for value in values])]


def test_a_value_leads_to_its_network_and_a_hub_or_a_stranger_to_none(tmp_path: Path) -> None:
    hub = ties(("p1", SHARED_NUMBER), ("p9", SHARED_NUMBER), capped=True)
    world = {"network_members": MEMBERS, "ties": [*ties(("p1", OWN), ("p2", OWN), ("p8", ACCOUNT)), *hub]}
    assert leads(known(tmp_path, world), OWN, SHARED_NUMBER, ACCOUNT) == [0, SHARED, UNKNOWN]


def test_kind_and_value_are_both_asked(tmp_path: Path) -> None:
    world = {"network_members": MEMBERS, "ties": ties(("p1", ("phone", "ana")), ("p2", ("phone", "ana")))}
    assert leads(known(tmp_path, world), ACCOUNT) == [UNKNOWN]


def test_nothing_leads_to_a_network_that_would_come_apart_without_a_number_mostly_beside_others(tmp_path: Path) -> None:
    held = ties(("p1", OWN), ("p1", SHARED_NUMBER), ("p2", ("phone", "other")), ("p2", SHARED_NUMBER))
    world = {"network_members": MEMBERS, "ties": held}
    assert leads(known(tmp_path / "a", world), OWN, SHARED_NUMBER) == [0, 0]
    broker = {"network_id": "n1", "node_kind": "phone", "node": "shared", "parts": 2}
    assert leads(known(tmp_path / "b", {**world, "brokers": [broker]}), OWN, SHARED_NUMBER) == [UNKNOWN, UNKNOWN]
    alone = ties(("p3", SHARED_NUMBER), ("p4", SHARED_NUMBER), ("p5", SHARED_NUMBER))
    world = {"network_members": MEMBERS, "ties": [*held, *alone], "brokers": [broker]}
    assert leads(known(tmp_path / "c", world), OWN, SHARED_NUMBER) == [0, 0]


def test_where_a_text_holds_records_only_contacts_lead(tmp_path: Path) -> None:
    members = [MEMBERS[0], {**MEMBERS[1], "via_kind": "template", "via": "t1"}]
    world = {"network_members": members, "ties": ties(("p1", OWN), ("p2", ACCOUNT))}
    assert leads(known(tmp_path, world), OWN, ACCOUNT) == [0, UNKNOWN]


def test_it_knows_the_places_sites_and_selectors_of_leads_alone(tmp_path: Path) -> None:
    members = [*MEMBERS, {"network_id": "n2", "record_id": "p3"}]
    place = {"kind": "place", "value": "Riga, LV"}
    world = {
        "network_members": members,
        "leads": [{"lead_id": "l1", "network_id": "n1"}],
        "mentions": [{"record_id": "p1", **place}, {"record_id": "p3", **place}],
        "posts": [{"post_id": "p2", "site": "one.example"}],
    }
    asked = [has("n1", *place.values()), has("n1", "site", "one.example"), has("n2", *place.values())]
    assert [number for number, _ in known(tmp_path, world).find(asked)] == [0, 0, UNKNOWN]


def test_an_empty_run_knows_nothing(tmp_path: Path) -> None:
    assert leads(known(tmp_path, {}), OWN) == [UNKNOWN]
