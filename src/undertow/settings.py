"""Settings: one TOML file in the workspace, read once at the door into one frozen object; unknown keys are refused."""

import json
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from undertow.errors import UserError

FILE_NAME = "workspace.toml"


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"{name!r} is no time zone; write one like Asia/Manila or Europe/Chisinau") from error
    return name


def _country(code: str) -> str:
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise ValueError(f"{code!r} is no country code; write two letters like PH or MD")
    return code.upper()


TimeZone = Annotated[str, AfterValidator(_zone)]
Country = Annotated[str, AfterValidator(_country)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class About(_Section):
    """What the files mean where they do not say."""

    name: str = Field(default="", description="what this workspace is about; shown on reports")
    country: Country = Field(
        default="", description="country of phone numbers and places where nothing else says (ISO 3166: PH)"
    )
    timezone: TimeZone = Field(default="UTC", description="time zone of times that name none")
    day_first: Literal["auto", "yes", "no"] = Field(
        default="auto", description="how 03/04/2026 is read where the file itself does not settle it: yes is 3 April"
    )


class Custody(_Section):
    """What is written beside every original."""

    collector: str = Field(default="", description="who collects, unless the command says")
    lawful_basis: str = Field(default="", description="on what lawful basis the files are held")
    marking: Literal["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"] = Field(
        default="TLP:AMBER", description="Traffic Light Protocol marking of what is collected"
    )
    retention_days: int = Field(
        default=365, ge=1, le=36500, description="days after which an original should be reviewed and removed"
    )


class EngineSection(_Section):
    """How much of this machine may be used."""

    threads: int = Field(default=0, ge=0, le=1024, description="cores to use; 0 is all of them")
    memory: str = Field(
        default="",
        pattern=r"^(\d+(\.\d+)?(MB|GB|TB))?$",
        description="DuckDB's share, like 4GB; empty is its own default",
    )


class LinkSection(_Section):
    """When a selector is too common to prove anything, and when a network is too large to be one."""

    hub_floor: int = Field(
        default=0,
        ge=0,
        description="a selector shared by fewer distinct sources than this is never a hub; 0 follows the data",
    )


class AssessSection(_Section):
    """How much each indicator counts."""

    weights: str = Field(
        default="",
        description="a weights file, by its path or beside this file, or `published` for the one that ships; "
        "empty is the newest learned version, and before there is one the one that ships",
    )


class AuditSection(_Section):
    """Where the end of the audit trail is anchored."""

    head: str = Field(
        default="",
        description="a file outside that holds the last line's number and seal, by its path or beside this file; best "
        "on another machine's disk; empty is audit.head beside this file",
    )


class Settings(_Section):
    """All settings of a workspace."""

    about: About = About()
    custody: Custody = Custody()
    engine: EngineSection = EngineSection()
    link: LinkSection = LinkSection()
    assess: AssessSection = AssessSection()
    audit: AuditSection = AuditSection()


def read(path: Path) -> Settings:
    """The settings in a TOML file; raises `UserError` that names the line to mend."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(
            f"{path} is not valid TOML: {error}", hint="compare it with `undertow settings --template`"
        ) from error
    return validate(raw, str(path))


def validate(raw: dict[str, Any], where: str) -> Settings:
    """`raw` as settings; raises `UserError` for an unknown key or a value out of range."""
    try:
        return Settings.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        unknown = first["type"] == "extra_forbidden"
        what = f"unknown setting {key}" if unknown else f"setting {key}: {first['msg']}"
        raise UserError(
            f"{what} in {where}", hint="`undertow settings` lists every setting and what it does"
        ) from error


def listed(settings: Settings) -> list[dict[str, str]]:
    """Every setting with its value, default and meaning, in the order of the file."""
    rows = []
    for section_name, section_field in Settings.model_fields.items():
        section = getattr(settings, section_name)
        for key, field in type(section_field.default).model_fields.items():
            rows.append(
                {
                    "setting": f"{section_name}.{key}",
                    "value": str(getattr(section, key)),
                    "default": str(field.default),
                    "meaning": field.description or "",
                }
            )
    return rows


def template(settings: Settings | None = None) -> str:
    """A workspace.toml that says every setting, what it does, and its value."""
    lines = ["# Settings of this workspace. Unknown keys are refused; a line taken out falls back to its default."]
    section = ""
    for row in listed(settings or Settings()):
        head, key = row["setting"].split(".")
        if head != section:
            section = head
            lines += ["", f"[{section}]"]
        value = row["value"] if row["value"].isdigit() else json.dumps(row["value"], ensure_ascii=False)
        lines += [f"# {row['meaning']}", f"{key} = {value}"]
    return "\n".join(lines) + "\n"
