"""A workspace can name weights of its own."""

from pathlib import Path

import pytest

from undertow import settings
from undertow.errors import UserError
from undertow.workspace import Workspace


def test_the_weights_that_a_workspace_names_are_read_from_beside_its_settings(tmp_path: Path) -> None:
    root = Workspace.start(tmp_path / "w").root
    named = settings.validate({"assess": {"weights": "ours.toml"}}, "here")
    (root / settings.FILE_NAME).write_text(settings.template(named), "utf-8")
    with pytest.raises(UserError, match=r"ours\.toml holds no weights"):
        Workspace.open(root).run(("assess",))
