"""What a kind of alert is: a sentence, a query over the tables before and after a run, and a small world to show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

World = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows of some tables, as `undertow.testing.engine` takes them."""

BEFORE = (
    "leads",
    "list_hits",
    "mentions",
    "network_members",
    "signals",
)  # a query finds them as they were under NAME_before


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of alert, in one file that ends in this constant.

    `sql` is portable SQL over the tables of the run, those of `BEFORE`, and the views of `undertow.watch.run`;
    `:lowest_band` is the last band of the weights. It gives `subject` (an id), `news` (what is new about it, told
    apart from other news; it stays inside), `record_id` (where to see it; '' for none) and `words` (for the sentence).
    What is new about one subject in one run is one alert. `tells` is its sentence: {subject}, {count} (of news),
    {words} and {records} stand for these. Neither `subject` nor `words` may hold what somebody wrote: alerts travel.

    `quick`: a first look at new records alone can answer it. It asks the same query over a small world: these records,
    their `mentions`, `watch_list` and `list_hits`; and of each network that their strong ties lead to, one record or
    more in both `network_members`, with what places, sites and selectors of the new records it has already.

    `given_before` and `given` are a small world before and after a run; `expect` holds the (subject, why) that follow.
    """

    name: str
    version: int
    says: str
    sql: str
    tells: str
    quick: bool = False
    given_before: World = field(default_factory=dict)
    given: World = field(default_factory=dict)
    expect: Sequence[tuple[str, str]] = ()
