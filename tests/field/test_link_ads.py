"""Networks of real ads against the pages that they led to, which the pipeline did not see."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from undertow import testing
from undertow.demo.measure import page
from undertow.link.run import run
from undertow.match import group_texts

LETTER_BITS = 1.75  # entropy of English, Brown et al. 1992


@pytest.fixture(scope="module")
def ads(shared: Path) -> list[dict[str, str]]:
    with (shared / "posts" / "irads" / "irads_ads.csv").open(encoding="utf-8", newline="") as file:
        return [row | {"post_id": f"p{n:05}"} for n, row in enumerate(csv.DictReader(file))]


@pytest.fixture(scope="module")
def networks(ads: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The network of every ad that is in one, by its text alone."""
    groups = group_texts([ad["text"] for ad in ads])
    size = Counter(groups)
    shortest: dict[int, int] = defaultdict(lambda: 1 << 30)
    for group, ad in zip(groups, ads, strict=True):
        shortest[group] = min(shortest[group], len(ad["text"]))
    held = [(f"t{group}", ad["post_id"]) for group, ad in zip(groups, ads, strict=True) if size[group] > 1]
    saved = {group: int(LETTER_BITS * shortest[group]) * (size[group] - 1) for group in size}
    world: dict[str, list[dict[str, object]]] = {
        "posts": [{"post_id": ad["post_id"], "text": ad["text"]} for ad in ads],
        "template_posts": [{"template_id": template, "post_id": post} for template, post in held],
        "templates": [{"template_id": f"t{n}", "posts": size[n], "saving": saved[n]} for n in size if size[n] > 1],
    }
    with testing.engine(tmp_path_factory.mktemp("ads"), world) as engine:
        run(engine)
        members = engine.fetch(engine.read("network_members"))
    return dict(zip(members["record_id"].to_pylist(), members["network_id"].to_pylist(), strict=True))


def test_texts_alone_still_give_networks(networks: dict[str, str]) -> None:
    assert len(networks) >= 1_400


def test_most_ads_of_a_network_lead_to_one_page(ads: list[dict[str, str]], networks: dict[str, str]) -> None:
    pages: dict[str, Counter[str]] = defaultdict(Counter)
    for ad in ads:
        if ad["post_id"] in networks and page(ad["url"]):
            pages[networks[ad["post_id"]]][page(ad["url"])] += 1
    assert sum(max(held.values()) for held in pages.values()) / sum(map(Counter.total, pages.values())) >= 0.88


def test_no_network_of_real_ads_is_a_giant(ads: list[dict[str, str]], networks: dict[str, str]) -> None:
    assert max(Counter(networks.values()).values()) < len(ads) / 20
