"""Waves of a text: posts that follow each other, parted by a long silence.

Crews and campaigns use scripts that others used before them. Posts of one text that come day after day are somebody's;
the same words a season later may be anybody's. So a text alone joins the posts of one wave.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undertow.link.graph import Flags, Graph, Ints
from undertow.link.options import Options

QUERY = "SELECT DISTINCT t.post_id, p.posted_at FROM template_posts AS t JOIN posts AS p ON p.post_id = t.post_id"

_UNKNOWN = np.iinfo(np.int64).min  # a post without a time stands before all others, in the first wave
_DAY = 86_400


def number(graph: Graph, chosen: Flags, times: pa.Table, options: Options) -> Ints:
    """The wave, from 0, of every chosen entry of `graph.members` within its value; -1 of the others.

    `times` are rows of `QUERY`. A wave ends where silence lasts `wave_days` and more, and `wave_times` as long as the
    usual silence (median) between two posts of the text.
    """
    held = np.flatnonzero(chosen)
    via, at = graph.via_of_members()[held], _seconds(graph, times)[graph.members[held]]
    order = np.lexsort((graph.members[held], at, via))
    via, at = via[order], at[order]
    follows = (via[1:] == via[:-1]) & (at[:-1] != _UNKNOWN)
    silence = np.where(follows, at[1:] - np.where(follows, at[:-1], 0), 0)
    limit = np.maximum(options.wave_days * _DAY, options.wave_times * _usual(via[1:], silence, follows))
    begins = np.append(True, via[1:] != via[:-1])[: len(via)]
    breaks = np.append(False, follows & (silence >= limit))[: len(via)]
    count = np.cumsum(breaks)
    wave = count - np.maximum.accumulate(np.where(begins, count, 0)) if len(via) else count
    made = np.full(len(chosen), -1, np.int64)
    made[held[order]] = wave
    return made


def _usual(via: Ints, silence: Ints, follows: Flags) -> Ints:
    """The median silence of each pair's value; of two in the middle the shorter."""
    usual = np.zeros(len(via), np.int64)
    held = np.flatnonzero(follows)
    held = held[np.lexsort((silence[held], via[held]))]
    first = np.flatnonzero(np.diff(via[held], prepend=-1))
    sizes = np.diff(np.append(first, len(held)))
    middle = silence[held][first + (sizes - 1) // 2] if len(held) else silence[held]
    usual[held] = np.repeat(middle, sizes)
    return usual


def _seconds(graph: Graph, times: pa.Table) -> Ints:
    """Seconds since 1970 of every record of the graph, `_UNKNOWN` where it has no time."""
    told = pc.cast(times["posted_at"].cast(pa.timestamp("s", "UTC"), safe=False), pa.int64()).combine_chunks()
    place = pc.index_in(graph.records, value_set=times["post_id"].combine_chunks())
    return pc.fill_null(told.take(place), _UNKNOWN).to_numpy(zero_copy_only=False).astype(np.int64)
