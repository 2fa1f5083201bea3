import pytest

from docket.accounts.models import OrganisationRole
from docket.accounts.tests.factories import make_seat, make_user
from docket.documents.tests.factories import make_document
from docket.projects.models import Project
from docket.projects.tests.factories import (
    make_editor,
    make_membership,
    make_project,
    make_viewer,
)


@pytest.fixture
def url(project):
    return f"/api/projects/{project.public_id}/"


def test_create_returns_the_project(organisation, owner, api):
    make_seat(organisation=organisation, user=owner)
    answer = api(owner).post(
        "/api/projects/",
        {"organisation": organisation.public_id, "name": "Quay  Road", "reference": "QR-1"},
    )
    assert answer.status_code == 201
    body = answer.json()
    assert body["name"] == "Quay Road"
    assert body["reference"] == "QR-1"
    assert body["role"] == "owner"
    assert body["status"] == "active"
    assert body["member_count"] == 1
    assert body["document_count"] == 0
    assert body["organisation"] == {
        "id": organisation.public_id,
        "name": organisation.name,
    }


def test_create_is_refused_to_guests(organisation, api):
    guest = make_seat(organisation=organisation, role=OrganisationRole.GUEST).user
    answer = api(guest).post(
        "/api/projects/", {"organisation": organisation.public_id, "name": "Quay Road"}
    )
    assert answer.status_code == 403


def test_create_in_an_office_of_others_is_404(organisation, owner, api):
    answer = api(owner).post(
        "/api/projects/", {"organisation": organisation.public_id, "name": "Quay Road"}
    )
    assert answer.status_code == 404
    assert not Project.objects.exists()


def test_create_refuses_a_taken_name(project, owner, api):
    answer = api(owner).post(
        "/api/projects/",
        {"organisation": project.organisation.public_id, "name": "MILL lane"},
    )
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "name_taken"


def test_list_shows_own_projects_by_name(organisation, owner, api):
    make_project(organisation=organisation, owner=owner, name="willow")
    make_project(organisation=organisation, owner=owner, name="Ash")
    make_project(organisation=organisation, name="Hidden")
    items = api(owner).get("/api/projects/").json()["items"]
    assert [item["name"] for item in items] == ["Ash", "willow"]


def test_list_filters_by_status(project, owner, api):
    make_project(organisation=project.organisation, owner=owner, name="Old", status="archived")
    items = api(owner).get("/api/projects/", {"status": "archived"}).json()["items"]
    assert [item["name"] for item in items] == ["Old"]


def test_list_searches_names_and_references(project, owner, api):
    make_project(organisation=project.organisation, owner=owner, name="Other", reference="ZX-9")
    client = api(owner)
    by_name = client.get("/api/projects/", {"q": "MILL"}).json()["items"]
    by_reference = client.get("/api/projects/", {"q": "zx-9"}).json()["items"]
    assert [item["name"] for item in by_name] == ["Mill Lane"]
    assert [item["name"] for item in by_reference] == ["Other"]


def test_list_takes_the_same_queries_for_any_length(
    organisation, owner, api, django_assert_num_queries
):
    for _ in range(4):
        make_project(organisation=organisation, owner=owner)
    with django_assert_num_queries(3):
        api(owner).get("/api/projects/")


def test_detail_shows_counts_and_role(project, url, api):
    editor = make_editor(project)
    make_document(project=project)
    make_document(project=project)
    body = api(editor).get(url).json()
    assert body["document_count"] == 2
    assert body["member_count"] == 2
    assert body["role"] == "editor"
    assert body["archived_at"] is None


def test_detail_is_404_to_strangers(url, api):
    answer = api(make_user()).get(url)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


def test_detail_is_open_to_administrators_as_owners(project, url, api):
    admin = make_seat(organisation=project.organisation, role=OrganisationRole.ADMIN).user
    assert api(admin).get(url).json()["role"] == "owner"


def test_patch_changes_the_given_fields(project, owner, url, api):
    answer = api(owner).patch(url, {"description": "Two bays."})
    assert answer.status_code == 200
    project.refresh_from_db()
    assert project.description == "Two bays."
    assert project.name == "Mill Lane"


def test_patch_with_nothing_is_422(owner, url, api):
    answer = api(owner).patch(url, {"status": "archived"})
    assert answer.status_code == 422
    assert answer.json()["error"]["details"][0]["code"] == "empty"


def test_patch_is_refused_to_viewers(project, url, api):
    assert api(make_viewer(project)).patch(url, {"name": "X"}).status_code == 403


def test_archive_is_for_owners(project, url, api):
    assert api(make_editor(project)).post(f"{url}archive/").status_code == 403


def test_archive_stamps_the_time(owner, url, api, frozen_clock):
    body = api(owner).post(f"{url}archive/").json()
    assert body["status"] == "archived"
    assert body["archived_at"] == "2026-03-09T08:30:15.250Z"


def test_archive_twice_is_409(owner, url, api):
    client = api(owner)
    client.post(f"{url}archive/")
    answer = client.post(f"{url}archive/")
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "project_archived"


def test_activity_is_newest_first(owner, url, api, frozen_clock):
    client = api(owner)
    client.patch(url, {"name": "Mill Street"})
    frozen_clock.advance(seconds=1)
    client.post(f"{url}archive/")
    items = client.get(f"{url}activity/").json()["items"]
    assert [item["action"] for item in items] == ["project.archived", "project.updated"]
    assert items[0]["actor"] == {"id": owner.public_id, "name": owner.name}


def test_members_are_listed(project, owner, url, api):
    viewer = make_viewer(project)
    items = api(viewer).get(f"{url}members/").json()["items"]
    assert {item["user"]["id"] for item in items} == {owner.public_id, viewer.public_id}


def test_member_is_not_added_by_editors(project, url, api):
    answer = api(make_editor(project)).post(
        f"{url}members/", {"email": make_user().email, "role": "viewer"}
    )
    assert answer.status_code == 403


def test_member_role_is_changed(project, owner, url, api):
    membership = make_membership(project=project)
    answer = api(owner).patch(f"{url}members/{membership.public_id}/", {"role": "editor"})
    assert answer.status_code == 200
    membership.refresh_from_db()
    assert membership.role == "editor"


def test_member_of_another_project_is_404(project, owner, url, api):
    other = make_membership(project=make_project(organisation=project.organisation))
    answer = api(owner).delete(f"{url}members/{other.public_id}/")
    assert answer.status_code == 404


def test_member_is_removed(project, owner, url, api):
    membership = make_membership(project=project)
    answer = api(owner).delete(f"{url}members/{membership.public_id}/")
    assert answer.status_code == 204
    assert project.memberships.count() == 1
