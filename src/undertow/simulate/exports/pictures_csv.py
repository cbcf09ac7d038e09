"""Pictures in a folder, and the list that a crawler keeps of them."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from undertow.simulate.delimited import moment, write
from undertow.simulate.drafts import Draft
from undertow.simulate.exporting import Export, Placed

HEADER = ("picture", "sha256", "post url", "date", "size")


def export(folder: Path, start: str, drafts: Sequence[Draft]) -> Placed:
    """The list, and beside the folder of files, where every picture is one; see `undertow.simulate.pictures`."""
    from undertow.simulate import pictures

    name = f"{start}.csv"
    drawn = folder.parent / "pictures"
    drawn.mkdir(exist_ok=True)
    rows = []
    for number, draft in enumerate(drafts, 1):
        image = pictures.draw(int(draft.fields["scene"]), draft.fields["way"])
        file = f"{start}_{number:05}.jpg"
        (drawn / file).write_bytes(image)
        rows.append(
            (file, sha256(image).hexdigest(), draft.fields["post"], moment(draft.at, "%Y-%m-%d"), str(len(image)))
        )
    write(folder / name, HEADER, rows)
    return ((draft, name, str(number)) for number, draft in enumerate(drafts, 1))


EXPORT = Export(name="pictures_csv", write=export)
