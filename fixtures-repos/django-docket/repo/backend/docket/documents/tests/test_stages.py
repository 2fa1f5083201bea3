import hashlib

import pytest

from docket.documents import stages


def test_checksum_is_sha256_of_the_bytes():
    assert stages.checksum(b"abc") == hashlib.sha256(b"abc").hexdigest()


def test_extract_text_drops_the_byte_order_mark():
    assert stages.extract_text(b"\xef\xbb\xbfHello", "text/plain") == "Hello"


def test_extract_text_reads_visible_html_only():
    page = b"<h1>Notice</h1><script>var hidden = 1</script><p>Bay &amp; pier</p>"
    assert stages.extract_text(page, "text/html") == "Notice\nBay & pier"


def test_extract_text_refuses_unknown_types():
    with pytest.raises(stages.StageError) as caught:
        stages.extract_text(b"", "image/png")
    assert caught.value.code == "unsupported_type"


def test_extract_text_refuses_other_encodings():
    with pytest.raises(stages.StageError) as caught:
        stages.extract_text("größe".encode("latin-1"), "text/plain")
    assert caught.value.code == "undecodable"


def test_count_pages_follows_form_feeds():
    assert stages.count_pages("one\ftwo\f\f") == 2


def test_count_pages_estimates_from_length():
    assert stages.count_pages("x" * stages.PAGE_LENGTH) == 1
    assert stages.count_pages("x" * (stages.PAGE_LENGTH + 1)) == 2


def test_count_pages_refuses_blank_text():
    with pytest.raises(stages.StageError) as caught:
        stages.count_pages(" \n")
    assert caught.value.code == "empty"


def test_index_keywords_ranks_by_frequency_then_alphabet():
    text = "Timber frame. TIMBER beam, which frame? Timber!"
    assert stages.index_keywords(text) == ["timber", "frame", "beam"]


def test_index_keywords_is_limited():
    words = " ".join(f"word{chr(97 + n)}" for n in range(26))
    assert len(stages.index_keywords(words)) == stages.KEYWORD_LIMIT
