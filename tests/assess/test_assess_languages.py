"""What is everyday speech in a language says less of those who write it, and takes no lead away."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from tests.assess.asking import DEBT, FEE, leads

from undertow import testing
from undertow.assess import languages
from undertow.assess.worlds import Post, Rows, scene
from undertow.engine.base import Engine


def speaking(*, showing: int = 150) -> Rows:
    """Of 300 networks that write Tagalog so many ask for a fee, of 900 that write Russian one; n1 and n2 are leads."""
    return scene(
        Post(cues=[DEBT, FEE], network="n1", language="tl"),
        Post(cues=[DEBT, FEE], network="n2", language="ru"),
        *(Post(cues=[FEE] if at < showing else [], network=f"t{at}", language="tl") for at in range(299)),
        *(Post(network=f"r{at}", language="ru") for at in range(899)),
    )


def asked(folder: Path, world: Rows) -> dict[str, dict[str, Any]]:
    """What each lead says of the fee, by network."""
    told = ((one["network_id"], reason) for one in leads(folder, world) for reason in one["reasons"])
    return {network: reason for network, reason in told if reason["indicator"] == "upfront_fee"}


def test_words_that_are_common_in_one_language_count_for_less_in_it_alone(tmp_path: Path) -> None:
    fee = asked(tmp_path, speaking())
    assert fee["n1"]["points"] < fee["n2"]["points"] == 120


def test_a_reason_says_how_common_the_sign_is_in_the_language(tmp_path: Path) -> None:
    fee = asked(tmp_path, speaking())["n1"]
    assert (fee["language"], fee["language_rate"]) == ("tl", pytest.approx(151 / 300, abs=1e-4))
    assert fee["base_rate"] == pytest.approx(152 / 1200, abs=1e-4)


def test_a_sign_that_a_language_makes_worthless_takes_no_lead_away(tmp_path: Path) -> None:
    fee = asked(tmp_path, speaking(showing=299))
    assert fee["n1"]["points"] < 25 <= fee["n2"]["points"]


def test_few_networks_that_show_a_sign_hardly_change_what_it_counts(tmp_path: Path) -> None:
    fee = asked(tmp_path, speaking(showing=4))
    assert 100 < fee["n1"]["points"] < 120


def test_in_a_collection_of_one_language_nothing_changes(tmp_path: Path) -> None:
    world = scene(
        Post(cues=[DEBT, FEE], language="tl"),
        *(Post(cues=[FEE], network=f"t{at}", language="tl") for at in range(40)),
    )
    plain = scene(Post(cues=[DEBT, FEE]), *(Post(cues=[FEE], network=f"t{at}") for at in range(40)))
    assert asked(tmp_path / "one", world)["n1"]["points"] == asked(tmp_path / "none", plain)["n1"]["points"]


def test_a_network_without_a_clear_language_is_held_to_all(tmp_path: Path) -> None:
    mixed = scene(Post(cues=[DEBT, FEE], network="n3", language="tl"), Post(network="n3", language="ru"))
    del mixed["networks"], mixed["network_members"]
    world = speaking()
    more = {name: [*world[name], *_renamed(rows)] for name, rows in mixed.items() if name in world}
    more["networks"] = [*world["networks"], {**world["networks"][0], "network_id": "n3", "records": 2}]
    members = [{"network_id": "n3", "record_id": one} for one in ("m1", "m2")]
    more["network_members"] = [*world["network_members"], *members]
    fee = asked(tmp_path, more)
    assert "language" not in fee["n3"]
    assert fee["n3"]["points"] > fee["n1"]["points"]


def _renamed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    keys = ("post_id", "record_id")
    return [{key: f"m{str(value)[1:]}" if key in keys else value for key, value in row.items()} for row in rows]


SEVERAL = scene(
    *(Post(network=f"n{at % 5}", language=("tl", "ru", "en", "und", "")[at % 3 + at % 2]) for at in range(40)),
    Post(network="n9"),
)


def named(engine: Engine) -> dict[str, str]:
    made = languages.named(engine, engine.fetch(engine.read("networks")).sort_by("network_id"))
    return dict(zip(made["network_id"].to_pylist(), made["language"].to_pylist(), strict=True))


def test_the_main_language_is_that_of_more_than_half_of_the_records_that_have_one(tmp_path: Path) -> None:
    networks = pa.table({"network_id": ["a", "b", "c", "d"]})
    rows = [("a", "tl", 3), ("a", "ru", 2), ("b", "tl", 2), ("b", "ru", 2), ("c", "es", 1)]
    columns = zip(("network_id", "language", "records"), zip(*rows, strict=True), strict=True)
    counted = pa.table({name: pa.array(values) for name, values in columns})
    assert languages.add(networks, counted)["language"].to_pylist() == ["tl", "", "es", ""]


@pytest.mark.usefixtures("spark")
def test_both_engines_find_the_same_main_languages(tmp_path: Path) -> None:
    with testing.engine(tmp_path / "duck", SEVERAL) as duck, testing.spark_engine(tmp_path / "spark", SEVERAL) as spark:
        assert named(duck) == named(spark)
        assert set(named(duck).values()) == {"", "en", "ru"}
