from docket.accounts.tests.factories import make_user
from docket.core.selectors import list_subject_events
from docket.documents.models import Document, DocumentStatus, RunStatus
from docket.documents.tests.factories import make_document, make_run, make_version
from docket.projects.tests.factories import make_project


def owned_document(**extra):
    owner = make_user()
    return make_document(project=make_project(owner=owner), **extra), owner


def test_reprocessing_makes_a_failed_document_ready(worker, api):
    document, owner = owned_document(status=DocumentStatus.FAILED)
    version = make_version(document=document)
    make_run(document=document, version=version, status=RunStatus.FAILED)
    answer = api(owner).post(f"/api/documents/{document.public_id}/process/")
    assert answer.status_code == 202
    worker.wait_for(1)
    document.refresh_from_db()
    assert document.status == DocumentStatus.READY
    assert document.runs.get(attempt=2).status == RunStatus.SUCCEEDED


def test_new_version_is_processed(worker, api):
    document, owner = owned_document()
    client = api(owner)
    client.post(f"/api/documents/{document.public_id}/versions/", {"content": "One\fTwo"})
    worker.wait_for(1)
    body = client.get(f"/api/documents/{document.public_id}/status/").json()
    assert body["status"] == "ready"
    assert Document.objects.get().page_count == 2


def test_worker_events_carry_the_request_id_of_the_request(worker, api):
    document, owner = owned_document()
    api(owner).post(
        f"/api/documents/{document.public_id}/versions/",
        {"content": "One"},
        headers={"X-Request-ID": "client-0042"},
    )
    worker.wait_for(1)
    event = list_subject_events(subject=document).get(action="document.processed")
    assert event.request_id == "client-0042"


def test_unreadable_version_ends_as_failed(worker, api):
    document, owner = owned_document()
    client = api(owner)
    client.post(
        f"/api/documents/{document.public_id}/versions/",
        {"content": "x", "content_type": "image/png"},
    )
    worker.wait_for(1)
    body = client.get(f"/api/documents/{document.public_id}/status/").json()
    assert body["status"] == "failed"
    assert body["run"]["failure"]["code"] == "unsupported_type"
