import pytest

from docket.documents.tests.factories import make_document
from docket.projects.tests.factories import make_viewer


@pytest.fixture
def document(project):
    return make_document(project=project, title="Lease")


@pytest.fixture
def url(document):
    return f"/api/documents/{document.public_id}/"


def person(user):
    return {"id": user.public_id, "name": user.name, "email": user.email}


def test_document_without_a_reviewer_shows_null(owner, url, api):
    assert api(owner).get(url).json()["reviewer"] is None


def test_document_shows_its_reviewer(project, owner, url, api):
    reviewer = make_viewer(project)
    body = api(owner).post(f"{url}assign/", {"reviewer": reviewer.public_id}).json()
    assert body["reviewer"] == person(reviewer)
    assert api(reviewer).get(url).json()["reviewer"] == person(reviewer)


def test_next_reviewer_replaces_the_last(project, owner, url, api):
    first, second = make_viewer(project), make_viewer(project)
    client = api(owner)
    client.post(f"{url}assign/", {"reviewer": first.public_id})
    answer = client.post(f"{url}assign/", {"reviewer": second.public_id})
    assert answer.status_code == 200
    assert answer.json()["reviewer"] == person(second)
    assert client.get(url).json()["reviewer"] == person(second)


def test_replaced_reviewer_reviews_no_more(document, project, owner, url, api):
    first, second = make_viewer(project), make_viewer(project)
    client = api(owner)
    client.post(f"{url}assign/", {"reviewer": first.public_id})
    client.post(f"{url}assign/", {"reviewer": second.public_id})
    answer = client.post(f"{url}unassign/", {"reviewer": first.public_id})
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "not_reviewer"
    listed = f"/api/projects/{project.public_id}/documents/"
    assert client.get(listed, {"reviewer": first.public_id}).json()["items"] == []
    items = client.get(listed, {"reviewer": second.public_id}).json()["items"]
    assert [item["id"] for item in items] == [document.public_id]


def test_replaced_reviewer_can_come_back(project, owner, url, api):
    first, second = make_viewer(project), make_viewer(project)
    client = api(owner)
    for reviewer in (first, second, first):
        answer = client.post(f"{url}assign/", {"reviewer": reviewer.public_id})
        assert answer.status_code == 200
        assert answer.json()["reviewer"] == person(reviewer)


def test_document_shows_null_when_unassigned(project, owner, url, api):
    reviewer = make_viewer(project)
    client = api(owner)
    client.post(f"{url}assign/", {"reviewer": reviewer.public_id})
    body = client.post(f"{url}unassign/", {"reviewer": reviewer.public_id}).json()
    assert body["reviewer"] is None
    assert client.get(url).json()["reviewer"] is None
