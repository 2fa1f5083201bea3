import pytest

from docket.accounts.models import OrganisationRole
from docket.accounts.tests.factories import make_seat, make_user
from docket.documents.models import DocumentStatus, RunStatus
from docket.documents.tests.factories import (
    make_comment,
    make_document,
    make_run,
    make_tag,
    make_version,
)
from docket.projects.tests.factories import make_editor, make_viewer


@pytest.fixture
def document(project, owner):
    return make_document(project=project, title="Lease", created_by=owner)


@pytest.fixture
def url(document):
    return f"/api/documents/{document.public_id}/"


def test_list_is_newest_first(project, owner, api, frozen_clock):
    make_document(project=project, title="Old")
    frozen_clock.advance(seconds=1)
    make_document(project=project, title="New")
    items = api(owner).get(f"/api/projects/{project.public_id}/documents/").json()["items"]
    assert [item["title"] for item in items] == ["New", "Old"]
    assert items[1]["created_at"] == "2026-03-09T08:30:15.250Z"


def test_list_filters_by_status_tag_and_title(project, owner, api):
    tag = make_tag(organisation=project.organisation)
    tagged = make_document(project=project, title="Tagged")
    tagged.tags.add(tag, make_tag(organisation=project.organisation, name="Other"))
    make_document(project=project, title="Broken", status=DocumentStatus.FAILED)
    client, url = api(owner), f"/api/projects/{project.public_id}/documents/"

    def titles(**filters):
        return [item["title"] for item in client.get(url, filters).json()["items"]]

    assert titles(status="failed") == ["Broken"]
    assert titles(tag=tag.public_id) == ["Tagged"]
    assert titles(q="brok") == ["Broken"]


def test_list_takes_the_same_queries_for_any_length(project, owner, api, django_assert_num_queries):
    tag = make_tag(organisation=project.organisation)
    for _ in range(4):
        make_document(project=project).tags.add(tag)
    with django_assert_num_queries(7):
        api(owner).get(f"/api/projects/{project.public_id}/documents/")


def test_detail_counts_versions_and_comments_once(document, owner, url, api):
    make_version(document=document, number=1)
    make_version(document=document, number=2)
    make_comment(document=document)
    body = api(owner).get(url).json()
    assert body["version_count"] == 2
    assert body["comment_count"] == 1


def test_detail_is_404_to_strangers(url, api):
    answer = api(make_user()).get(url)
    assert answer.status_code == 404
    assert answer.json()["error"]["message"] == "Document not found."


def test_title_is_not_changed_by_viewers(document, url, api):
    assert api(make_viewer(document.project)).patch(url, {"title": "New"}).status_code == 403


def test_document_is_deleted_by_owners_only(document, owner, url, api):
    assert api(make_editor(document.project)).delete(url).status_code == 403
    assert api(owner).delete(url).status_code == 204
    assert api(owner).get(url).status_code == 404


def test_status_shows_the_latest_run(document, owner, url, api, frozen_clock):
    version = make_version(document=document)
    make_run(document=document, version=version, status=RunStatus.SUCCEEDED)
    frozen_clock.advance(seconds=1)
    make_run(
        document=document,
        version=version,
        attempt=2,
        status=RunStatus.FAILED,
        failure_code="empty",
        failure_reason="The file has no text.",
    )
    body = api(owner).get(f"{url}status/").json()
    assert body["status"] == "ready"
    assert body["run"]["attempt"] == 2
    assert body["run"]["failure"] == {"code": "empty", "reason": "The file has no text."}


def test_runs_are_listed_newest_first(document, owner, url, api, frozen_clock):
    version = make_version(document=document)
    make_run(document=document, version=version)
    frozen_clock.advance(seconds=1)
    make_run(document=document, version=version, attempt=2)
    items = api(owner).get(f"{url}runs/").json()["items"]
    assert [item["attempt"] for item in items] == [2, 1]


def test_versions_are_listed_from_the_last(document, owner, url, api):
    make_version(document=document, number=1)
    make_version(document=document, number=2)
    items = api(owner).get(f"{url}versions/").json()["items"]
    assert [item["number"] for item in items] == [2, 1]
    assert "content" not in items[0]


def test_version_is_added_by_editors(document, url, api):
    answer = api(make_editor(document.project)).post(f"{url}versions/", {"content": "Two"})
    assert answer.status_code == 201
    assert answer.json()["number"] == 1


def test_version_is_removed_by_owners_only(document, owner, url, api):
    make_version(document=document)
    assert api(make_editor(document.project)).delete(f"{url}versions/1/").status_code == 403
    assert api(owner).delete(f"{url}versions/1/").status_code == 204
    assert api(owner).get(f"{url}versions/1/").status_code == 404


def test_tags_are_replaced(document, owner, url, api):
    tag = make_tag(organisation=document.project.organisation)
    answer = api(owner).put(f"{url}tags/", {"tags": [tag.public_id]})
    assert answer.status_code == 200
    assert answer.json()["tags"] == [{"id": tag.public_id, "name": tag.name}]


def test_viewers_may_comment(document, url, api):
    viewer = make_viewer(document.project)
    answer = api(viewer).post(f"{url}comments/", {"body": "Fine."})
    assert answer.status_code == 201
    assert answer.json()["author"]["id"] == viewer.public_id


def test_comments_are_listed_newest_first(document, owner, url, api, frozen_clock):
    make_comment(document=document, author=owner, body="First")
    frozen_clock.advance(seconds=1)
    make_comment(document=document, body="Second")
    items = api(owner).get(f"{url}comments/").json()["items"]
    assert [item["body"] for item in items] == ["Second", "First"]
    assert items[0]["author"] is None


def test_tag_is_created_by_staff_not_by_guests(organisation, api):
    staff = make_seat(organisation=organisation).user
    guest = make_seat(organisation=organisation, role=OrganisationRole.GUEST).user
    url = f"/api/organisations/{organisation.public_id}/tags/"
    assert api(guest).post(url, {"name": "Survey"}).status_code == 403
    assert api(staff).post(url, {"name": "Survey"}).status_code == 201
    assert [item["name"] for item in api(guest).get(url).json()["items"]] == ["Survey"]
