"""Search: a selector in any disguise, or words in a text. What is sought is posted, so it stands in no address."""

from typing import Any

from undertow.errors import UserError
from undertow.share.redact import mask
from undertow.tables import MASKED
from undertow.web.contract import Answer, Asked, Page, Route, Shown
from undertow.web.desk import Desk

MOST = 200
SHORTEST = 3  # letters: fewer stand in nearly every text


def form(_desk: Desk, _asked: Asked) -> Answer:
    """An empty search."""
    return Shown("search.html", "search", {"asked": "", "rows": [], "many": 0, "texts": [], "most": MOST})


def search(desk: Desk, asked: Asked) -> Answer:
    """Mentions of the value in any form, and records that hold the words as they are."""
    words = asked.form.get("words", "").strip()
    if len(words) < SHORTEST:
        raise UserError(f"a search needs {SHORTEST} letters or more", hint="write a whole number, address or word")
    found = desk.reader.through(desk.workspace.search(words))
    texts = desk.reader.holding(words, MOST)
    told = {"mentions": found.num_rows, "texts": len(texts)}
    desk.tell(asked, "searched", "search", desk.sealed(words.lower()), **told)
    rows = [_row(row, shows=asked.session.shows) for row in found.slice(0, MOST).to_pylist()]
    facts = {"asked": words, "rows": rows, "many": found.num_rows, "texts": texts, "most": MOST}
    return Shown("search.html", "search", facts)


def _row(row: dict[str, Any], *, shows: bool) -> dict[str, Any]:
    hidden = not shows and row["kind"] in MASKED
    return {**row, "stands": mask(row["original"]) if hidden else row["original"]}


PAGE = Page(
    name="search",
    says="Finds a value in any disguise, or words in a text.",
    routes=(Route("/search", "search", form), Route("/search", "search", search, "POST")),
    menu=2,
)
