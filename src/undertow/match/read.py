"""One call for a list of texts in memory."""

from collections.abc import Sequence

import pyarrow as pa

from undertow.match.grouping import groups
from undertow.match.signatures import buffers, of_texts


def group_texts(texts: Sequence[str]) -> list[int]:
    """A number for each text: equal numbers are one template, a text alone has a number of its own.

    The number is the place of the group's first text in `texts`. Which texts are together does not depend on their
    order. Empty texts and placeholders (`<REDACTED>`) are alone.
    """
    column = pa.array(texts, pa.large_string())
    return groups(of_texts(column), *buffers(column)).tolist()
