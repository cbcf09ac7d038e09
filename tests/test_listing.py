"""Hash lists as people use them: added, measured, switched on, answered, expired, retracted."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.hashes import maker
from undertow import Workspace, listing
from undertow.errors import UserError
from undertow.listing import Said
from undertow.review import hashlists

made = maker(4)


OWN = [made() for _ in range(60)]


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    """A workspace with 60 pictures, by their hashes."""
    place = Workspace.start(tmp_path / "case", country="US")
    with (tmp_path / "pictures.csv").open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("picture", "sha256", "pdq"))
        writer.writerows((f"{n}.jpg", f"{n:064x}", one) for n, one in enumerate(OWN))
    place.collect([tmp_path / "pictures.csv"], kind="pictures")
    assert place.table("pictures")["pdq"].to_pylist() == OWN
    return place


def listed(case: Workspace, name: str, hashes: list[str], **said: object) -> listing.Added:
    path = case.root.parent / f"{name}.txt"
    path.write_text("\n".join(hashes) + "\n")
    return listing.add(case, name, [path], Said("given by a partner", algorithm="pdq", **said))  # type: ignore[arg-type]


def in_force(case: Workspace, name: str, hashes: list[str], **said: object) -> None:
    listed(case, name, hashes, **said)
    listing.measure(case, name)
    listing.enable(case, name, because="measured")


def found(case: Workspace) -> list[tuple[str, int, str]]:
    case.run(("match",))
    return [(row["list_id"], row["distance"], row["state"]) for row in listing.hits(case)]


def test_a_picture_within_the_distance_of_a_list_is_hit_and_one_beyond_is_not(case: Workspace) -> None:
    in_force(case, "partner", [made(of=OWN[0], flips=30), made(of=OWN[1], flips=32), made()])
    assert found(case) == [("partner", 30, "open")]


def test_each_list_has_its_own_distance(case: Workspace) -> None:
    in_force(case, "strict", [made(of=OWN[0], flips=20)], distance=10)
    in_force(case, "loose", [made(of=OWN[0], flips=20)], distance=40)
    assert found(case) == [("loose", 20, "open")]


def test_a_list_can_be_measured_at_no_distance_at_all(case: Workspace) -> None:
    listed(case, "strict", [OWN[0], made(of=OWN[1], flips=2)])
    rate = listing.measure(case, "strict", distance=0)
    assert (rate.hits, rate.near) == (1, 0)


def test_other_hashes_are_compared_exactly(case: Workspace) -> None:
    path = case.root.parent / "exact.csv"
    path.write_text(f"hash,type\n{7:064x},SHA-256\n{99:064x},sha256\n")
    listing.add(case, "exact", [path], Said("given by a partner"))
    assert listing.measure(case, "exact").hits == 1
    listing.enable(case, "exact", because="measured")
    assert found(case) == [("exact", 0, "open")]


def test_a_list_that_was_not_measured_cannot_be_switched_on(case: Workspace) -> None:
    listed(case, "partner", [OWN[0]])
    with pytest.raises(UserError, match="was not measured"):
        listing.enable(case, "partner", because="in a hurry")
    assert found(case) == []


def test_a_new_version_is_off_until_it_is_measured_and_the_old_one_stays(case: Workspace) -> None:
    in_force(case, "partner", [OWN[0]])
    listed(case, "partner", [OWN[0], OWN[1]])
    with pytest.raises(UserError, match="was not measured"):
        listing.enable(case, "partner", because="in a hurry")
    assert len(found(case)) == 1


def test_near_misses_raise_what_is_expected_and_hits_are_seen(case: Workspace) -> None:
    listed(case, "partner", [OWN[0], made(of=OWN[1], flips=40), made(of=OWN[2], flips=50)])
    rate = listing.measure(case, "partner")
    assert (rate.pictures, rate.hits, rate.near) == (60, 1, 2)
    assert rate.expected == pytest.approx((1 + 6.2958) / 60, rel=1e-3)  # 6.2958: 95 % bound of a mean with 2 seen


def test_a_flood_is_held_back_and_said(case: Workspace) -> None:
    in_force(case, "partner", OWN[:1])
    with (case.root.parent / "more.csv").open("w", newline="") as stream:
        csv.writer(stream).writerows([("picture", "pdq"), *((f"x{n}.jpg", OWN[0]) for n in range(60))])
    case.collect([case.root.parent / "more.csv"], kind="pictures")
    assert {state for _, _, state in found(case)} == {"held"}
    assert [row["reason"] for row in case.rejects().to_pylist() if row["position"] == "partner"] == [
        "held back: the hash list partner hits 61 of 120 pictures, where at most 18 were expected"
    ]
    listing.enable(case, "partner", because="all of one campaign, looked at", expect=0.6)
    assert {state for _, _, state in found(case)} == {"open"}


def test_what_is_known_to_be_harmless_outweighs(case: Workspace) -> None:
    in_force(case, "partner", [OWN[0], OWN[1]])
    in_force(case, "own-logos", [OWN[0]], harmless=True)
    assert sorted(found(case)) == [("own-logos", 0, "outweighed"), ("partner", 0, "open"), ("partner", 0, "outweighed")]


@pytest.mark.parametrize("act", ["disable", "retract", "expire"])
def test_a_list_that_is_off_retracted_or_expired_hits_nothing(case: Workspace, act: str) -> None:
    in_force(case, "partner", [OWN[0]])
    assert len(found(case)) == 1
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()
    day = (yesterday,) if act == "expire" else ()
    getattr(listing, act)(case, "partner", *day, because="the partner asked")
    assert found(case) == []


def test_a_retracted_version_cannot_be_switched_on_again(case: Workspace) -> None:
    in_force(case, "partner", [OWN[0]])
    listing.retract(case, "partner", because="the partner asked")
    with pytest.raises(UserError, match="was retracted"):
        listing.enable(case, "partner", because="a mistake")


def test_what_is_left_out_is_in_the_rejects_by_its_place_and_never_by_its_hash(case: Workspace) -> None:
    added = listed(case, "partner", [OWN[0], OWN[0], "ff" * 32, OWN[1][:60], f"{OWN[2]}:20"])
    assert added.kept == {"pdq": 1}
    rows = [(row["position"], row["excerpt"]) for row in case.rejects().to_pylist()]
    assert sorted(rows) == [("2", ""), ("3", ""), ("4", ""), ("5", "")]
    assert sum(added.left_out.values()) == 4


def test_the_file_of_a_list_is_kept_as_it_was_received(case: Workspace) -> None:
    listed(case, "partner", [OWN[0]])
    (original,) = hashlists.one_list(case.decisions, "partner").newest.files
    assert (case.root / "originals" / original[:2] / original).read_bytes() == (OWN[0] + "\n").encode()


def test_an_answer_says_whether_the_file_was_viewed_and_precision_is_counted(case: Workspace) -> None:
    in_force(case, "partner", OWN[:2])
    found(case)
    first, second = (row["hit_id"] for row in listing.hits(case))
    with pytest.raises(UserError, match="whether you viewed"):
        listing.answer(case, first, "confirm", viewed=None, because="the same room")
    listing.answer(case, first, "confirm", viewed=True, because="the same room")
    listing.answer(case, second, "reject", viewed=False, because="a logo, by its text")
    assert [(row["answer"], row["viewed"]) for row in listing.hits(case)] == [("confirm", True), ("reject", False)]
    (row,) = listing.overview(case)
    assert (row["confirmed"], row["rejected"], row["precision"]) == (1, 1, 0.5)
    said = {
        one["status"]: (one["viewed"], one["not_viewed"], one["reactions"]) for one in listing.feedback(case, "partner")
    }
    assert said == {"MALICIOUS": (1, 0, []), "NON_MALICIOUS": (0, 1, ["DISAGREE_WITH_TAGS"])}


def test_decisions_on_lists_are_sealed_with_what_they_say(case: Workspace) -> None:
    in_force(case, "partner", [OWN[0]])
    case.decisions.verify()
    assert [one.verb for one in case.decisions.judgements()] == ["add list", "measure list", "enable list"]


def test_a_second_page_takes_back_what_the_first_held(case: Workspace) -> None:
    pages = [case.root.parent / "1.csv", case.root.parent / "2.csv"]
    pages[0].write_text(f"id,pdq,status\na,{OWN[0]},\nb,{OWN[1]},\n")
    pages[1].write_text(f"id,pdq,status\na,{OWN[0]},withdrawn\n")
    assert listing.add(case, "partner", pages, Said("two pages")).kept == {"pdq": 1}
