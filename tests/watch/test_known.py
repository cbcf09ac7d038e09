"""What a run leaves for first looks: where a value leads, and what a lead has already."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from undertow import testing
from undertow.watch.known import SHARED, UNKNOWN, Kinds, Known, Network, has, read, tie, write

KINDS = Kinds(["account", "phone"], ["phone"], ["phone"], 4)
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


def middle(folder: Path, *, members: int, reach: int) -> list[tuple[int, bool]]:
    """How a number of two records is seen that stands between sides of a network."""
    held = [{**row, "records": 2} for row in ties(("p1", OWN), ("p2", OWN))]
    records = [{"network_id": "n1", "record_id": f"p{number}"} for number in range(members)]
    broker = {"network_id": "n1", "node_kind": "phone", "node": "own", "parts": 2, "reach": reach}
    return known(folder, {"network_members": records, "ties": held, "brokers": [broker]}).find([tie(*OWN)])


def test_a_number_on_few_records_between_two_organised_sides_may_soon_join_none(tmp_path: Path) -> None:
    assert middle(tmp_path, members=5, reach=4) == [(0, True)]


def test_a_number_on_many_records_or_with_one_organised_side_goes_on_joining(tmp_path: Path) -> None:
    assert middle(tmp_path / "a", members=4, reach=4) == [(0, False)]
    assert middle(tmp_path / "b", members=5, reach=3) == [(0, False)]


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


def test_it_tells_of_a_network_by_its_number(tmp_path: Path) -> None:
    found = known(tmp_path, {"network_members": MEMBERS, "leads": [{"lead_id": "l1", "network_id": "n1"}]})
    assert found.about(0) == Network("n1", 2, "p1", True)


def test_an_empty_run_knows_nothing(tmp_path: Path) -> None:
    assert leads(known(tmp_path, {}), OWN) == [UNKNOWN]
