"""How well the networks of the demonstration agree with what the pipeline never saw: the page each ad leads to."""

import csv
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from undertow.workspace import Workspace

_LOOKALIKES = str.maketrans({"i": "l", "1": "l", "|": "l", "0": "o"})  # OCR read `blackmattersus` as `biackmattersus`
_HOST = re.compile(r"^[\[(<\s]*(?:https?:/*)?(?:www\.|m\.)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Networks against the truth.

    `purity`: of the ads in a network, the share that lead where most of their network leads. `completeness`: of all
    pairs of ads that lead to one page, the share that stand in one network.
    """

    ads: int
    in_networks: int
    networks: int
    purity: float
    completeness: float

    def sentence(self) -> str:
        """The figures in words, with what they are measured against."""
        return (
            f"Against the landing pages, which the pipeline never saw: {self.in_networks:,} of {self.ads:,} "
            f"Facebook ads stand in {self.networks:,} networks; {self.purity:.1%} of them lead where most of their "
            f"network leads (purity), and {self.completeness:.1%} of the pairs of ads that lead to one page stand in "
            "one network (completeness)."
        )


def page(url: str) -> str:
    """The landing page that a link names: case, scheme, host prefix, brackets and look-alike letters folded."""
    bare = _HOST.sub("", url.strip()).rstrip("/]) >").lower()
    return bare.split("?")[0].rstrip("/").translate(_LOOKALIKES)


def agreement(workspace: Workspace, truth: Path) -> Agreement:
    """Compares the networks with the pages in `truth`, a CSV with the columns id and url in the order of the ads."""
    with truth.open(encoding="utf-8", newline="") as file:
        pages = {str(number): page(row["url"]) for number, row in enumerate(csv.DictReader(file), 1)}
    ads = workspace.ask("SELECT post_id, position FROM posts WHERE site = 'facebook.com'").to_pydict()
    leads_to = {
        post: pages[position] for post, position in zip(ads["post_id"], ads["position"], strict=True) if pages[position]
    }
    members = workspace.ask("SELECT network_id, record_id FROM network_members").to_pydict()
    network = dict(zip(members["record_id"], members["network_id"], strict=True))
    return _compare(leads_to, {ad: network[ad] for ad in leads_to if ad in network})


def _compare(truth: dict[str, str], found: dict[str, str]) -> Agreement:
    by_network: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for ad, network in found.items():
        by_network[network][truth[ad]] += 1
    together = sum(_pairs(count) for pages in by_network.values() for count in pages.values())
    majority = sum(max(pages.values()) for pages in by_network.values())
    possible = sum(_pairs(count) for count in Counter(truth.values()).values())
    return Agreement(
        ads=len(truth),
        in_networks=len(found),
        networks=len(by_network),
        purity=majority / max(1, len(found)),
        completeness=together / max(1, possible),
    )


def _pairs(count: int) -> int:
    return count * (count - 1) // 2
