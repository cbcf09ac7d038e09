"""A group of pictures holds no more for somebody than they may see, whichever picture the others are compared with."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.web.teaming import joined, seated

from undertow import Workspace, testing
from undertow.runs import running

NONE = "<bdi>there is no such record</bdi>"


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    """Four pictures of one group; the middle, i2, and i4 are strictly marked, and so is the post that shows i2."""
    place = Workspace.start(tmp_path / "case", country="US")
    match = {"same_as": "i2", "method": "pdq", "distance": 10, "orientation": "as it is"}
    rows: dict[str, list[dict[str, Any]]] = {
        "originals": [{"original_id": "o1", "marking": "TLP:GREEN"}, {"original_id": "o2", "marking": "TLP:RED"}],
        "pictures": [
            {"picture_id": f"i{n}", "original_id": "o1" if n % 2 else "o2", "sha256": f"{n:064x}"}
            for n in range(1, 5)
        ],
        "picture_matches": [{"picture_id": f"i{n}", **match} for n in range(1, 5)],
        "posts": [{"post_id": "p1", "original_id": "o1"}, {"post_id": "p2", "original_id": "o2"}],
        "pictures_shown": [{"post_id": "p1", "picture_id": "i1"}, {"post_id": "p1", "picture_id": "i2"},
                           {"post_id": "p2", "picture_id": "i1"}],
    }  # fmt: skip
    with running(place.root, "run") as run:
        for name, held in rows.items():
            run.target(name).mkdir(parents=True)
            pq.write_table(testing.table(name, held), run.target(name) / "part-00000.parquet")
    return place


def test_a_group_counts_and_shows_what_may_be_seen_alone(case: Workspace) -> None:
    reader = seated(case, joined(case, "Ana", "analyst", clearance="TLP:GREEN")[0])
    listed, group = reader.get("/pictures").text, reader.get("/pictures/i1").text
    assert "2 pictures<br>1 post<" in listed
    assert 'href="/pictures/i1"' in listed
    for hidden in ("i2", "i4", "p2"):
        assert f"/pictures/{hidden}" not in listed + group
        assert f">{hidden}<" not in group
        assert f"/records/{hidden}" not in group
    assert "/records/i3" in group
    assert "is not for you to see" in group


def test_who_may_see_more_sees_the_whole_group(case: Workspace) -> None:
    reader = seated(case, joined(case, "Ben", "analyst", clearance="TLP:RED")[0])
    assert "4 pictures<br>2 posts<" in reader.get("/pictures").text
    assert "/records/i2" in reader.get("/pictures/i1").text


@pytest.mark.parametrize("path", ["/pictures/i2", "/pictures/i2/image/own", "/pictures/i4/image/difference"])
def test_a_picture_out_of_sight_is_not_there(case: Workspace, path: str) -> None:
    reader = seated(case, joined(case, "Ana", "analyst", clearance="TLP:GREEN")[0])
    assert NONE in reader.get(path).text
