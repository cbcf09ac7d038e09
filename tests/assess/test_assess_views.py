"""What the views show to indicators."""

from pathlib import Path
from typing import Any

from undertow.assess import views
from undertow.assess.contract import World
from undertow.assess.worlds import Post, scene
from undertow.testing import engine


def view(folder: Path, name: str, world: World) -> list[dict[str, Any]]:
    with engine(folder, world) as made:
        return list(made.fetch(views.build(made)[name]).to_pylist())


def place(folder: Path, *mentions: tuple[str, str]) -> str:
    rows = [
        {"record_id": "p1", "kind": "place", "field": field, "value": value, "start": number}
        for number, (field, value) in enumerate(mentions)
    ]
    return str(view(folder, "network_posts", scene(Post(), mentions=rows))[0]["place"])


def test_a_post_stands_where_its_place_column_says(tmp_path: Path) -> None:
    assert place(tmp_path, ("place_text", "Davao, PH"), ("text", "Manila, PH")) == "Davao, PH"


def test_a_post_that_names_two_places_stands_nowhere(tmp_path: Path) -> None:
    assert place(tmp_path, ("text", "Davao, PH"), ("text", "Manila, PH")) == ""


def test_a_post_stands_at_the_only_place_it_names(tmp_path: Path) -> None:
    assert place(tmp_path, ("text", "Davao, PH"), ("title", "Davao, PH")) == "Davao, PH"


def test_a_hub_is_no_contact(tmp_path: Path) -> None:
    hubs = [{"via_kind": "phone", "via": "+12025550123"}]
    world = scene(Post(contacts=[("phone", "+12025550123"), ("phone", "+12025550199")]), hubs=hubs)
    assert [row["value"] for row in view(tmp_path, "network_contacts", world)] == ["+12025550199"]


def test_a_contact_that_was_hardly_read_is_none(tmp_path: Path) -> None:
    doubtful = {"record_id": "p1", "kind": "phone", "field": "text", "value": "555 01", "confidence": 0.2}
    assert view(tmp_path, "network_contacts", scene(Post(), mentions=[doubtful])) == []


def test_one_account_name_on_two_sites_is_two_authors(tmp_path: Path) -> None:
    world = scene(Post(account="ana", site="a.example"), Post(account="ana", site="b.example"), Post())
    assert sorted(row["author"] for row in view(tmp_path, "network_posts", world)) == [
        "",
        "a.example ana",
        "b.example ana",
    ]


def test_prices_are_read_and_what_is_no_price_is_left_out(tmp_path: Path) -> None:
    values = ("1500.5 EUR", "700 ?", "free", "0 EUR", "1e99 EUR", "NaN EUR", "Infinity EUR")
    posts = [Post(price=(value, "month")) for value in values]
    (row,) = view(tmp_path, "network_prices", scene(*posts))
    assert (row["cents"], row["currency"], row["period"]) == (150_050, "EUR", "month")
