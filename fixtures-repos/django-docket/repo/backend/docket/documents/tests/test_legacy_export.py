from docket.documents.models import DocumentStatus
from docket.documents.tests.factories import make_document, make_tag


def test_index_keeps_its_columns(project, owner, api, frozen_clock):
    document = make_document(project=project, title="Lease", page_count=3)
    document.tags.add(make_tag(organisation=project.organisation, name="Survey"))
    body = api(owner).get(f"/api/projects/{project.public_id}/export/").content.decode()
    assert body.splitlines() == [
        "Id;Title;Pages;Changed;Tags",
        f"{document.public_id};Lease;3 pages;09.03.2026;Survey",
    ]


def test_index_of_one_status(project, owner, api):
    make_document(project=project, title="Lease")
    make_document(project=project, title="Broken", status=DocumentStatus.FAILED)
    answer = api(owner).get(f"/api/projects/{project.public_id}/export/", {"status": "failed"})
    assert [line.split(";")[1:3] for line in answer.content.decode().splitlines()[1:]] == [
        ["Broken", "n/a"]
    ]


def test_index_in_an_unknown_format_is_422(project, owner, api):
    answer = api(owner).get(f"/api/projects/{project.public_id}/export/", {"format": "xls"})
    assert answer.status_code == 422
