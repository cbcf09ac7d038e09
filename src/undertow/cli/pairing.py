"""Commands by which a person says of records that they are the same, or not."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from undertow.cli.common import Json, Where, workspace
from undertow.cli.output import as_json, line, progress, table, words

if TYPE_CHECKING:
    from undertow.pairing import Foreseen
    from undertow.review.pairs import Said
    from undertow.review.store import Judgement
    from undertow.workspace import Workspace

Because = Annotated[str, Parameter(help="the reason, kept with the decision")]
Who = Annotated[str, Parameter(help="who decides; else the name of this login")]
Dry = Annotated[bool, Parameter(negative=(), help="show what it would do, and decide nothing")]


def pair(
    one: str,
    other: str,
    answer: Literal["same", "not-same", "unsure"],
    /,
    *,
    because: Because = "",
    dry_run: Dry = False,
    kind: Annotated[str, Parameter(help="which kind is meant, where a value could be several")] = "",
    who: Who = "",
    workspace_: Where = None,
) -> None:
    """Say of two records, accounts, contacts or networks that they are the same, or not, or that you are unsure.

    What is the same is joined; what is not the same never stands in one network, whatever ties it. For an account, a
    contact or a network it holds for the records it has now. The last word on two records counts.
    """
    from undertow import pairing

    place = workspace(workspace_)
    sides = [pairing.side(place, named, kind) for named in (one, other)]
    _decide(place, answer.replace("-", " "), sides, because=because, dry_run=dry_run, who=who)


def split(
    network: str,
    /,
    *records: str,
    because: Because = "",
    dry_run: Dry = False,
    who: Who = "",
    workspace_: Where = None,
) -> None:
    """Split these records off a network, given by its id or its lead's: they and the others are not the same."""
    from undertow import pairing

    place = workspace(workspace_)
    sides = [list(records), pairing.rest(place, network, records)]
    _decide(place, "not same", sides, because=because, dry_run=dry_run, who=who)


def pairs(
    *,
    take_back: Annotated[int, Parameter(help="the number of a judgement to take back")] = 0,
    because: Because = "",
    dry_run: Dry = False,
    who: Who = "",
    json: Json = False,
    workspace_: Where = None,
) -> None:
    """List what was said of records and stands, the latest first; `--take-back NUMBER` takes one back."""
    from undertow import pairing

    place = workspace(workspace_)
    if take_back and dry_run:
        _show(pairing.foresee_undo(place, take_back))
    elif take_back:
        with progress() as emit:
            done = pairing.undo(place, take_back, because=because, who=who, emit=emit)
        _told(done)
    else:
        now = place.said()
        rows = [_row(word) for word in reversed(now.words)]
        if json:
            as_json(rows)
        else:
            table(rows, list(rows[0]) if rows else ["number"], wide="because")
        _note(pairing.odds(now))


def _decide(
    place: "Workspace", answer: str, sides: Sequence[Sequence[str]], *, because: str, dry_run: bool, who: str
) -> None:
    from undertow import pairing

    one, other = sides
    if dry_run:
        _show(pairing.foresee(place, answer, one, other))
        return
    with progress() as emit:
        done = pairing.judge(place, answer, one, other, because=because, who=who, emit=emit)
    _told(done)
    _note(pairing.odds(place.said()))


def _show(found: "Foreseen") -> None:
    for one in found.effect.networks:
        parts = " + ".join(f"{many}" if many == all_ else f"{many} (of {all_})" for many, all_ in one.parts)
        line(f"{one.network_id}: {one.records} records would be {parts or 'none'}, and {one.alone} in no network")
    if not found.effect.networks:
        line("no network would change")
    _note(found.odds)


def _note(odds: Sequence[str]) -> None:
    for odd in odds:
        words(f"note: {odd}")


def _row(word: "Said") -> dict[str, str | int]:
    done, first = word.judgement, word.pair
    return {
        "number": done.number,
        "answer": done.verb,
        "one": first[0],
        "other": first[1],
        "records": len(word.one) + len(word.other),
        "at": done.at,
        "who": done.who,
        "because": done.because,
    }


def _told(done: "Judgement") -> None:
    line(f"{done.verb}: {done.subject} (decision {done.number}, by {done.who}: {done.because})")
    words("networks and leads were made anew; `undertow leads` shows them, `undertow pairs` takes it back")
