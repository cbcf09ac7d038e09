"""The visible text of a web page."""

from selectolax.lexbor import LexborHTMLParser

_UNSEEN = ["script", "style", "noscript", "template", "svg", "head"]


def page(html: str) -> dict[str, object]:
    """Title and visible text of a page, as fields of a post; blocks stand on lines of their own."""
    tree = LexborHTMLParser(html)
    title = tree.css_first("title")
    said = title.text(strip=True) if title else ""
    tree.strip_tags(_UNSEEN)
    body = tree.body or tree.root
    text = body.text(separator="\n", strip=True) if body else ""
    return {"title": said, "text": text, "kind": "page"}
