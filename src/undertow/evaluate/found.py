"""Reads what the stages found on the records that a truth knows: which network and which template each is in."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from undertow.evaluate.contract import ALONE, Codes, Found, Truth
from undertow.evaluate.keys import Ints
from undertow.evaluate.reading import Tables, numbered


def read(truth: Truth, held: Tables, top_band: str = "") -> Found:
    """What is known of the true records; tables that do not exist leave every record alone."""
    records = len(truth.organised)
    number, codes, names = _pairs(truth, held, "network_members", ["record_id", "network_id"])
    network = np.full(records, ALONE, np.int32)
    network[number] = codes
    return Found(held, network, names, _templates(truth, held), top_band)


def _pairs(truth: Truth, held: Tables, table: str, columns: Sequence[str]) -> tuple[Ints, Codes, pa.Array]:
    """Number of the record, number of the group, and the ids of the groups, for rows whose record the truth knows."""
    numbers, groups = [np.zeros(0, np.int64)], []
    for piece in held.pieces(table, columns):
        number = truth.places.find(piece[columns[0]])
        numbers.append(number[number >= 0])
        groups += piece[columns[1]].filter(pa.array(number >= 0)).chunks
    codes, names = numbered([pa.chunked_array(groups, pa.string())])
    return np.concatenate(numbers), codes, names


def _templates(truth: Truth, held: Tables) -> Codes:
    """The template of every record: where a post is in several, the one that it is most like."""
    template = np.full(len(truth.organised), ALONE, np.int32)
    number, codes, names = _pairs(truth, held, "template_posts", ["post_id", "template_id"])
    if len(number):
        known = [truth.places.find(piece["post_id"]) >= 0 for piece in held.pieces("template_posts", ["post_id"])]
        alike = [piece["similarity"].to_numpy() for piece in held.pieces("template_posts", ["similarity"])]
        similarity = np.concatenate(alike)[np.concatenate(known)]
        by_name = np.argsort(np.argsort(np.array(names.to_pylist())))
        order = np.lexsort((-by_name[codes], similarity))
        template[number[order]] = codes[order]  # of several the last is kept: the most like, then the first by id
    return template
