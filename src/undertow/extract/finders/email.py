"""E-mail addresses written in plain text."""

import re
from collections.abc import Iterator

from undertow.extract.contract import Finder, Mention, Text

ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


def find(text: Text) -> Iterator[Mention]:
    for hit in ADDRESS.finditer(text.clean):
        yield Mention(hit[0].lower().rstrip("."), hit.start(), hit.end())


FINDER = Finder(
    name="email",
    version=1,
    find=find,
    trigger=r"\w@\w",
    examples={"Write to Ana@Example.com.": ["ana@example.com"], "no address here @ all": []},
)
