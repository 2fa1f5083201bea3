import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from docket.documents.tests.factories import make_comment, make_document, make_version
from docket.projects.tests.factories import make_viewer


@pytest.fixture
def document(project):
    return make_document(project=project, title="Lease")


@pytest.fixture
def url(document):
    return f"/api/documents/{document.public_id}/"


@pytest.fixture
def people(project):
    return [make_viewer(project) for _ in range(3)]


def shown(body):
    return sorted(body["reviewers"], key=lambda person: person["id"])


def persons(*users):
    rows = [{"id": user.public_id, "name": user.name, "email": user.email} for user in users]
    return sorted(rows, key=lambda person: person["id"])


def test_document_without_reviewers_shows_an_empty_list(owner, url, api):
    assert api(owner).get(url).json()["reviewers"] == []


def test_reviewers_are_added(people, owner, url, api):
    client = api(owner)
    for number, reviewer in enumerate(people, start=1):
        answer = client.post(f"{url}assign/", {"reviewer": reviewer.public_id})
        assert answer.status_code == 200
        assert shown(answer.json()) == persons(*people[:number])
    assert shown(api(people[0]).get(url).json()) == persons(*people)


def test_one_of_several_is_unassigned(people, owner, url, api):
    client = api(owner)
    for reviewer in people:
        client.post(f"{url}assign/", {"reviewer": reviewer.public_id})
    answer = client.post(f"{url}unassign/", {"reviewer": people[1].public_id})
    assert answer.status_code == 200
    assert shown(answer.json()) == persons(people[0], people[2])
    assert shown(client.get(url).json()) == persons(people[0], people[2])


def test_one_of_several_is_not_assigned_again(people, owner, url, api):
    client = api(owner)
    for reviewer in people:
        client.post(f"{url}assign/", {"reviewer": reviewer.public_id})
    answer = client.post(f"{url}assign/", {"reviewer": people[0].public_id})
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "already_reviewer"
    assert shown(client.get(url).json()) == persons(*people)


def test_filter_lists_a_document_once_with_its_counts(
    document, project, people, owner, url, api
):
    version = make_version(document=document)
    make_version(document=document, number=version.number + 1)
    make_comment(document=document)
    client = api(owner)
    for reviewer in people:
        client.post(f"{url}assign/", {"reviewer": reviewer.public_id})
    for reviewer in people:
        path = f"/api/projects/{project.public_id}/documents/"
        items = client.get(path, {"reviewer": reviewer.public_id}).json()["items"]
        counts = [(item["id"], item["version_count"], item["comment_count"]) for item in items]
        assert counts == [(document.public_id, 2, 1)]


def test_detail_takes_as_many_queries_for_many_reviewers(people, owner, url, api):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            body = api(owner).get(url).json()
        return len(captured), len(body["reviewers"])

    api(owner).post(f"{url}assign/", {"reviewer": people[0].public_id})
    few, one = queries()
    for reviewer in people[1:]:
        api(owner).post(f"{url}assign/", {"reviewer": reviewer.public_id})
    many, three = queries()
    assert (one, three) == (1, 3)
    assert many == few
