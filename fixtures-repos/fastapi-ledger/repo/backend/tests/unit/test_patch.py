import pytest
from pydantic import BaseModel

from app.core.errors import Invalid
from app.core.patch import changes


class Changes(BaseModel):
    name: str | None = None
    note: str | None = None
    days: int = 14


def test_only_sent_values_are_changes():
    assert changes(Changes(name="A")) == {"name": "A"}
    assert changes(Changes()) == {}


def test_null_clears_what_may_be_cleared():
    assert changes(Changes(note=None), clearable=frozenset({"note"})) == {"note": None}


def test_null_for_anything_else_is_invalid():
    with pytest.raises(Invalid) as caught:
        changes(Changes(name=None), clearable=frozenset({"note"}))
    assert caught.value.code == "not_clearable"
    assert caught.value.pointer == "/name"
