from app.core.text import clean, match_key


def test_clean_collapses_space_and_control_characters():
    assert clean("  Harbour\u00a0\tCaf\u00e9\n") == "Harbour Caf\u00e9"


def test_clean_keeps_case_and_accents():
    assert clean("\u00c9COLE") == "\u00c9COLE"


def test_match_key_ignores_case_accents_and_width():
    assert match_key("\uff28arbour CAF\u00c9") == match_key("harbour cafe")


def test_match_key_tells_different_names_apart():
    assert match_key("Harbour Cafe 2") != match_key("Harbour Cafe")
