"""Lays pages out: templates that escape everything, and words from one file for each language."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined
from markupsafe import Markup

from undertow.share import show, words
from undertow.share.drawing import short
from undertow.share.view import colour
from undertow.web import tongue
from undertow.web.clock import local
from undertow.web.contract import Asked, Page, Shown
from undertow.web.desk import Desk
from undertow.web.rights import allows

FOLDER = Path(__file__).parent
REST = 50  # minutes after which a break is recommended: a guess
MOST = 40_000  # letters of a text that is shown as a whole


def page(desk: Desk, asked: Asked, shown: Shown, menu: Mapping[str, Page]) -> str:
    """The HTML of a page; of the session it holds the form key, the purpose and until when names are shown."""
    until = datetime.fromtimestamp(asked.session.shown_until, UTC)
    rests = desk.sessions.rests(asked.person.person_id) if asked.session.token else 0.0
    mine = [(name, one) for name, one in menu.items() if allows(asked.person.roles, one.routes[0].right)]
    entries = sorted((one.menu, name, one.routes[0].path) for name, one in mine if one.menu and asked.person.ready)
    views = sorted((one.view, name, one.routes[0].path) for name, one in mine if one.view)
    return (
        _environment(asked.language)
        .get_template(shown.template)
        .render(
            shown.facts,
            title=tongue.text(asked.language, f"title.{shown.title}"),
            language=asked.language,
            languages=tongue.languages(),
            address_here=asked.here,
            here=shown.title,
            menu=[(name, path) for _, name, path in entries],
            views=[(name, path) for _, name, path in views],
            zone=asked.zone,
            session=asked.session,
            person=asked.person,
            may=partial(allows, asked.person.roles),
            team=desk.team,
            opened=desk.opened(asked.session),
            minutes=int((time.time() - asked.session.begun) / 60) if asked.session.token else 0,
            rest=REST,
            rests=datetime.fromtimestamp(rests, UTC) if rests else None,
            until=until.strftime("%H:%M UTC"),
            about=desk.workspace.settings.about.name,
            who=desk.who,
        )
    )


def _shown(value: object) -> str:
    """A long text of a colleague: links defanged, hidden letters shown; the template escapes it."""
    return show.plain(str(value), MOST)


def _said(value: object, most: int = 200, *, link: bool = False) -> Markup:
    """A text of strangers on its own: cut, links defanged, hidden letters shown, its direction ending with it."""
    return Markup("<bdi>{}</bdi>").format(show.plain(str(value), most, link=link))


@cache
def _environment(language: str) -> Environment:
    """The templates with the words of one language; made once for each."""
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(FOLDER / "templates"), PackageLoader("undertow.share")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    ours: dict[str, Any] = {
        name: partial(getattr(tongue, name), language) for name in ("between", "many", "told", "word")
    }
    made.globals.update(ours, t=partial(tongue.text, language), count_of=ours["many"])
    made.globals.update(minute=words.minute, points=words.points, short=short, plain=show.plain, colour=colour)
    made.globals.update(local=local, said=_said, shown=_shown, links=show.LINKS)
    made.filters.update(told=ours["told"])
    return made
