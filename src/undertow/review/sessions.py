"""Who is signed in: one-time links, and sessions by a cookie of which only the digest is kept."""

import secrets
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from undertow.review.migrations import opened

LASTS = 7 * 24 * 3600  # seconds, of the owner alone: a guess
IDLE, WHOLE = 30 * 60, 12 * 3600  # of a team: OWASP's session sheet has 15 to 30 minutes, and 4 to 8 hours; a long day
LINK = 15 * 60
FINE = 60  # how exactly the last use is kept
SHOWN = 15 * 60  # how long names stay unmasked after they were asked for: a guess


@dataclass(frozen=True, slots=True)
class Session:
    """A person at work: for what, and until when names are shown. `form_key` must come back with every form."""

    token: str
    person_id: str
    purpose: str
    form_key: str
    shown_until: float
    begun: float = 0.0

    @property
    def shows(self) -> bool:
        """Whether names and addresses are unmasked now."""
        return time.time() < self.shown_until


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions in a decisions file."""

    path: Path

    def link(self) -> str:
        """A token that signs the owner in once, within a quarter of an hour."""
        token = secrets.token_urlsafe(24)
        with opened(self.path) as connection:
            connection.execute("DELETE FROM links WHERE ends < ?", (time.time(),))
            connection.execute("INSERT INTO links VALUES (?, ?)", (_digest(token), time.time() + LINK))
        return token

    def use_link(self, token: str) -> bool:
        """Whether the link holds; it never holds again."""
        with opened(self.path) as connection:
            found = connection.execute(
                "DELETE FROM links WHERE token = ? AND ends >= ? RETURNING 1", (_digest(token), time.time())
            )
            return found.fetchone() is not None

    def begin(self, person_id: str, purpose: str, *, lasts: float = LASTS, idle: float = LASTS) -> str:
        """A session under a cookie that nobody had before (no fixation). It ends `idle` seconds after its last use."""
        token, now = secrets.token_urlsafe(32), time.time()
        row = (_digest(token), person_id, purpose, secrets.token_urlsafe(24), now + lasts, 0, now, idle, now)
        with opened(self.path) as connection:
            connection.execute("DELETE FROM sessions WHERE ends < ? OR seen + idle < ?", (now, now))
            connection.execute("INSERT INTO sessions VALUES (?,?,?,?,?,?,?,?,?)", row)
        return token

    def renew(self, session: Session, purpose: str) -> str:
        """The same sitting under a new cookie and for another purpose; the old cookie opens nothing more."""
        token = secrets.token_urlsafe(32)
        with opened(self.path) as connection:
            connection.execute(
                "UPDATE sessions SET token = ?, purpose = ?, form_key = ? WHERE token = ?",
                (_digest(token), purpose, secrets.token_urlsafe(24), session.token),
            )
        return token

    def of(self, token: str) -> Session | None:
        """The session of a cookie; None where it ended."""
        now = time.time()
        with opened(self.path) as connection:
            row = connection.execute(
                "SELECT token, person_id, purpose, form_key, shown_until, begun, seen FROM sessions "
                "WHERE token = ? AND ends > ? AND seen + idle > ?",
                (_digest(token), now, now),
            ).fetchone()
            if row and now - row[6] > FINE:
                connection.execute("UPDATE sessions SET seen = ? WHERE token = ?", (now, row[0]))
        return Session(*row[:6]) if row else None

    def show(self, session: Session, *, on: bool) -> None:
        """Unmasks names for a while, or masks them again."""
        until = time.time() + SHOWN if on else 0.0
        with opened(self.path) as connection:
            connection.execute("UPDATE sessions SET shown_until = ? WHERE token = ?", (until, session.token))

    def end(self, session: Session) -> None:
        """Signs out."""
        with opened(self.path) as connection:
            connection.execute("DELETE FROM sessions WHERE token = ?", (session.token,))

    def end_others(self, session: Session) -> None:
        """Signs the same person out everywhere else."""
        with opened(self.path) as connection:
            connection.execute(
                "DELETE FROM sessions WHERE person_id = ? AND token != ?", (session.person_id, session.token)
            )

    def rest(self, person_id: str, until: float) -> None:
        """Hides pictures from a person until then, on every page and in every sitting; 0 shows them again."""
        with opened(self.path) as connection:
            connection.execute("INSERT OR REPLACE INTO rests VALUES (?, ?)", (person_id, until))

    def rests(self, person_id: str) -> float:
        """Until when pictures are hidden from a person; 0 where they are not."""
        with opened(self.path) as connection:
            row = connection.execute("SELECT until FROM rests WHERE person_id = ?", (person_id,)).fetchone()
        return float(row[0]) if row and row[0] > time.time() else 0.0

    def last(self, person_id: str, page: str, now: str) -> str:
        """What `looked` would give, without looking; empty where the person never looked."""
        with opened(self.path) as connection:
            row = connection.execute(
                "SELECT before, seen FROM looks WHERE person_id = ? AND page = ?", (person_id, page)
            ).fetchone()
        return "" if not row else str(row[0]) if row[1] == now else str(row[1])

    def looked(self, person_id: str, page: str, seen: str) -> str:
        """What a page was when the person looked at it before it became what it is, `seen`; empty where they never did.

        Looking again changes nothing: a page stays new until there is something newer.
        """
        with opened(self.path) as connection:
            row = connection.execute(
                "SELECT before, seen FROM looks WHERE person_id = ? AND page = ?", (person_id, page)
            ).fetchone()
            before, last = (str(row[0]), str(row[1])) if row else ("", "")
            if last == seen:
                return before
            connection.execute("INSERT OR REPLACE INTO looks VALUES (?,?,?,?)", (person_id, page, last, seen))
        return last


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
