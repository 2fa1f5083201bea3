import pytest

from docket.documents.models import Document, DocumentStatus
from docket.documents.tasks import process_document
from docket.documents.tests.factories import make_document, make_run, make_version
from docket.projects.tests.factories import make_editor

PAGES = b"Notice of inspection of the timber frame.\fFindings and photographs."


@pytest.fixture
def editor(project):
    return make_editor(project)


@pytest.fixture
def document(project):
    document = make_document(project=project, title="Notice", status=DocumentStatus.QUEUED)
    version = make_version(document=document, content=PAGES)
    process_document(make_run(document=document, version=version).public_id)
    return Document.objects.get(pk=document.pk)


@pytest.fixture
def url(document):
    return f"/api/documents/{document.public_id}/"


def test_full_run_leaves_pages_checksum_and_keywords(editor, url, api):
    body = api(editor).get(url).json()
    assert body["status"] == "ready"
    assert body["page_count"] == 2
    assert len(body["checksum"]) == 64
    assert "timber" in body["keywords"]


def test_full_run_can_be_repeated(editor, url, api):
    answer = api(editor).post(f"{url}process/", {"pipeline": "full"})
    assert answer.status_code == 202
    run = answer.json()
    assert (run["pipeline"], run["version"], run["attempt"]) == ("full", 1, 2)


def test_text_run_of_a_processed_document(editor, url, api):
    answer = api(editor).post(f"{url}process/", {"pipeline": "text"})
    assert answer.status_code == 202
    run = answer.json()
    assert (run["pipeline"], run["version"], run["attempt"]) == ("text", 1, 1)


def test_text_run_keeps_what_the_full_run_found(document, editor, url, api):
    run = api(editor).post(f"{url}process/", {"pipeline": "text"}).json()
    process_document(run["id"])
    body = api(editor).get(url).json()
    assert body["status"] == "ready"
    assert body["checksum"] == document.checksum
    assert body["keywords"] == document.keywords
