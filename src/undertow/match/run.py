"""The stage match: posts cut from one template, with its constants and slots in the texts as received, and pictures.

Only the column `text` of posts is compared; titles, accounts' and incidents' texts are not. Pictures: `pictures`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from undertow import ids, tables
from undertow.engine.base import Engine
from undertow.events import Emit, Event, silent
from undertow.match import lists, pictures, shown, templates
from undertow.match.grouping import groups
from undertow.match.signatures import SCHEMA, Signed, buffers, signatures

STAGE = "match"
_MADE = pa.schema([("template_id", pa.string()), ("pattern", pa.string()), ("saving", pa.int64())])

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Options:
    """Nothing is to be set: the rules stand in `match/data/rules.toml`."""


def run(engine: Engine, options: Options, emit: Emit = silent) -> None:  # noqa: ARG001
    """Writes `templates`, `template_posts`, `picture_matches`, `pictures_shown` and `list_hits`.

    A template has two posts or more and saves bits.
    """
    pictures.run(engine, emit)
    shown.run(engine)
    posts, columns = engine.read("posts"), ("post_id", "text")
    signed = engine.fetch(
        engine.map_batches(signatures, posts, SCHEMA, stage=STAGE, columns=columns, memo="signatures")
    )
    order = pc.sort_indices(signed["post_id"])
    names, text = signed["post_id"].take(order), _texts(engine.fetch(posts, ["text"])["text"], order)
    signed = _signed(signed.select(SCHEMA.names[1:]).take(order))
    members, starts = _members(groups(signed, *buffers(text)), signed[0][:, 0])
    emit(Event(STAGE, "groups", len(starts) - 1, unit="groups"))
    old, old_posts = (engine.fetch(engine.before(table)) for table in ("templates", "template_posts"))
    new, kept = _apart(names.take(pa.array(members)), starts, old_posts)
    members, starts = members[np.repeat(new, np.diff(starts))], np.append(0, np.cumsum(np.diff(starts)[new]))
    made, in_template, rows = _templates(names, text, members, starts)
    about = engine.fetch(posts, ["account", "site", "posted_at"]).take(order.take(rows))
    made = _counted(made, in_template["template_id"], about)
    made = pa.concat_tables([made, old.filter(pc.is_in(old["template_id"], kept))]).sort_by("template_id")
    in_template = pa.concat_tables([in_template, old_posts.filter(pc.is_in(old_posts["template_id"], kept))])
    engine.write("templates", made)
    engine.write("template_posts", in_template.sort_by([("template_id", "ascending"), ("post_id", "ascending")]))
    emit(Event(STAGE, "templates", made.num_rows, made.num_rows, "templates", {"posts": in_template.num_rows}))
    lists.compare(engine, lists.asked(engine), emit)


def _texts(column: pa.ChunkedArray, order: pa.Array) -> pa.Array:
    """Texts in order, in one piece; the offsets of long strings do not end at two gigabytes."""
    chunks = column.cast(pa.large_string()).chunks
    return pa.concat_arrays(chunks).take(order) if chunks else pa.array([], pa.large_string())


def _apart(posts: pa.ChunkedArray, starts: Ints, before: pa.Table) -> tuple[Flags, pa.Array]:
    """Which groups are to be aligned, and the ids of the templates of `before` that are the other groups.

    `posts` are the members of every group, group after group. Posts never change: what was found of a group of the very
    same posts still stands.
    """
    sizes = np.diff(starts)
    if not before.num_rows or not sizes.size:
        return np.ones(sizes.size, np.bool_), pa.array([], pa.string())
    coded = before["template_id"].combine_chunks().dictionary_encode()
    code = coded.indices.to_numpy().astype(np.int64)
    place = pc.fill_null(pc.index_in(posts, value_set=before["post_id"].combine_chunks()), -1).to_numpy()
    was = np.where(place < 0, -1, code[place])
    one = was[starts[:-1]]
    same = np.logical_and.reduceat(was == np.repeat(one, sizes), starts[:-1]) & (one >= 0)
    same &= np.bincount(code)[np.maximum(one, 0)] == sizes
    return ~same, coded.dictionary.take(pa.array(one[same]))


def _signed(table: pa.Table) -> Signed:
    equal = np.stack([table[name].to_numpy().view(np.uint64) for name in ("first", "second")], axis=1)
    return equal, table["words"].to_numpy(), _minima(table["pairs"]), _minima(table["runs"])


def _minima(column: pa.ChunkedArray) -> npt.NDArray[np.uint16]:
    array = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    width = array.type.byte_width
    raw = np.frombuffer(array.buffers()[1] or b"", np.uint8)[array.offset * width : (array.offset + len(array)) * width]
    return raw.view(np.uint16).reshape(len(array), width // 2)


def _members(labels: Ints, equal: npt.NDArray[np.uint64]) -> tuple[Ints, Ints]:
    """Texts of every group of two or more, group after group, the representative first, and where each group begins.

    The representative is the first text of the form that most texts of the group have.
    """
    rows = np.lexsort((np.arange(labels.size), labels))
    sizes = np.bincount(labels, minlength=labels.size)
    rows = rows[sizes[labels[rows]] > 1]
    group, form = labels[rows], equal[rows]
    _, same, count = np.unique(
        np.stack([group.astype(np.uint64), form], axis=1), axis=0, return_inverse=True, return_counts=True
    )
    rows = rows[np.lexsort((rows, -count[same.ravel()], group))]
    begins = np.flatnonzero(np.r_[True, labels[rows][1:] != labels[rows][:-1]]) if rows.size else np.zeros(0, np.int64)
    return rows, np.append(begins, rows.size)


def _templates(posts: pa.ChunkedArray, text: pa.Array, members: Ints, starts: Ints) -> tuple[pa.Table, pa.Table, Ints]:
    """Templates that save bits, their posts, and the places of those posts in `text`."""
    aligned = templates.align(*buffers(text), members, starts)
    sizes = np.diff(starts)
    group = np.repeat(np.arange(sizes.size), sizes)
    smallest = np.minimum.reduceat(members, starts[:-1]) if members.size else members
    names = pa.array(["t" + ids.digest(post) for post in posts.take(pa.array(smallest)).to_pylist()], pa.string())
    good = aligned.saving > 0
    patterns = pa.array(templates.patterns(aligned, text), pa.string())
    made = pa.table([names, patterns, aligned.saving], schema=_MADE).filter(pa.array(good))
    kept = pa.array(good[group])
    rows = pa.array(members).filter(kept)
    similarity = np.round(aligned.matched / np.maximum(aligned.constants, 1), 3)
    slots = templates.slots_of(aligned, members.size)
    columns = [names.take(pa.array(group)).filter(kept), posts.take(rows), pa.array(similarity).filter(kept)]
    return made, pa.table([*columns, slots.filter(kept)], schema=tables.TABLES["template_posts"].schema), rows


def _counted(made: pa.Table, template: pa.ChunkedArray, posts: pa.Table) -> pa.Table:
    """The templates with how many posts, accounts and sites they have, and when they were seen."""
    accounts = pc.if_else(
        pc.equal(posts["account"], ""), None, pc.binary_join_element_wise(posts["site"], posts["account"], " ")
    )
    sites = pc.if_else(pc.equal(posts["site"], ""), None, posts["site"])
    rows = pa.table({"template_id": template, "account": accounts, "site": sites, "posted_at": posts["posted_at"]})
    asked = [([], "count_all"), ("account", "count_distinct"), ("site", "count_distinct")]
    counts = rows.group_by("template_id").aggregate([*asked, ("posted_at", "min"), ("posted_at", "max")])
    names = {"account_count_distinct": "accounts", "site_count_distinct": "sites", "count_all": "posts"}
    names |= {"posted_at_min": "first_seen", "posted_at_max": "last_seen"}
    counts = counts.rename_columns([names.get(name, name) for name in counts.column_names])
    return made.join(counts, "template_id").select(tables.TABLES["templates"].schema.names)
