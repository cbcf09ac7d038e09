"""Files of pictures and of videos: each is a record of its hashes; see `undertow.collect.picturing`."""

from collections.abc import Iterator

from undertow.collect.batches import One, batched
from undertow.collect.contract import Item, Opened, Reject, Source
from undertow.collect.picturing import is_picture, most_bytes, record


def sniff(opened: Opened) -> float:
    """Sure by the first bytes."""
    return 0.97 if is_picture(opened.head) else 0.0


def read(opened: Opened) -> Iterator[Item]:
    """One picture or video, one record; its position is 1. Where a video was not read to its end, that is a reject."""
    if not is_picture(opened.head):
        yield Reject("1", "not the beginning of a picture")
        return
    with opened.open() as stream:
        data = stream.read(most_bytes(opened) + 1)
    made = record(opened, data, "1")
    yield from batched([made], "pictures")
    if isinstance(made, One) and made.fields.get("left_out"):
        yield Reject("1", "the video was not read to its end", str(made.fields["left_out"]))


_SQUARES = bytes.fromhex(  # sixteen by sixteen grey pixels, in squares
    "89504e470d0a1a0a0000000d49484452000000100000001008000000003a98a0bd000000214944415478da63146180802d509a89010dd0"
    "4780f1049431898181216fe0dc0100c66f02afa56686d80000000049454e44ae426082"
)


SOURCE = Source(
    name="picture",
    version=2,
    sniff=sniff,
    read=read,
    media_type="image/*",
    examples=(
        ("squares.png", _SQUARES, [""]),
        ("squares.txt", b"BMW for sale, one owner, no rust; ask for Ana on 020 7946 0123", None),
    ),
)
