import hashlib

import pytest

from docket.core.selectors import list_subject_events
from docket.documents import processing
from docket.documents.models import DocumentStatus, Pipeline, RunStatus
from docket.documents.stages import PIPELINES
from docket.documents.tasks import process_document
from docket.documents.tests.factories import LETTER, make_document, make_run, make_version


def test_task_makes_the_document_ready(db):
    run = make_run()
    process_document(run.public_id)
    run.refresh_from_db()
    assert run.status == RunStatus.SUCCEEDED
    assert run.document.status == DocumentStatus.READY
    assert run.document.page_count == 1
    assert run.document.checksum == hashlib.sha256(LETTER).hexdigest()
    assert run.document.keywords[0] == "inspection"
    assert [stage["name"] for stage in run.stages] == ["checksum", "text", "pages", "keywords"]


def test_text_pipeline_leaves_checksum_and_keywords_alone(db):
    document = make_document(status=DocumentStatus.QUEUED, checksum="old", keywords=["kept"])
    run = make_run(document=document, pipeline=Pipeline.TEXT)
    process_document(run.public_id)
    document.refresh_from_db()
    assert document.page_count == 1
    assert document.checksum == "old"
    assert document.keywords == ["kept"]


def test_task_records_the_reason_of_a_failure(db):
    document = make_document(status=DocumentStatus.QUEUED)
    version = make_version(document=document, content=b"\x89PNG", content_type="image/png")
    run = make_run(document=document, version=version)
    process_document(run.public_id)
    run.refresh_from_db()
    assert run.status == RunStatus.FAILED
    assert run.failure_code == "unsupported_type"
    assert run.failure_reason == "Cannot read image/png."
    assert [stage["name"] for stage in run.stages] == ["checksum"]
    assert run.document.status == DocumentStatus.FAILED
    assert run.document.page_count is None


def test_task_records_a_breakdown_and_raises(db, monkeypatch):
    def explode(content, content_type):
        yield "text", {}, {}
        raise ZeroDivisionError

    monkeypatch.setitem(PIPELINES, "full", explode)
    run = make_run()
    with pytest.raises(ZeroDivisionError):
        process_document(run.public_id)
    run.refresh_from_db()
    assert run.failure_code == "internal"
    assert run.document.status == DocumentStatus.FAILED


def test_task_ignores_a_second_delivery(db):
    run = make_run()
    process_document(run.public_id)
    process_document(run.public_id)
    assert list_subject_events(subject=run.document).count() == 1


def test_task_skips_a_deleted_document(db):
    run = make_run()
    run.document.delete()
    assert process_document(run.public_id) is None


def test_run_times_are_recorded(db, frozen_clock):
    run = make_run()
    started = frozen_clock.advance(seconds=3)
    processing.begin_run(run=run)
    finished = frozen_clock.advance(seconds=2)
    processing.complete_run(run=run, stages=[], columns={})
    run.refresh_from_db()
    assert run.started_at == started
    assert run.finished_at == finished


def test_success_and_failure_are_audited(project, owner):
    good = make_run(document=make_document(project=project, status="queued"), requested_by=owner)
    process_document(good.public_id)
    bad = make_document(project=project, status="queued")
    version = make_version(document=bad, content=b" ")
    process_document(make_run(document=bad, version=version).public_id)
    assert list_subject_events(subject=good.document).get().action == "document.processed"
    failed = list_subject_events(subject=bad).get()
    assert failed.action == "document.processing_failed"
    assert failed.data["code"] == "empty"
    assert failed.project_ref == project.public_id


def test_create_run_counts_attempts_per_version(db, owner):
    document = make_document(status=DocumentStatus.FAILED)
    version = make_version(document=document)
    make_run(document=document, version=version, status=RunStatus.FAILED)
    run = processing.create_run(document=document, version=version, requested_by=owner)
    assert run.attempt == 2
    assert run.requested_by == owner
    assert document.status == DocumentStatus.QUEUED
