"""Settings are validated at the door."""

from pathlib import Path

import pytest

from undertow import settings
from undertow.errors import UserError


def test_an_unknown_key_is_refused_by_name() -> None:
    with pytest.raises(UserError, match=r"unknown setting about\.contry"):
        settings.validate({"about": {"contry": "PH"}}, "workspace.toml")


@pytest.mark.parametrize(
    "raw",
    [
        {"about": {"country": "Philippines"}},
        {"about": {"timezone": "Manila"}},
        {"about": {"day_first": "maybe"}},
        {"custody": {"marking": "SECRET"}},
        {"engine": {"threads": -1}},
        {"engine": {"memory": "lots"}},
    ],
)
def test_a_value_out_of_range_is_refused(raw: dict[str, dict[str, object]]) -> None:
    with pytest.raises(UserError, match="setting "):
        settings.validate(raw, "workspace.toml")


def test_the_template_gives_the_settings_it_was_made_from(tmp_path: Path) -> None:
    made = settings.validate(
        {"about": {"name": 'the "Quay" \\ case', "country": "md"}, "engine": {"threads": 2}}, "here"
    )
    path = tmp_path / "workspace.toml"
    path.write_text(settings.template(made), "utf-8")
    assert settings.read(path) == made


def test_broken_toml_is_said_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "workspace.toml"
    path.write_text("[about\n", "utf-8")
    with pytest.raises(UserError, match="not valid TOML"):
        settings.read(path)


def test_every_setting_says_what_it_does() -> None:
    assert [row["setting"] for row in settings.listed(settings.Settings()) if not row["meaning"]] == []
