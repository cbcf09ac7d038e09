"""Small worlds for indicators: posts told in a line each, all of one network unless said otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Post:
    """One post and what extract, match and link would say of it; `cues` holds (cue id, words) pairs."""

    cues: Sequence[tuple[str, str]] = ()
    account: str = ""
    site: str = "board.example"
    kind: str = "ad"
    at: str = ""  # 2026-01-31
    place: str = ""
    contacts: Sequence[tuple[str, str]] = ()  # (kind, value)
    detail: str = ""  # of the contacts
    ages: Sequence[str] = ()
    price: tuple[str, str] = ("", "")  # value, period
    language: str = ""
    template: str = ""
    network: str = "n1"


def scene(*posts: Post, **others: list[dict[str, Any]]) -> Rows:
    """The tables that these posts (p1, p2, ...) would have led to; `others` are rows of further tables."""
    named = [(f"p{number}", post) for number, post in enumerate(posts, 1)]
    rows: Rows = {
        "posts": [_post(name, post) for name, post in named],
        "mentions": [mention for name, post in named for mention in _mentions(name, post)],
        "template_posts": [{"template_id": p.template, "post_id": name} for name, p in named if p.template],
        "network_members": [{"network_id": post.network, "record_id": name} for name, post in named],
        "networks": [_network(name, posts) for name in sorted({post.network for post in posts})],
    }
    for name, more in others.items():
        rows[name] = [*rows.get(name, []), *more]
    return rows


def say(cue: str, words: str) -> Rows:
    """A network of one post that says `words`, in which the cue `cue` was found."""
    return scene(Post(cues=[(cue, words)]))


def _post(name: str, post: Post) -> dict[str, Any]:
    at = datetime.fromisoformat(post.at).replace(tzinfo=UTC) if post.at else None
    return {"post_id": name, "site": post.site, "kind": post.kind, "account": post.account, "posted_at": at}


def _mentions(name: str, post: Post) -> list[dict[str, Any]]:
    found = [
        *(("text", "cue", cue, "en", words) for cue, words in post.cues),
        *(("text", kind, value, post.detail, value) for kind, value in post.contacts),
        *(("text", "age", age, "", age) for age in post.ages),
        *[("text", "price", *post.price, post.price[0])][: bool(post.price[0])],
        *[("text", "language", post.language, "", "")][: bool(post.language)],
        *[("place_text", "place", post.place, "", post.place)][: bool(post.place)],
    ]
    start, rows = 0, []
    for field, kind, value, detail, original in found:
        rows.append(
            {
                "record_id": name,
                "field": field,
                "kind": kind,
                "value": value,
                "detail": detail,
                "original": original,
                "start": start,
                "end": start + len(original),
                "confidence": 1.0,
            }
        )
        start += len(original) + 1
    return rows


def _network(name: str, posts: Sequence[Post]) -> dict[str, Any]:
    own = [post for post in posts if post.network == name]
    times = sorted(datetime.fromisoformat(post.at).replace(tzinfo=UTC) for post in own if post.at)
    return {
        "network_id": name,
        "records": len(own),
        "accounts": len({(post.site, post.account) for post in own if post.account}),
        "sites": len({post.site for post in own}),
        "places": len({post.place for post in own if post.place}),
        "selectors": len({contact for post in own for contact in post.contacts}),
        "templates": len({post.template for post in own if post.template}),
        "first_seen": times[0] if times else None,
        "last_seen": times[-1] if times else None,
    }
