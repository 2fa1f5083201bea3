from docket.core import ids


def test_new_id_carries_its_prefix():
    assert ids.is_id(ids.new_id("prj"), "prj")


def test_is_id_refuses_another_prefix():
    assert not ids.is_id(ids.project_id(), "doc")


def test_is_id_refuses_ambiguous_letters():
    assert not ids.is_id("prj_" + "l" * ids.BODY_LENGTH, "prj")
