"""One's own account: the password, the second factor, and what one may do here."""

from undertow.errors import UserError
from undertow.review import passwords
from undertow.review.people import By
from undertow.web import rights
from undertow.web.contract import Answer, Asked, Goto, Page, Route, Shown
from undertow.web.desk import Desk


def account(desk: Desk, asked: Asked) -> Answer:
    """What is set, and what is still to be set."""
    key = "" if asked.person.second_factor else _key(desk, asked)
    allowed = sorted(right for right in rights.RIGHTS if rights.allows(asked.person.roles, right))
    link = passwords.key_link(key, asked.person.name) if key else ""
    return Shown("account.html", "account", {"key": key, "link": link, "allowed": allowed, "least": passwords.LEAST})


def password(desk: Desk, asked: Asked) -> Answer:
    """Sets a password of one's own; the session goes on under a new cookie."""
    _team(desk)
    old, new, again = (asked.form.get(name, "") for name in ("old", "new", "again"))
    if new != again:
        raise UserError("the new password was written in two ways", hint="go back and write it twice the same")
    desk.people.new_password(asked.person, old, new, _by(desk, asked))
    desk.sessions.end_others(asked.session)
    return Goto("/account", desk.sessions.renew(asked.session, asked.session.purpose))


def enrol(desk: Desk, asked: Asked) -> Answer:
    """Sets the second factor, once a first code of it fits."""
    _team(desk)
    desk.people.enrol(asked.person, _key(desk, asked), asked.form.get("code", ""), _by(desk, asked))
    return Goto("/account", desk.sessions.renew(asked.session, asked.session.purpose))


def _key(desk: Desk, asked: Asked) -> str:
    """The key that is offered: the same for as long as the session lasts, and kept nowhere before a code fits."""
    from base64 import b32encode

    return (
        b32encode(bytes.fromhex(desk.sealed(f"second factor {asked.person.person_id} {asked.session.begun}")))
        .decode()
        .rstrip("=")
    )


def _by(desk: Desk, asked: Asked) -> By:
    return By(desk.who, asked.place)


def _team(desk: Desk) -> None:
    if not desk.team:
        raise UserError("there is no password here", hint="`undertow serve --team` is for people who sign in")


PAGE = Page(
    name="account",
    says="One's own password, second factor and rights.",
    routes=(
        Route("/account", "sit", account),
        Route("/account/password", "sit", password, "POST"),
        Route("/account/code", "sit", enrol, "POST"),
    ),
)
