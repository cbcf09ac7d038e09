"""What Spark needs, and what is said where it is not there."""

import sys

import pytest

from undertow.engine import session
from undertow.errors import OutsideError, PluginError, UserError


def test_a_missing_pyspark_says_the_line_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(UserError, match="not installed") as caught:
        session.begin("local[1]", "", {})
    assert caught.value.hint == 'pip install "undertow[spark]"'


def test_a_missing_java_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(OutsideError, match="no Java") as caught:
        session.begin("local[1]", "", {})
    assert "Java 17" in caught.value.hint


def test_memory_is_said_to_java_in_its_own_words() -> None:
    assert session.java_size("1.5GB") == "1500m"


def test_an_error_of_ours_comes_back_from_a_worker_with_its_kind_and_hint() -> None:
    back = session.unpacked(session.packed(PluginError("the finder x failed", hint="mend it")))
    assert (type(back), back.message, back.hint) == (PluginError, "the finder x failed", "mend it")
