from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from docket.core.selectors import list_subject_events
from docket.documents.models import Document
from docket.documents.uploads import DocumentUploader
from docket.projects.services import archive_project
from docket.projects.tests.factories import make_editor, make_viewer


@pytest.fixture
def url(project):
    return f"/api/projects/{project.public_id}/documents/"


def test_upload_of_content_creates_document_and_version(project, owner, url, api):
    answer = api(owner).post(url, {"title": "Lease", "content": "Draft", "filename": "l.txt"})
    assert answer.status_code == 201
    body = answer.json()
    assert body["title"] == "Lease"
    assert body["filename"] == "l.txt"
    assert body["project"] == project.public_id
    assert body["version_count"] == 1
    assert body["created_by"]["id"] == owner.public_id
    version = Document.objects.get(public_id=body["id"]).versions.get()
    assert (version.number, bytes(version.content), version.size) == (1, b"Draft", 5)


def test_upload_of_a_file_keeps_name_and_type(owner, url, api):
    file = SimpleUploadedFile("site plan.html", b"<p>Plan</p>", content_type="text/html")
    answer = api(owner).post(url, {"file": file}, format="multipart")
    assert answer.status_code == 201
    document = Document.objects.get(public_id=answer.json()["id"])
    assert document.title == "site plan.html"
    assert document.versions.get().content_type == "text/html"


def test_upload_creates_a_run_for_the_first_version(owner, url, api):
    body = api(owner).post(url, {"content": "Draft"}).json()
    run = Document.objects.get(public_id=body["id"]).runs.get()
    assert run.version.number == 1
    assert run.requested_by == owner
    assert run.pipeline == "full"


def test_upload_is_audited(project, owner, frozen_clock):
    document = DocumentUploader(project=project, actor=owner).upload(
        filename="a.txt", content_type="text/plain", content=b"abc"
    )
    event = list_subject_events(subject=document).get()
    assert event.action == "document.uploaded"
    assert event.data == {"filename": "a.txt", "size": 3}


def test_upload_needs_a_file_or_content(owner, url, api):
    answer = api(owner).post(url, {"title": "Lease"})
    assert answer.status_code == 422
    assert answer.json()["error"]["field"] == "content"


def test_upload_of_nothing_is_422(owner, url, api):
    answer = api(owner).post(url, {"content": ""})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "empty_file"


def test_upload_that_is_too_large_is_422(owner, url, api, settings):
    settings.DOCKET_MAX_UPLOAD_BYTES = 4
    answer = api(owner).post(url, {"content": "12345"})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "too_large"
    assert not Document.objects.exists()


def test_upload_is_for_editors(project, url, api):
    assert api(make_viewer(project)).post(url, {"content": "x"}).status_code == 403
    assert api(make_editor(project)).post(url, {"content": "x"}).status_code == 201


def test_upload_to_an_archived_project_is_409(project, owner, url, api):
    archive_project(project=project, actor=owner)
    answer = api(owner).post(url, {"content": "x"})
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "project_archived"


def test_upload_shortens_long_titles(project, owner):
    document = DocumentUploader(project=project, actor=owner).upload(
        filename="word " * 60, content_type="text/plain", content=b"abc", process=False
    )
    assert len(document.title) <= 160
    assert document.title.endswith("word…")


def test_import_folder_uploads_each_file(project, owner, tmp_path):
    (tmp_path / "b.txt").write_text("Bravo")
    (tmp_path / "a.txt").write_text("Alpha")
    (tmp_path / "empty.txt").touch()
    out, err = StringIO(), StringIO()
    call_command(
        "import_folder",
        project.public_id,
        str(tmp_path),
        "--as",
        owner.email,
        "--skip-processing",
        stdout=out,
        stderr=err,
    )
    documents = Document.objects.order_by("id")
    assert [document.title for document in documents] == ["a.txt", "b.txt"]
    assert {document.status for document in documents} == {"uploaded"}
    assert out.getvalue().strip() == "2 imported, 1 refused"
    assert "empty.txt: The file is empty." in err.getvalue()


def test_import_folder_is_for_editors(project, tmp_path):
    viewer = make_viewer(project)
    with pytest.raises(CommandError, match="editors"):
        call_command("import_folder", project.public_id, str(tmp_path), "--as", viewer.email)
