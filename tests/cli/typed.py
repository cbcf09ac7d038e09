"""A command as a person types it in a workspace, and what it says."""

import pytest

from undertow import Workspace
from undertow.cli.app import main


def said(capsys: pytest.CaptureFixture[str], place: Workspace, *arguments: str, code: int = 0) -> tuple[str, str]:
    """What the command says on its two outputs; it must end with `code`."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "-w", str(place.root)])
        raise SystemExit(0)
    assert int(ended.value.code or 0) == code
    held = capsys.readouterr()
    return held.out, held.err
