"""The door to what people say of records: who is meant, what it would do, and the decision itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undertow import foreseeing, tables
from undertow.errors import UserError
from undertow.events import Emit, silent
from undertow.review import pairs, queries
from undertow.review.store import Judgement

if TYPE_CHECKING:
    from undertow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a word would do to networks, and which words "the same" could then not hold, in sentences."""

    effect: foreseeing.Effect
    odds: Sequence[str]


def side(workspace: "Workspace", named: str, kind: str = "") -> list[str]:
    """The records that `named` stands for, sorted: one, those of a network or a lead, or those that hold a value.

    Raises `UserError` where it stands for none.
    """
    ask = workspace.ask
    if named[:1] in tables.RECORDS.values() and _known(workspace, named):
        return [named]
    leads = f"SELECT network_id FROM leads WHERE lead_id = {queries.quoted(named)}"
    of = f"network_id = {queries.quoted(named)} OR network_id IN ({leads})"
    held = ask(f"SELECT record_id FROM network_members WHERE {of}")["record_id"].to_pylist()
    if held:
        return sorted(held)
    chosen = workspace.selector(named, kind)
    where = f"via_kind = {queries.quoted(chosen[0])} AND via = {queries.quoted(chosen[1])}"
    return sorted(set(ask(f"SELECT record_id FROM ties WHERE {where}")["record_id"].to_pylist()))


def rest(workspace: "Workspace", network: str, records: Sequence[str]) -> list[str]:
    """The records of a network, or of a lead's, without these; raises `UserError` where one is not in it."""
    held = set(side(workspace, network))
    strange = sorted(set(records) - held)
    if strange:
        raise UserError(
            f"{strange[0]} is not in {network}", hint="`undertow network ID` lists the records of a network"
        )
    if held <= set(records):
        raise UserError(f"nothing would be left of {network}", hint="leave out the records that are to stay in it")
    return sorted(held - set(records))


def foresee(workspace: "Workspace", answer: str, one: Sequence[str], other: Sequence[str]) -> Foreseen:
    """What a word would do; nothing of it is kept."""
    now = workspace.said()
    return _foreseen(workspace, now, [*now.words, pairs.proposed(answer, one, other)])


def foresee_undo(workspace: "Workspace", number: int) -> Foreseen:
    """What it would do to take a word back; nothing of it is kept."""
    now = workspace.said()
    word = pairs.the_word(now, number)
    return _foreseen(workspace, now, [one for one in now.words if one is not word])


def judge(
    workspace: "Workspace", answer: str, one: Sequence[str], other: Sequence[str], *, emit: Emit = silent, **said: Any
) -> Judgement:
    """Keeps a word, and makes networks and leads anew; `said` are the reason and who says it."""
    done = pairs.judge(workspace.decisions, answer, one, other, **said)
    workspace.run(("link", "assess"), emit=emit)
    return done


def undo(workspace: "Workspace", number: int, *, emit: Emit = silent, **said: Any) -> Judgement:
    """Takes a word back, and makes networks and leads anew; raises `UserError` where it does not stand."""
    done = pairs.undo(workspace.decisions, number, **said)
    workspace.run(("link", "assess"), emit=emit)
    return done


def odds(now: pairs.Standing) -> list[str]:
    """Which words "the same" cannot hold, and why: "not the same" is never broken by a chain of others."""
    return [_odd(same.judgement, apart.judgement) for same, apart in pairs.at_odds(now)]


def _odd(same: Judgement, apart: Judgement) -> str:
    one, other = (
        f"decision {word.number}, by {word.who}" if word.who else "what you are about to say" for word in (same, apart)
    )
    return (
        f"{same.subject.replace(' ', ' and ')} cannot both be the same ({one}) while others said to be the same would "
        f"bring together what is not ({other}: {apart.because}); take one of them back"
    )


def _foreseen(workspace: "Workspace", now: pairs.Standing, wanted: Sequence[pairs.Said]) -> Foreseen:
    known = set(odds(now))
    new = [said for said in odds(pairs.weighed(wanted)) if said not in known]
    return Foreseen(foreseeing.words(workspace, wanted), new)


def _known(workspace: "Workspace", record_id: str) -> bool:
    try:
        return bool(queries.record(workspace.ask, record_id))
    except UserError:
        return False
