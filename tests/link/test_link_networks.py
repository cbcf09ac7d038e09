"""What joins records into networks, and what does not."""

from pathlib import Path

import pytest
from tests.link.worlds import Post, link, parts, world

from undertow.extract import find

PHONE, OTHER = "+12025550123", "+12025550145"


def test_one_rare_phone_joins(tmp_path: Path) -> None:
    given = world([Post("p1", phone=PHONE), Post("p2", phone=PHONE), Post("p3", phone=OTHER)])
    assert parts(link(tmp_path, given)) == [["p1", "p2"]]


def test_posts_of_one_account_are_a_network(tmp_path: Path) -> None:
    given = world([Post("p1", account="ana"), Post("p2", account="ana")])
    assert parts(link(tmp_path, given)) == [["p1", "p2"]]


def test_one_weak_kind_does_not_join(tmp_path: Path) -> None:
    given = world([Post("p1", domain="stay.example"), Post("p2", domain="stay.example")])
    assert parts(link(tmp_path, given)) == []


def test_two_weak_kinds_of_one_family_do_not_join(tmp_path: Path) -> None:
    page = (("url", "https://stay.example/rooms"),)
    given = world([Post("p1", domain="stay.example", many=page), Post("p2", domain="stay.example", many=page)])
    assert parts(link(tmp_path, given)) == []


def test_two_weak_kinds_of_two_families_join(tmp_path: Path) -> None:
    given = world(
        [Post("p1", domain="stay.example", template="t1"), Post("p2", domain="stay.example", template="t1")], saving=0
    )
    assert parts(link(tmp_path, given)) == [["p1", "p2"]]


def test_two_families_must_meet_in_the_same_records(tmp_path: Path) -> None:
    given = world(
        [
            Post("p1", domain="stay.example", template="t1"),
            Post("p2", domain="stay.example", template="t2"),
            Post("p3", domain="rooms.example", template="t1"),
        ],
        saving=0,
    )
    assert parts(link(tmp_path, given)) == []


def test_a_telling_text_joins_posts_that_name_no_contact(tmp_path: Path) -> None:
    given = world([Post("p1", template="t1"), Post("p2", template="t1")])
    assert parts(link(tmp_path, given)) == [["p1", "p2"]]


def test_a_text_that_saves_little_does_not_join(tmp_path: Path) -> None:
    given = world([Post("p1", template="t1"), Post("p2", template="t1")], saving=20)
    assert parts(link(tmp_path, given)) == []


def test_a_short_text_does_not_join_people_who_say_it_once_among_much_else(tmp_path: Path) -> None:
    said = [Post("p1", account="ana", template="t1"), Post("p2", account="ben", template="t1")]
    else_ = [Post("p3", account="ana"), Post("p4", account="ben")]
    assert parts(link(tmp_path, world([*said, *else_], saving=100))) == [["p1", "p3"], ["p2", "p4"]]


def test_a_short_text_joins_accounts_that_say_nothing_else(tmp_path: Path) -> None:
    said = [Post("p1", account="ana", template="t1"), Post("p2", account="ben", template="t1")]
    assert parts(link(tmp_path, world(said, saving=100))) == [["p1", "p2"]]


def test_a_long_text_does_not_join_people_who_say_much_else(tmp_path: Path) -> None:
    said = [Post("p1", account="ana", template="t1"), Post("p2", account="ben", template="t1")]
    else_ = [Post("p3", account="ana"), Post("p4", account="ben")]
    assert parts(link(tmp_path, world([*said, *else_], saving=3_000))) == [["p1", "p3"], ["p2", "p4"]]


def test_a_copy_among_much_else_does_not_join_those_whose_text_it_is(tmp_path: Path) -> None:
    own = [Post(f"p{n}", account=name, template="t1") for n, name in enumerate(("ben", "cora", "dan"), 1)]
    copy = [Post("p4", account="ana", template="t1"), Post("p5", account="ana"), Post("p6", account="ana")]
    assert parts(link(tmp_path, world([*own, *copy]))) == [["p1", "p2", "p3"], ["p4", "p5", "p6"]]


@pytest.mark.parametrize(
    ("times", "made"), [(1, [["p1", "p2", "p3"], ["q0", "r"]]), (2, [["p1", "p2", "p3", "q0", "q1", "r"]])]
)
def test_a_text_is_an_accounts_own_from_more_than_half_of_its_posts_on(
    times: int, made: list[list[str]], tmp_path: Path
) -> None:
    own = [Post(f"p{n}", account=name, template="t1") for n, name in enumerate(("ben", "cora", "dan"), 1)]
    said = [Post(f"q{n}", account="ana", template="t1") for n in range(times)]
    assert parts(link(tmp_path, world([*own, *said, Post("r", account="ana")]))) == made


def test_text_alone_never_joins_different_contacts(tmp_path: Path) -> None:
    given = world(
        [Post("p1", PHONE, template="t1"), Post("p2", PHONE), Post("p3", OTHER, template="t1"), Post("p4", OTHER)]
    )
    assert parts(link(tmp_path, given)) == [["p1", "p2"], ["p3", "p4"]]


def test_posts_without_contact_go_with_the_only_contact_of_their_text(tmp_path: Path) -> None:
    given = world([Post("p1", PHONE, template="t1"), Post("p2", PHONE), Post("p3", template="t1")])
    assert parts(link(tmp_path, given)) == [["p1", "p2", "p3"]]


def test_posts_without_contact_stay_by_themselves_where_their_text_has_two_contacts(tmp_path: Path) -> None:
    given = world(
        [Post(f"p{n}", template="t1") for n in (1, 2)] + [Post("p3", PHONE, template="t1"), Post("p4", OTHER, "", "t1")]
    )
    assert parts(link(tmp_path, given)) == [["p1", "p2"]]


def test_a_mention_that_is_not_sure_ties_nothing(tmp_path: Path) -> None:
    given = world([Post("p1", phone=PHONE), Post("p2", phone=PHONE)])
    given["mentions"][1]["confidence"] = 0.3
    assert parts(link(tmp_path, given)) == []


def test_a_bare_user_name_is_weak(tmp_path: Path) -> None:
    given = world([Post("p1", many=(("handle", "unknown:ana"),)), Post("p2", many=(("handle", "unknown:ana"),))])
    assert parts(link(tmp_path, given)) == []


def test_a_bare_user_name_as_extraction_writes_it_joins_with_a_shared_text(tmp_path: Path) -> None:
    (name,) = [one.value for one in find("find me @ana_99") if one.kind == "handle"]
    posts = [Post(post, many=(("handle", name),), template="t1") for post in ("p1", "p2")]
    given = world(posts, saving=0)
    for mention in given["mentions"]:
        mention["confidence"] = 0.4
    assert parts(link(tmp_path, given)) == [["p1", "p2"]]


def test_an_account_is_tied_to_its_posts(tmp_path: Path) -> None:
    given = world([Post("p1", account="ana")])
    given["accounts"] = [{"account_id": "a1", "site": "ads.example", "handle": "ana"}]
    assert parts(link(tmp_path, given)) == [["a1", "p1"]]


def test_every_member_says_by_what_strongest_step_it_is_held(tmp_path: Path) -> None:
    given = world([Post("p1", phone=PHONE), Post("p2", phone=PHONE, account="ana"), Post("p3", account="ana")])
    members = link(tmp_path, given)["network_members"].to_pylist()
    assert [(row["record_id"], row["from_record"], row["why"]) for row in members] == [
        ("p1", "", "the first record of the network"),
        ("p2", "p1", "gives the phone +12025550123, as does p1"),
        ("p3", "p2", "stands under the account ads.example:ana, as does p2"),
    ]


def test_a_step_of_two_families_names_both_and_adds_their_weights(tmp_path: Path) -> None:
    pair = [Post("p1", domain="stay.example", template="t1"), Post("p2", domain="stay.example", template="t1")]
    tables = link(tmp_path, world([*pair, Post("p3"), Post("p4")], saving=0))
    step = tables["network_members"].to_pylist()[1]
    assert (step["via_kind"], step["via"]) == ("domain+template", "stay.example + t1")
    assert step["why"] == "names the site stay.example and follows the template t1, as does p1"
    assert step["weight"] == 2 * 693


def test_the_weight_of_a_tie_is_its_rarity_in_thousandths_of_a_nat(tmp_path: Path) -> None:
    tables = link(tmp_path, world([Post("p1", phone=PHONE), Post("p2", phone=PHONE), Post("p3"), Post("p4")]))
    assert tables["ties"].select(["record_id", "via", "weight", "records", "capped"]).to_pylist() == [
        {"record_id": "p1", "via": PHONE, "weight": 693, "records": 2, "capped": False},
        {"record_id": "p2", "via": PHONE, "weight": 693, "records": 2, "capped": False},
    ]


def test_a_network_counts_what_it_holds(tmp_path: Path) -> None:
    given = world(
        [
            Post("p1", PHONE, "ana", place="Manila", domain="stay.example"),
            Post("p2", PHONE, "ben", place="Cebu", template="t1"),
        ]
    )
    row = link(tmp_path, given)["networks"].to_pylist()[0]
    counts = {name: row[name] for name in ("records", "accounts", "sites", "places", "selectors", "templates")}
    assert counts == {"records": 2, "accounts": 2, "sites": 1, "places": 2, "selectors": 2, "templates": 1}


def test_the_weakest_link_of_a_network_is_said(tmp_path: Path) -> None:
    chain = [Post("p1", PHONE), Post("p2", PHONE, "ana"), Post("p3", account="ana"), Post("p4", account="ana")]
    tables = link(tmp_path, world(chain))
    weights = dict(zip(tables["ties"]["via_kind"].to_pylist(), tables["ties"]["weight"].to_pylist(), strict=True))
    assert tables["networks"]["weakest"].to_pylist() == [weights["account"]]


@pytest.mark.parametrize("given", [{}, world([Post("p1")]), world([Post("p1", phone=PHONE)])])
def test_little_data_gives_no_network_and_no_error(given: dict[str, list[dict[str, str]]], tmp_path: Path) -> None:
    assert parts(link(tmp_path, given)) == []
