"""Where a run of digits may be cut: a number stands beside ages, prices and other numbers without a word between."""

from collections.abc import Iterator

from undertow.extract.numbering import LONGEST, SHORTEST
from undertow.extract.numberwords import WORDS
from undertow.extract.runs import STOP, Gap, Run

TRIES = 40  # parts of one run that are tried at most


def cuts(run: Run) -> Iterator[tuple[int, int, bool]]:
    """First and last piece of every part that could be a number, the likeliest first, and whether its edges are sharp.

    First the whole; then parts that something plainly parts from their surroundings, the longest first: a wider gap, a
    space where there is none inside, another mark than the one between all its pieces, words beside figures, a closing
    bracket. Last the parts between gaps that are like the gaps inside.
    """
    count = len(run.pieces)
    yield 0, count, True
    gaps = [None, *run.gaps, None]
    blurred: list[tuple[int, int]] = []
    left = TRIES
    for size in range(count - 1, 0, -1):
        for first in range(count - size + 1):
            if left and SHORTEST <= sum([len(p.digits) for p in run.pieces[first : first + size]]) <= LONGEST + 3:
                edge = min(_edge(run, gaps[at], at, first, first + size) for at in (first, first + size))
                if edge == 2:
                    left -= 1
                    yield first, first + size, True
                elif edge == 1:
                    blurred.append((first, first + size))
    for first, last in blurred[:left]:
        yield first, last, False


def _edge(run: Run, outer: Gap | None, at: int, first: int, last: int) -> int:
    # 2 the number ends here, 1 it may, 0 it goes on
    if outer is None:
        return 2
    inner = run.gaps[first : last - 1]
    most = max([gap.cost for gap in inner], default=0)
    texts = {gap.text for gap in inner}
    spaced = any(c.isspace() for c in outer.text) and not any(c.isspace() for c in "".join(texts))
    words = {bool(piece.ways & WORDS) for piece in run.pieces[first:last]}
    beyond = bool(run.pieces[at if at == last else at - 1].ways & WORDS)
    closed = at == last and ")" in outer.text and not any("(" in text for text in texts)
    mark = len(texts) == 1 and outer.text not in texts and len(inner) > 1
    if outer.cost > most or outer.cost == STOP or (spaced and inner) or words == {not beyond} or closed or mark:
        return 2
    return 1 if outer.cost == most else 0
