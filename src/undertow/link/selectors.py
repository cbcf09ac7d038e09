"""The query that most kinds of evidence share: which record mentions a value of one kind, surely enough."""

from undertow.link.options import LIMITS


def mentioned(kind: str, where: str = "") -> str:
    """Portable SQL for the mentions of `kind` that are sure enough to tie records; `where` narrows them."""
    narrowed = f" AND {where}" if where else ""
    return (
        f"SELECT record_id, value AS via FROM mentions WHERE kind = '{kind}' "
        f"AND confidence >= {LIMITS['confidence']}{narrowed}"
    )
