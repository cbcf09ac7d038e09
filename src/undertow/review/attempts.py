"""How often somebody may try to sign in: an attempt counts before it is looked at, so guesses side by side count."""

import time
from hashlib import sha256
from pathlib import Path

from undertow.errors import UserError
from undertow.review.migrations import opened

LOCKED = 15 * 60  # seconds in which attempts are counted
OF_NAME, OF_PLACE = 5, 30  # a team may share one address. Both are guesses
HINT = "an administrator can help with `undertow people reset NAME`"


def attempt(path: Path, name: str, place: str) -> None:
    """Counts an attempt on a name from an address; raises `UserError` where there were too many of late."""
    now = time.time()
    with opened(path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM attempts WHERE at < ?", (now - LOCKED,))
        for whom, most in ((_name(name), OF_NAME), (f"place {place}", OF_PLACE)):
            times = connection.execute("SELECT at FROM attempts WHERE whom = ? ORDER BY at", (whom,)).fetchall()
            if len(times) >= most:
                connection.commit()
                minutes = max(1, round((times[-most][0] + LOCKED - now) / 60))
                raise UserError(f"too many attempts to sign in; try again in {minutes} min", hint=HINT)
        rows = [(_name(name), now), (f"place {place}", now)]
        connection.executemany("INSERT INTO attempts VALUES (?, ?)", rows)
        connection.commit()


def went_well(path: Path, name: str) -> None:
    """Forgets the attempts on a name; those of the address stay, or one known password would free many guesses."""
    with opened(path) as connection:
        connection.execute("DELETE FROM attempts WHERE whom = ?", (_name(name),))


def _name(name: str) -> str:
    """What was typed as a name may be a password: its digest is kept."""
    return f"name {sha256(name.strip().casefold().encode('utf-8', 'replace')).hexdigest()}"
