import pytest

from docket.core import clock
from docket.core.errors import InvalidState
from docket.documents import state
from docket.documents.models import Document, DocumentStatus
from docket.documents.tests.factories import make_document


def test_move_follows_the_legal_path(db):
    document = make_document(status=DocumentStatus.UPLOADED)
    for step in ("queued", "processing", "failed", "queued", "processing", "ready", "queued"):
        state.move(document=document, to=step)
    document.refresh_from_db()
    assert document.status == DocumentStatus.QUEUED


def test_move_refuses_a_shortcut(db):
    document = make_document(status=DocumentStatus.UPLOADED)
    with pytest.raises(InvalidState) as caught:
        state.move(document=document, to=DocumentStatus.READY)
    assert caught.value.details == [{"status": "uploaded"}]


def test_move_trusts_the_row_over_the_instance(db):
    document = make_document(status=DocumentStatus.READY)
    Document.objects.update(status=DocumentStatus.PROCESSING)
    with pytest.raises(InvalidState):
        state.move(document=document, to=DocumentStatus.QUEUED)
    assert document.status == DocumentStatus.PROCESSING


def test_move_stamps_the_time_and_extra_columns(db, frozen_clock):
    document = make_document(status=DocumentStatus.PROCESSING)
    frozen_clock.advance(minutes=1)
    state.move(document=document, to=DocumentStatus.READY, page_count=7)
    document.refresh_from_db()
    assert document.status_changed_at == clock.now()
    assert document.page_count == 7


def test_ensure_idle_refuses_busy_documents(db):
    state.ensure_idle(document=make_document(status=DocumentStatus.FAILED))
    with pytest.raises(InvalidState):
        state.ensure_idle(document=make_document(status=DocumentStatus.QUEUED))
    with pytest.raises(InvalidState):
        state.ensure_idle(document=make_document(status=DocumentStatus.PROCESSING))
