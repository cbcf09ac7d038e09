"""The command that makes up a world."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from undertow.cli.common import Json
from undertow.cli.output import as_json, line, progress, words


def simulate(
    folder: Path,
    /,
    *,
    posts: Annotated[int, Parameter(help="how many posts")],
    seed: Annotated[int, Parameter(help="another seed, another world; the same seed, the same bytes")],
    family: Annotated[
        str, Parameter(help="harbour, delta or mesa, for tuning rules, or ridge, which nothing is tuned on")
    ] = "harbour",
    careful: Annotated[
        float | None, Parameter(help="how well criminals hide, from 0 to 1; else the family's own")
    ] = None,
    pictures: Annotated[int, Parameter(help="how many pictures are drawn at most")] = 200,
    json: Json = False,
) -> None:
    """Make up a world in a new folder: files/ as a user would have them, truth/ with what is true of them, sealed."""
    from undertow.simulate import Options, simulate

    with progress() as emit:
        made = simulate(folder, Options(posts, seed, family, careful, pictures), emit)
    if json:
        as_json(made)
        return
    line(str(made.folder))
    words(f"{made.posts:,} posts and {made.records - made.posts:,} other records in {made.folder / 'files'}")
    words(
        "next: `undertow start WORKSPACE`, then `undertow collect` that folder, `undertow run`, and `undertow evaluate`"
    )
