"""The visible text of a web page, with the contacts that stand only behind its links."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from undertow.collect import datafiles
from undertow.collect.records import host

_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object"})
_INLINE = frozenset(datafiles.toml("pages.toml")["inline"])
_CELLS = frozenset({"td", "th"})
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_PUBLISHED = (
    ('meta[property="article:published_time"]', "content"),
    ('meta[itemprop="datePublished"]', "content"),
    ("time[datetime]", "datetime"),
)
_ADDRESS = (('link[rel="canonical"]', "href"), ('meta[property="og:url"]', "content"))
_MOST_LINKS = 200


def charset(head: bytes) -> str:
    """The encoding that a page says it has; "" where it says none."""
    hit = _CHARSET.search(head)
    return hit[1].decode("ascii", "replace") if hit else ""


def page(html: str) -> dict[str, object]:
    """A page as fields of a post: title, visible text, and what it says of its address, time and language.

    Blocks stand on lines of their own. The target of a link that is a contact, and does not show, follows the link in
    brackets; other links are listed in `links`.
    """
    tree = LexborHTMLParser(html)
    title = tree.css_first("title")
    root = tree.body or tree.root
    language = tree.root.attributes.get("lang") if tree.root else None
    return {
        "kind": "page",
        "title": " ".join(title.text().split()) if title else "",
        "text": _tidy("".join(_pieces(root))) if root else "",
        "url": _first(tree, _ADDRESS),
        "posted_at": _first(tree, _PUBLISHED),
        "language": (language or "").split("-")[0].lower(),
        "links": _links(tree),
        "media": _pictures(tree),
    }


def _pieces(root: LexborNode) -> Iterator[str]:
    """The texts below a node in order, with a line end at both sides of a block; a stack, as pages nest deeply."""
    stack: list[LexborNode | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif node.is_text_node:
            yield re.sub(r"\s+", " ", node.text_content or "")
        elif node.is_element_node and node.tag not in _UNSEEN:
            before, after = _around(node)
            yield before
            stack.append(after)
            stack.extend(reversed(list(node.iter(include_text=True))))


def _around(node: LexborNode) -> tuple[str, str]:
    tag = node.tag or ""
    if tag == "a":
        target = (node.attributes.get("href") or "").strip()
        shown = is_contact(target) and target.split(":", 1)[-1].strip("/") not in node.text()
        return "", f" ({target})" if shown else ""
    if tag in _CELLS:
        return " ", " "
    return ("", "") if tag in _INLINE else ("\n", "\n")


def is_contact(target: str) -> bool:
    """Whether the target of a link is a way to reach somebody: a call, a mail, a chat, a profile."""
    known = datafiles.toml("pages.toml")
    return target.partition(":")[0].lower() in known["schemes"] or host(target) in known["hosts"]


def _tidy(text: str) -> str:
    lines = (" ".join(line.split(" ")).strip() for line in text.split("\n"))
    return "\n".join(re.sub(" {2,}", " ", line) for line in lines if line)


def _links(tree: LexborHTMLParser) -> list[str]:
    found = (str(node.attributes.get("href") or "").strip() for node in tree.css("a[href]"))
    return list(dict.fromkeys(link for link in found if "://" in link[:12]))[:_MOST_LINKS]


def _pictures(tree: LexborHTMLParser) -> list[str]:
    """The addresses of pictures as written, without those that stand in the page itself."""
    found = (str(node.attributes.get("src") or "").strip() for node in tree.css("img[src]"))
    return list(dict.fromkeys(name for name in found if name and not name.startswith("data:")))[:_MOST_LINKS]


def _first(tree: LexborHTMLParser, places: tuple[tuple[str, str], ...]) -> str:
    for selector, attribute in places:
        node = tree.css_first(selector)
        if node is not None and node.attributes.get(attribute):
            return str(node.attributes[attribute]).strip()
    return ""
