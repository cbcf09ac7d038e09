"""Hubs hold nothing together, are listed with the reason, and stay in the ties; what a person cut likewise."""

from pathlib import Path

from tests.link.worlds import Post, link, parts, world

from undertow.link.options import Options

HOTLINE, PHONE = "+12025550100", "+12025550123"


def callers(count: int, first: int = 1000) -> list[Post]:
    """Posts that have nothing in common but the hotline."""
    return [Post(f"p{first + n}", HOTLINE, account=f"user{n}", place=f"town{n % 7}") for n in range(count)]


def test_a_hotline_of_500_strangers_joins_none_of_them(tmp_path: Path) -> None:
    assert parts(link(tmp_path, world(callers(500)))) == []


def test_a_number_that_ten_accounts_give_once_does_not_join_their_networks(tmp_path: Path) -> None:
    own = [Post(f"r{n}", account=f"user{n}") for n in range(10)]
    called = [Post(f"s{n}", HOTLINE, account=f"user{n}") for n in range(10)]
    assert parts(link(tmp_path, world(own + called))) == [[f"r{n}", f"s{n}"] for n in range(10)]


def test_a_number_that_ten_accounts_give_in_all_their_posts_joins_them(tmp_path: Path) -> None:
    posts = [Post(f"p{n}{turn}", PHONE, account=f"user{n}") for n in range(10) for turn in "abc"]
    assert [len(part) for part in parts(link(tmp_path, world(posts)))] == [30]


def test_numbers_that_one_operator_uses_across_many_accounts_join_them(tmp_path: Path) -> None:
    numbers = [f"+120255501{n:02}" for n in range(5)]
    posts = [Post(f"p{n:03}", numbers[n % 5], account=f"user{n % 24}") for n in range(96)]  # each account has four
    assert [len(part) for part in parts(link(tmp_path, world(posts)))] == [96]


def test_one_author_of_500_posts_is_no_hub(tmp_path: Path) -> None:
    posts = [Post(f"p{n}", PHONE, account="ana") for n in range(500)]
    assert [len(part) for part in parts(link(tmp_path, world(posts)))] == [500]


def test_an_operator_with_many_accounts_and_a_few_texts_is_no_hub(tmp_path: Path) -> None:
    posts = [Post(f"p{n:03}", PHONE, account=f"user{n % 60}", template=f"t{n % 5}") for n in range(300)]
    assert [len(part) for part in parts(link(tmp_path, world(posts)))] == [300]


def test_the_hub_is_listed_with_its_counts_and_a_sentence(tmp_path: Path) -> None:
    hub = link(tmp_path, world(callers(500)))["hubs"].to_pylist()
    assert [{name: row[name] for name in row if name != "why"} for row in hub] == [
        {"via_kind": "phone", "via": HOTLINE, "records": 500, "templates": 0, "accounts": 500, "places": 7}
    ]
    assert hub[0]["why"] == (
        f"Hub: the phone {HOTLINE} ties together 500 groups of records, most of which share nothing else; "
        "in this data more than 31 is too many."  # the square root of twice 500
    )


def test_ties_to_a_hub_are_kept_and_marked(tmp_path: Path) -> None:
    ties = link(tmp_path, world(callers(500)))["ties"].to_pylist()
    assert {row["via_kind"]: row["capped"] for row in ties} == {"phone": True, "account": False}
    assert sum(row["capped"] for row in ties) == 500


def test_a_text_of_many_accounts_with_contacts_of_their_own_joins_nobody(tmp_path: Path) -> None:
    posts = [Post(f"p{n}", f"+1202555{n:04}", f"user{n}", "boilerplate") for n in range(100, 160)]
    tables = link(tmp_path, world(posts))
    assert parts(tables) == []
    assert tables["hubs"]["via"].to_pylist() == ["boilerplate"]


def test_an_account_that_many_contacts_share_joins_nobody(tmp_path: Path) -> None:
    posts = [Post(f"p{n}", f"+1202555{n:04}", "guest") for n in range(100, 160)]
    tables = link(tmp_path, world(posts))
    assert parts(tables) == []
    assert tables["hubs"]["via"].to_pylist() == ["ads.example:guest"]


def test_a_higher_floor_lets_a_larger_group_stand(tmp_path: Path) -> None:
    tables = link(tmp_path, world(callers(40)), Options(hub_floor=40))
    assert [len(part) for part in parts(tables)] == [40]


def test_what_a_person_cut_holds_nothing_and_says_why(tmp_path: Path) -> None:
    posts = [Post("p1", PHONE), Post("p2", PHONE), Post("p3", account="ana"), Post("p4", account="ana")]
    tables = link(tmp_path, world(posts, cuts=[("phone", PHONE, "the number of a taxi firm")]))
    assert parts(tables) == [["p3", "p4"]]
    assert tables["hubs"]["why"].to_pylist() == ["Cut by a person: the number of a taxi firm"]
    assert [row["record_id"] for row in tables["ties"].to_pylist() if row["capped"]] == ["p1", "p2"]


def test_a_cut_of_one_kind_leaves_the_same_value_of_another(tmp_path: Path) -> None:
    posts = [Post("p1", PHONE), Post("p2", PHONE)]
    assert parts(link(tmp_path, world(posts, cuts=[("wallet", PHONE, "mistyped")]))) == [["p1", "p2"]]


def test_a_cut_that_no_record_holds_is_listed_all_the_same(tmp_path: Path) -> None:
    hubs = link(tmp_path, world([Post("p1")], cuts=[("phone", PHONE, "a shop")]))["hubs"].to_pylist()
    assert [(row["via"], row["records"]) for row in hubs] == [(PHONE, 0)]


def test_a_cut_taken_back_gives_the_first_result_exactly(tmp_path: Path) -> None:
    posts = [Post(f"p{n}", PHONE, account=f"user{n % 3}") for n in range(9)]
    first = link(tmp_path / "1", world(posts))
    cut = world(posts, cuts=[("phone", PHONE, "shared")]) | {"network_members": first["network_members"].to_pylist()}
    second = link(tmp_path / "2", cut)
    third = link(tmp_path / "3", world(posts) | {"network_members": second["network_members"].to_pylist()})
    assert len(parts(second)) == 3
    assert all(third[name].equals(first[name]) for name in first if name != "lineage")


def chain(letter: str, *phones: tuple[int, str]) -> list[Post]:
    """Six posts, each tied to the next by an e-mail address of their own, and the phones that some of them give."""
    return [
        Post(
            f"{letter}{n}",
            dict(phones).get(n),
            many=(("email", f"{letter}{n}@x.example"), ("email", f"{letter}{n + 1}@x.example")),
        )
        for n in range(6)
    ]


BRIDGE = [*chain("p", (0, PHONE), (1, PHONE)), *chain("q", (0, PHONE), (1, PHONE))]


def test_a_giant_is_left_in_the_parts_between_which_only_its_weakest_links_run(tmp_path: Path) -> None:
    tables = link(tmp_path, world(BRIDGE), Options(giant_share=0, giant_records=8))
    assert parts(tables) == [[f"p{n}" for n in range(6)], [f"q{n}" for n in range(6)]]


def test_what_is_no_giant_is_not_split(tmp_path: Path) -> None:
    assert [len(part) for part in parts(link(tmp_path, world(BRIDGE)))] == [12]


def test_what_was_split_is_listed_and_its_ties_are_kept(tmp_path: Path) -> None:
    tables = link(tmp_path, world(BRIDGE), Options(giant_share=0, giant_records=8))
    assert tables["hubs"].select(["via", "records", "why"]).to_pylist() == [
        {
            "via": PHONE,
            "records": 4,
            "why": f"Split: the phone {PHONE} would have made one network of 12 records out of 2 parts, "
            "too large to be one; nothing stronger runs between them.",
        }
    ]
    assert [row["record_id"] for row in tables["ties"].to_pylist() if row["capped"]] == ["p0", "p1", "q0", "q1"]


def test_a_large_account_is_no_giant(tmp_path: Path) -> None:
    posts = [Post(f"p{n:02}", account="ana") for n in range(20)]
    tables = link(tmp_path, world(posts), Options(giant_share=0, giant_records=5))
    assert [len(part) for part in parts(tables)] == [20]
