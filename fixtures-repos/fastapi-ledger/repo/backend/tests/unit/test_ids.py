import pytest

from app.core.ids import ALPHABET, PREFIXES, is_id, new_id


def test_id_has_the_prefix_of_its_kind():
    prefix, body = new_id("invoice").split("_")
    assert prefix == "inv"
    assert len(body) == 14


def test_ids_avoid_characters_that_look_alike():
    assert not set("01ilo") & set(ALPHABET)


def test_prefixes_differ():
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_id_of_another_kind_is_not_one():
    assert is_id(new_id("entry"), "entry")
    assert not is_id(new_id("entry"), "export")
    assert not is_id("ent_short", "entry")


def test_unknown_kind_is_a_mistake():
    with pytest.raises(KeyError):
        new_id("spaceship")
