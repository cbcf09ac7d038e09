"""Pictures that are the same: which, how they are alike, and who shows them. None is seen until somebody asks."""

from dataclasses import replace
from typing import Any

from undertow.errors import UserError
from undertow.seeing import aligned, png, stand_in
from undertow.share import redact
from undertow.web import alike
from undertow.web.contract import Answer, Asked, Drawn, Goto, Page, Route, Shown
from undertow.web.cutting import decide, effect
from undertow.web.desk import Desk
from undertow.web.leads import start

MOST = 24  # groups on one page
SHEETS = 8  # pictures of a group on one page
POSTS = 40  # of a group, listed


def listed(desk: Desk, asked: Asked) -> Answer:
    """Groups, those that most posts show first."""
    desk.tell(asked, "read", "pictures")
    found, first, known = alike.groups(desk), start(asked), alike.harmless(desk)
    some = found[first : first + MOST]
    held_ids = alike.held_of(desk, [one.middle for one in some])
    rows = [{"one": one, "harmless": one.middle in known, "held": one.middle in held_ids} for one in some]
    facts = {"rows": rows, "first": first, "many": len(found), "most": MOST, "path": "/pictures"}
    return Shown("pictures.html", "pictures", facts)


def one(desk: Desk, asked: Asked) -> Answer:
    """A group: its pictures beside each other, and the records that show them."""
    picture = asked.path["record_id"]
    group, first = alike.opened(desk, picture), start(asked)
    desk.tell(asked, "read", "picture", picture, masked=not asked.session.shows)
    because = {row["post_id"]: row["because"] for row in group.shown}
    posts = desk.reader.part("posts", "post_id", sorted(because)[:POSTS]).to_pylist()
    known = alike.harmless(desk).get(group.via)
    facts = {
        "group": group,
        "sheets": [_sheet(desk, asked, group, sheet) for sheet in group.sheets[first : first + SHEETS]],
        "first": first,
        "most": SHEETS,
        "posts": [
            {**row, "account": _said(asked, row["account"]), "because": because[row["post_id"]]} for row in posts
        ],
        "many_posts": len(because),
        "leads": alike.leads(desk, group.records),
        "harmless": known.because if known else "",
        "path": f"/pictures/{picture}",
    }
    return Shown("picture.html", "picture", facts)


def look(desk: Desk, asked: Asked) -> Answer:
    """Shows the pictures of one page of a group for a while; each is a line of the trail, with the purpose."""
    purpose, picture = asked.form.get("purpose", "").strip(), asked.path["record_id"]
    if not purpose:
        raise UserError("pictures are shown for a purpose only", hint="go back and say what you need to see them for")
    _awake(desk, asked)
    group, colour = alike.opened(desk, picture), asked.form.get("colour") == "yes"
    said = asked.form.get("from", "")
    first = int(said) if said.isdecimal() and len(said) < 9 else 0
    sheets = [one for one in (group.middle, *group.sheets[first : first + SHEETS]) if one and one.held]
    told = replace(asked, session=replace(asked.session, purpose=purpose))
    seen = {sheet.picture_id: sheet.row["sha256"] for sheet in sheets}
    for name, sha256 in seen.items():
        desk.tell(told, "viewed", "picture", name, sha256=sha256, colour=colour)
    desk.look(asked.session, seen, colour=colour)
    return Goto(f"/pictures/{picture}" + (f"?from={first}" if first else ""))


def image(desk: Desk, asked: Asked) -> Answer:
    """One picture, a blur where nobody asked; `what` is its own look, laid over the middle, or the difference."""
    _awake(desk, asked)
    group, what = alike.opened(desk, asked.path["record_id"]), asked.path["what"]
    sheet, middle = group.sheet(asked.path["record_id"]), group.middle
    looks = desk.looks(asked.session, sheet.picture_id)
    if what == "own":
        see = desk.seer.colour if looks == "colour" else desk.seer.grey
        shown = see(sheet.row, sheet.seconds)
    elif what in ("laid", "difference") and middle:
        looks = looks and desk.looks(asked.session, middle.picture_id)
        other = desk.seer.grey(middle.row, float(sheet.match["same_seconds"] or 0.0))
        made = aligned(desk.seer.grey(sheet.row, sheet.seconds), other, sheet.match["orientation"])
        shown = made.one if what == "laid" else made.difference
    else:
        raise UserError("there is no such view of a picture", hint="open it from the page of its group")
    return Drawn(png(shown if looks else stand_in(shown)))


def foresee(desk: Desk, asked: Asked) -> Answer:
    """What marking the picture as harmless would do; nothing is kept but that somebody looked."""
    picture = asked.path["record_id"]
    group = alike.opened(desk, picture)
    desk.tell(asked, "read", "picture", picture, view="harmless")
    marked = group.via in alike.harmless(desk)
    would = {} if marked else effect(desk, alike.KIND, group.via)
    return Shown("harmless.html", "harmless", {"path": f"/pictures/{picture}", "harmless": marked, **would})


def mark(desk: Desk, asked: Asked) -> Answer:
    """Marks the picture as one that proves nothing, or takes that back; networks and leads are made anew."""
    group = alike.opened(desk, asked.path["record_id"])
    known = alike.harmless(desk).get(group.via)
    return decide(desk, asked, "undo cut" if known else "cut", alike.KIND, known.subject if known else group.via)


def _sheet(desk: Desk, asked: Asked, group: alike.Opened, sheet: alike.Sheet) -> dict[str, Any]:
    """A picture as the page lists it; where it was taken can say who lives there, and is masked like an address."""
    return {
        "one": sheet,
        "middle": sheet is group.middle,
        "looks": desk.looks(asked.session, sheet.picture_id),
        "place": _said(asked, sheet.place),
    }


def _post(asked: Asked, row: dict[str, Any], because: str) -> dict[str, Any]:
    return {**row, "account": _said(asked, row["account"]), "because": because}


def _said(asked: Asked, text: str) -> str:
    return text if asked.session.shows else redact.mask(text)


def _awake(desk: Desk, asked: Asked) -> None:
    """Raises `UserError` where this person hid pictures for the day."""
    if desk.sessions.rests(asked.person.person_id):
        raise UserError("you hid pictures for today", hint="the foot of each page shows them again")


PAGE = Page(
    name="pictures",
    says="Groups of the same picture, blurred until somebody asks; how they are alike, and marking one as harmless.",
    routes=(
        Route("/pictures", "read", listed),
        Route("/pictures/{record_id}", "read", one),
        Route("/pictures/{record_id}/image/{what}", "read", image),
        Route("/pictures/{record_id}/look", "unmask", look, "POST"),
        Route("/pictures/{record_id}/harmless", "decide", foresee),
        Route("/pictures/{record_id}/harmless", "decide", mark, "POST"),
    ),
    menu=6,
)
