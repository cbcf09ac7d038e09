"""One case: what was gathered, the story with its evidence, notes, tasks, who works on it, and its dossier."""

from collections.abc import Mapping, Sequence
from typing import Any

from undertow import dossier, reporting
from undertow.errors import UserError
from undertow.review import cases, proposals
from undertow.review.cases import ABOUT, KEEP, STORY, Case, ConflictError, Version
from undertow.review.people import MARKINGS, By
from undertow.share import casefile, redact
from undertow.share.casefile import Part, Remark
from undertow.web import gathering, rights
from undertow.web.contract import Answer, Asked, Goto, Page, Route, Sent, Shown
from undertow.web.desk import Desk

FIELDS = ("title", "status", "marking", "reliability", "credibility", "deadline", "assignee")


def case(desk: Desk, asked: Asked) -> Answer:
    """The case, masked unless names are shown; of leads and records only those that may be seen."""
    held = desk.cases.one(asked.path["case_id"])
    masked = not asked.session.shows
    desk.tell(asked, "read", "case", held.case_id, masked=masked)
    file = dossier.told(held, desk.reader.whole, desk.reader.part, masked=masked)
    leads, records = held.of("lead"), held.of("record")
    seen = desk.reader.part("leads", "lead_id", [one.name for one in leads]).to_pylist()
    facts = {
        "held": held, "file": file, "path": f"/cases/{held.case_id}", "leads": seen, "hidden": len(leads) - len(seen),
        "records": [one for one in records if gathering.seen(desk, one.name)],
        "notes": _written(held.of("note"), file.notes), "tasks": _written(held.of("task"), file.tasks),
        "story": held.story, "open_story": _whole(held.story, file.story),
        "states": cases.STATES, "markings": MARKINGS, "reliability": cases.RELIABILITY,
        "credibility": cases.CREDIBILITY, "keep": KEEP, "team_of": _people(desk, held),
        "waiting": [one for one in proposals.waiting(desk.workspace.decisions) if one.case_id == held.case_id],
    }  # fmt: skip
    return Shown("case.html", "case", facts)


def about(desk: Desk, asked: Asked) -> Answer:
    """Writes the head of the case; only a case lead takes a label off that protects it."""
    held, form = desk.cases.one(asked.path["case_id"]), asked.form
    labels = [one.strip().casefold() for one in form.get("labels", "").split(",") if one.strip()]
    lost = set(held.kept) - set(labels)
    if lost and not rights.allows(asked.person.roles, "lead"):
        raise UserError(f"{', '.join(sorted(lost))} protects the case", hint="a case lead can take it off")
    marking = form.get("marking", "")
    if marking in MARKINGS and not desk.reader.sight.sees(marking):
        raise UserError("this marking is above yours", hint="you would not see the case any more")
    opener = held.about.get("opened_by", held.parts[ABOUT].who)
    body = {name: form.get(name, "").strip() for name in FIELDS} | {"labels": labels}
    return _write(desk, asked, ABOUT, "about", {**body, "opened_by": opener})


def story(desk: Desk, asked: Asked) -> Answer:
    """Writes the story."""
    return _write(desk, asked, STORY, "story", {"text": asked.form.get("text", "")})


def add(desk: Desk, asked: Asked) -> Answer:
    """A new note or task."""
    kind = asked.form.get("kind", "")
    if kind not in ("note", "task"):
        raise UserError("is it a note or a task?", hint="go back to the case and write it there")
    desk.cases.add(asked.path["case_id"], kind, _said(asked.form, {}), _by(desk, asked))
    return _back(asked)


def part(desk: Desk, asked: Asked) -> Answer:
    """Writes a note or a task anew, marks a task as done or to do, or takes either out."""
    name = asked.path["part"]
    if name.partition(":")[0] not in ("note", "task"):
        raise UserError("is it a note or a task?", hint="go back to the case and write it there")
    stands = desk.cases.one(asked.path["case_id"]).parts.get(name)
    if not stands:
        raise UserError("there is no such note or task", hint="go back to the case")
    return _write(desk, asked, name, f"parts/{name}", _said(asked.form, stands.body))


def gather(desk: Desk, asked: Asked) -> Answer:
    """Puts a lead or a record in, or takes it out."""
    case_id, name = asked.path["case_id"], asked.form.get("id", "").strip()
    if not asked.form.get("out"):
        gathering.put(desk, case_id, name, _by(desk, asked))
    elif f"{gathering.kind_of(name)}:{name}" in desk.cases.one(case_id).parts:
        desk.cases.put(case_id, gathering.kind_of(name), name, _by(desk, asked), {"in": False})
    return _back(asked)


def people(desk: Desk, asked: Asked) -> Answer:
    """Puts somebody on the case, for a purpose and until a day, or takes them off; the versions keep who was."""
    person = desk.people.one(asked.form.get("person", ""))
    said = {name: asked.form.get(name, "").strip()[:200] for name in ("until", "purpose")}
    if not asked.form.get("out") and not said["purpose"]:
        raise UserError("for what are they on the case?", hint="go back and say the purpose in a few words")
    body = {"in": not asked.form.get("out"), "person": person.name, **said}
    desk.cases.put(asked.path["case_id"], "person", person.person_id, _by(desk, asked), body)
    return _back(asked)


def versions(desk: Desk, asked: Asked) -> Answer:
    """Every version of a part of the case, the latest first."""
    case_id, name = asked.path["case_id"], asked.path["part"]
    mask = str if asked.session.shows else redact.masker(())
    found = desk.cases.versions(case_id, name)
    desk.tell(asked, "read", "case", case_id, part=name if found else "", masked=not asked.session.shows)
    rows = [{"one": one, "lines": _lines(one.body, mask)} for one in found]
    return Shown("versions.html", "versions", {"rows": rows, "case_path": f"/cases/{case_id}"})


def export(desk: Desk, asked: Asked) -> Answer:
    """The dossier as a file, with what whoever asks may see; unmasked only while names are shown."""
    redacted = asked.form.get("masked", "1") != "0"
    if not redacted and not asked.session.shows:
        raise UserError("names are masked", hint="show them for a purpose first, or export the masked dossier")
    held, through = desk.cases.one(asked.path["case_id"]), desk.reader.through
    of = reporting.Dossier(held, _by(desk, asked), redact=redacted, why=asked.session.purpose, through=through)
    return Sent(*reporting.case(desk.workspace, of, "html"))


def propose(desk: Desk, asked: Asked) -> Answer:
    """Proposes to refer the case or to delete it; somebody else approves."""
    held, form = desk.cases.one(asked.path["case_id"]), asked.form
    to, because = form.get("to", ""), form.get("because", "")
    proposals.propose(desk.workspace.decisions, form.get("deed", ""), held, because, _by(desk, asked), to=to)
    return _back(asked)


def _write(desk: Desk, asked: Asked, name: str, form: str, body: Mapping[str, Any]) -> Answer:
    """Writes, or shows both texts where somebody wrote meanwhile."""
    since = asked.form.get("version", "")
    try:
        number = int(since) if since.isdecimal() and len(since) < 9 else -1
        desk.cases.write(asked.path["case_id"], name, body, number, _by(desk, asked))
    except ConflictError as error:
        return _conflict(asked, error, form)
    return _back(asked)


def _conflict(asked: Asked, error: ConflictError, form: str) -> Answer:
    mine, theirs = error.mine, error.theirs
    names = [name for name in mine if mine.get(name) != theirs.body.get(name) and name not in ("at", "opened_by")]
    back = f"/cases/{asked.path['case_id']}"
    facts = {
        "error": error,
        "rows": [(name, _shown(theirs.body.get(name)), _shown(mine[name])) for name in names],
        "form": {key: value for key, value in asked.form.items() if key not in ("form_key", "version", "text")},
        "text": asked.form.get("text"),
        "action": f"{back}/{form}",
        "case_path": back,
    }
    return Shown("conflict.html", "conflict", facts, 409)


def _said(form: Mapping[str, str], before: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a note or task from its form; what the form does not hold stays as it was."""
    said: dict[str, Any] = dict(before)
    said |= {name: form[name].strip() for name in ("text", "due", "assignee") if name in form}
    if "do" in form:
        said |= {"done": form["do"] == "done"} if form["do"] in ("done", "open") else {}
        said |= {"in": False} if form["do"] == "out" else {}
    return said


def _written(parts: Sequence[Version], remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    """Each note or task with its text as it may be shown, and whether that is all of it, so that it can be edited."""
    pairs = zip(parts, remarks, strict=True)
    return [{"one": one, "remark": said, "open": _whole(one, said.text)} for one, said in pairs][::-1]


def _whole(one: Version, shown: Sequence[Sequence[Part]]) -> bool:
    return casefile.paragraphs(one.body["text"]) == [list(part) for part in shown]


def _people(desk: Desk, held: Case) -> dict[str, Any]:
    names = {one.name for one in held.of("person")}
    on = [{"one": one, "now": held.has(one.name)} for one in held.of("person")]
    return {"on": on, "others": [one for one in desk.people.all() if one.person_id not in names] if desk.team else []}


def _lines(body: Mapping[str, Any], mask: Any) -> list[tuple[str, str]]:
    return [(name, mask(_shown(value))) for name, value in sorted(body.items()) if name not in ("at", "in")]


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value[:20]) + (" …" if len(value) > 20 else "")
    return {True: "yes", False: "no", None: ""}.get(value, str(value)) if not isinstance(value, str) else value


def _by(desk: Desk, asked: Asked) -> By:
    return By(desk.who, asked.place)


def _back(asked: Asked) -> Answer:
    return Goto(f"/cases/{asked.path['case_id']}")


PAGE = Page(
    name="case",
    says="One case: leads, records, story, notes, tasks, people and its dossier.",
    routes=(
        Route("/cases/{case_id}", "read", case),
        Route("/cases/{case_id}/versions/{part}", "read", versions),
        Route("/cases/{case_id}/about", "work", about, "POST"),
        Route("/cases/{case_id}/story", "work", story, "POST"),
        Route("/cases/{case_id}/parts", "work", add, "POST"),
        Route("/cases/{case_id}/parts/{part}", "work", part, "POST"),
        Route("/cases/{case_id}/gather", "work", gather, "POST"),
        Route("/cases/{case_id}/people", "lead", people, "POST"),
        Route("/cases/{case_id}/dossier", "export", export, "POST"),
        Route("/cases/{case_id}/propose", "propose", propose, "POST"),
    ),
)
