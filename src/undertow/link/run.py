"""The link stage: ties, hubs, networks with the step that holds each record, lineage, and middlemen."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undertow.engine.base import Engine
from undertow.events import Emit, Event, silent
from undertow.link import bars, brokers, hubs, lineage, links, members, networks, reasons, summary, ties, waves
from undertow.link.contract import PERSONAL
from undertow.link.graph import NONE, Flags, Graph, Ints
from undertow.link.options import Options

STAGE = "link"

_SAID = """
SELECT p.post_id, p.site, p.account, coalesce(t.template_id, p.post_id) AS said
FROM posts AS p LEFT JOIN template_posts AS t ON t.post_id = p.post_id"""

_ASIDE = """
WITH texts AS (
    SELECT site, account, said, count(*) AS posts FROM written WHERE account <> '' GROUP BY site, account, said
), whole AS (
    SELECT site, account, sum(posts) AS posts FROM texts GROUP BY site, account HAVING count(*) > 1
)
SELECT t.site, t.account, t.said, 2 * t.posts <= w.posts AS seldom
FROM texts AS t JOIN whole AS w ON w.site = t.site AND w.account = t.account"""  # said beside other texts

_TEMPLATES = """
WITH told AS (
    SELECT w.said, count(*) AS others FROM written AS w
    JOIN aside AS a ON a.site = w.site AND a.account = w.account AND a.said = w.said GROUP BY w.said
)
SELECT t.template_id, t.posts, t.saving, coalesce(o.others, 0) AS others
FROM templates AS t LEFT JOIN told AS o ON o.said = t.template_id"""  # others: posts whose account says more

_COPIES = """
SELECT w.post_id FROM written AS w
JOIN aside AS a ON a.site = w.site AND a.account = w.account AND a.said = w.said
JOIN told AS t ON t.template_id = w.said
WHERE a.seldom AND 2 * t.others <= t.posts"""


_CUTS = """
SELECT c.via_kind, COALESCE(m.same_as, c.via) AS via, MIN(c.because) AS because FROM cuts AS c
LEFT JOIN picture_matches AS m ON m.picture_id = c.via AND c.via_kind = 'picture'
GROUP BY c.via_kind, COALESCE(m.same_as, c.via)"""  # a picture stands for its group, whichever is the middle now


def run(engine: Engine, options: Options | None = None, emit: Emit = silent) -> None:
    """Writes ties, networks with their members, lineage and brokers, hubs and what people keep apart.

    The members of the run before give networks their lasting ids; `cuts` are what people marked as shared or wrong,
    `said_same` and `said_apart` what they said of records. What a person keeps apart is in `kept_apart`.
    """
    options = options or Options()
    before = engine.fetch(engine.read("network_members"))
    rows = engine.fetch(engine.query(_CUTS)).to_pylist()
    cuts = {(row["via_kind"], row["via"]): row["because"] for row in rows}
    graph = ties.gather(engine)
    emit(Event(STAGE, "ties gathered", len(graph.members), unit="ties"))
    found = hubs.find(graph, ties.kinds(), reasons.cut_values(graph, cuts), options)
    times, barred = engine.fetch(engine.query(waves.QUERY)), _bars(engine, graph)
    told = waves.number(graph, _telling(engine, graph, options), times, options)
    usable = links.find(graph, ties.kinds(), found.capped, told, said=_said(engine, graph), options=options)
    joined = networks.join(usable, _named(graph, found.capped), options.giant(graph.total), barred.marks)
    capped = _capped(found.capped, usable, joined)
    emit(Event(STAGE, "networks joined", len(graph.records)))
    identified = lineage.identify(graph.records, joined.network, before)
    names = pa.array(identified.names, pa.string())
    engine.write("ties", ties.to_table(graph, capped))
    engine.write("network_members", members.to_table(graph, usable, joined, names))
    engine.write("lineage", identified.events)
    shown = capped & ~found.beside & ~found.between  # who serves several is no tie of theirs, and still a middleman
    engine.write("brokers", brokers.find(graph, ties.kinds(), joined.network, names, shown, most=options.brokers))
    engine.write("networks", summary.networks(engine, graph, joined.network, names, capped))
    why = reasons.of_hubs(graph, found) | reasons.of_splits(graph, usable, joined) | reasons.of_cuts(cuts)
    engine.write("kept_apart", reasons.of_bars(graph, usable, joined, barred))
    engine.write("hubs", reasons.to_table(why, summary.hubs(engine, graph, capped)))
    facts: dict[str, int | float | str] = {"ties": len(graph.members), "hubs": len(why), "unpaired": usable.left_out}
    emit(Event(STAGE, "networks written", len(names), len(names), unit="networks", facts=facts))


def _telling(engine: Engine, graph: Graph, options: Options) -> Flags:
    """Which entries of `graph.members` may join by their text alone.

    They are of templates whose every further copy saves enough, and which most do not say among much else. A post whose
    account says other texts as often, where most who say its text say nothing else, is a copy: it is not its own.
    """
    written = engine.query(_SAID)
    aside = engine.query(_ASIDE, written=written)
    told = engine.query(_TEMPLATES, written=written, aside=aside)
    copies = engine.fetch(engine.query(_COPIES, written=written, aside=aside, told=told))
    templates = engine.fetch(told)
    posts, others = (templates[name].to_numpy() for name in ("posts", "others"))
    each = templates["saving"].to_numpy() / np.maximum(posts - 1, 1)
    meant = (each >= options.text_saving) & (2 * others <= posts)
    enough = templates["template_id"].filter(pa.array(meant)).combine_chunks()
    telling = graph.of(frozenset({"template"})) & _among(graph.vias, enough)
    own: Flags = telling[graph.via_of_members()] & ~_among(graph.records, copies["post_id"])[graph.members]
    return own


def _said(engine: Engine, graph: Graph) -> Ints:
    """For each value that is a person's word the number of the decision, else 0."""
    rows = engine.fetch(engine.read("said_same")).group_by("pair").aggregate([("number", "max")])
    at = pc.index_in(graph.vias, value_set=rows["pair"].combine_chunks())
    said: Ints = pc.fill_null(rows["number_max"].take(at), 0).to_numpy().astype(np.int64)
    return np.where(graph.of(frozenset({"judgement"})), said, 0)


def _bars(engine: Engine, graph: Graph) -> bars.Barred:
    return bars.read(graph, engine.fetch(engine.read("said_apart")))


def _among(values: pa.Array, chosen: pa.Array | pa.ChunkedArray) -> Flags:
    found: Flags = pc.is_in(values, value_set=chosen).to_numpy(zero_copy_only=False)
    return found


def _named(graph: Graph, capped: Flags) -> Flags:
    """Which records say whom to reach or pay, by something that is no hub."""
    kinds = frozenset(name for name, one in ties.kinds().items() if one.strong and one.family in PERSONAL)
    return networks.named_records(graph, graph.of(kinds) & ~capped)


def _capped(capped: Flags, usable: links.Links, joined: networks.Networks) -> Flags:
    """Hubs, cuts, and the values whose own link was refused."""
    alone = joined.refused[(usable.second[joined.refused] == NONE) & ~usable.alone[joined.refused]]
    capped = capped.copy()
    capped[usable.first[alone]] = True
    return capped
