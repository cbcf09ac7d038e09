"""Which networks are judged as things stand: a judgement is on the records that a person saw, and goes where they go.

Of every record the last judgement that covers it counts. A network is judged where judgements cover at least half of
its records, and its answer is what covers more of them; where confirmed and rejected are equally many it has none.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from undertow.review.store import ANSWERS, LEAD, Judgement


@dataclass(frozen=True, slots=True)
class Judged:
    """`networks` says of each judged network whether it was confirmed; `leads` are the leads whose judgement stands.

    `adrift` are those of them whose records no judged network holds any more: it grew, was cut, or is disputed.
    """

    networks: Mapping[str, bool]
    leads: Collection[str]
    adrift: Sequence[str]


def standing(judgements: Sequence[Judgement], records: Mapping[int, Sequence[str]], members: pa.Table) -> Judged:
    """What holds of the networks with these members (network_id, record_id); judgements are in their order."""
    answers: dict[str, bool] = {}  # by record
    leads: dict[str, int] = {}  # the number of the last judgement on each
    for one in judgements:
        if one.subject_kind != LEAD:
            continue
        leads.pop(one.subject, None)
        for record in records.get(one.number, ()):
            answers.pop(record, None)
            if one.verb in ANSWERS:
                answers[record] = one.verb == ANSWERS[0]
        if one.verb in ANSWERS:
            leads[one.subject] = one.number
    networks, of_record = _networks(answers, members)
    adrift = [
        lead
        for lead, number in leads.items()
        if not any(of_record.get(record) in networks for record in records.get(number, ()))
    ]
    return Judged(networks, leads.keys(), sorted(adrift))


def _networks(answers: Mapping[str, bool], members: pa.Table) -> tuple[dict[str, bool], dict[str, str]]:
    known = members.filter(pc.is_in(members["record_id"], pa.array(sorted(answers), pa.string())))
    of_record = dict(zip(known["record_id"].to_pylist(), known["network_id"].to_pylist(), strict=True))
    counted = Counter((network, answers[record]) for record, network in of_record.items())
    touched = pa.array(sorted(set(of_record.values())), pa.string())
    mine = members["network_id"].filter(pc.is_in(members["network_id"], touched))
    sizes = {row["values"]: row["counts"] for row in pc.value_counts(mine).to_pylist()}
    judged = {}
    for network in touched.to_pylist():
        yes, no = counted[network, True], counted[network, False]
        if 2 * (yes + no) >= sizes[network] and yes != no:
            judged[network] = yes > no
    return judged, of_record
