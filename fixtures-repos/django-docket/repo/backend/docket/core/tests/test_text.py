from docket.core.text import clean_name, normalise_name, shorten


def test_clean_name_collapses_whitespace_and_keeps_case():
    assert clean_name("  Mill \t Lane\n ") == "Mill Lane"


def test_clean_name_folds_compatibility_forms():
    assert clean_name("ﬁle\u00a0№ １") == "file No 1"


def test_clean_name_treats_control_characters_as_spaces():
    assert clean_name("Mill\x00Lane") == "Mill Lane"


def test_normalise_name_ignores_case_beyond_ascii():
    assert normalise_name("STRASSE") == normalise_name("Straße")


def test_shorten_cuts_at_a_word():
    assert shorten("Survey of the east quay", 15) == "Survey of the…"
