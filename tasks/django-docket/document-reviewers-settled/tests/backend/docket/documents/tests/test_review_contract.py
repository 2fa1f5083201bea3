import pytest
from django.core.management import call_command

from docket.accounts.models import OrganisationRole
from docket.accounts.tests.factories import make_seat, make_user
from docket.core.selectors import list_project_events
from docket.documents.tests.factories import make_document
from docket.projects.tests.factories import (
    make_editor,
    make_membership,
    make_project,
    make_viewer,
)


@pytest.fixture
def document(project, owner):
    return make_document(project=project, title="Lease", created_by=owner)


@pytest.fixture
def reviewer(project):
    return make_viewer(project)


@pytest.fixture
def assign(document, project, owner, api):
    def post(person, *, by=owner, action="assign", to=document):
        path = f"/api/documents/{to.public_id}/{action}/"
        return api(by).post(path, {"reviewer": getattr(person, "public_id", person)})

    return post


@pytest.fixture
def found(project, owner, api):
    def ids(person):
        path = f"/api/projects/{project.public_id}/documents/"
        answer = api(owner).get(path, {"reviewer": person.public_id})
        assert answer.status_code == 200
        return {item["id"] for item in answer.json()["items"]}

    return ids


def refusal(answer):
    error = answer.json()["error"]
    return answer.status_code, error["code"], error["field"]


def events(project):
    rows = list_project_events(project=project).order_by("id")
    return [
        (row.action, row.actor_id, row.subject_id, row.data)
        for row in rows
        if row.action.startswith("document.reviewer")
    ]


def test_assign_answers_with_the_document(document, reviewer, assign):
    answer = assign(reviewer)
    assert answer.status_code == 200
    assert answer.json()["id"] == document.public_id
    assert answer.json()["title"] == "Lease"
    assert answer.json()["version_count"] == 0


def test_unassign_answers_with_the_document(document, reviewer, assign):
    assign(reviewer)
    answer = assign(reviewer, action="unassign")
    assert answer.status_code == 200
    assert answer.json()["id"] == document.public_id


@pytest.mark.parametrize("action", ["assign", "unassign"])
def test_reviewers_are_chosen_by_editors(project, reviewer, assign, action):
    assert assign(reviewer).status_code == 200
    other = reviewer if action == "unassign" else make_viewer(project)
    assert assign(other, by=make_viewer(project), action=action).status_code == 403
    assert assign(other, by=make_user(), action=action).status_code == 404
    assert assign(other, by=None, action=action).status_code == 401
    assert assign(other, by=make_editor(project), action=action).status_code == 200


@pytest.mark.parametrize("make", [make_viewer, make_editor])
def test_member_of_any_role_can_review(project, document, assign, found, make):
    person = make(project)
    assert assign(person).status_code == 200
    assert found(person) == {document.public_id}


def test_editor_can_review_what_they_assign(project, document, assign, found):
    editor = make_editor(project)
    assert assign(editor, by=editor).status_code == 200
    assert found(editor) == {document.public_id}


def test_colleague_outside_the_project_is_422(project, assign, found):
    colleague = make_seat(organisation=project.organisation).user
    assert refusal(assign(colleague)) == (422, "not_a_member", "reviewer")
    assert found(colleague) == set()


def test_administrator_without_membership_is_422(project, assign):
    admin = make_seat(organisation=project.organisation, role=OrganisationRole.ADMIN).user
    assert refusal(assign(admin)) == (422, "not_a_member", "reviewer")


def test_member_of_another_project_is_422(project, assign):
    other = make_viewer(make_project(organisation=project.organisation))
    assert refusal(assign(other)) == (422, "not_a_member", "reviewer")


@pytest.mark.parametrize("person", ["usr_0123456789abcdef", "nobody"])
def test_unknown_person_is_422(assign, person):
    assert refusal(assign(person)) == (422, "not_a_member", "reviewer")


@pytest.mark.parametrize("action", ["assign", "unassign"])
def test_reviewer_is_required(document, owner, api, action):
    answer = api(owner).post(f"/api/documents/{document.public_id}/{action}/", {})
    assert refusal(answer) == (422, "validation_failed", "reviewer")


def test_assigning_again_is_409(document, project, reviewer, assign, found):
    assign(reviewer)
    status, code, _ = refusal(assign(reviewer))
    assert (status, code) == (409, "already_reviewer")
    assert found(reviewer) == {document.public_id}
    assert len(events(project)) == 1


def test_unassigning_nobody_is_409(project, reviewer, assign):
    status, code, _ = refusal(assign(reviewer, action="unassign"))
    assert (status, code) == (409, "not_reviewer")
    assert events(project) == []


def test_unassigning_somebody_else_is_409(document, project, reviewer, assign, found):
    assign(reviewer)
    status, code, _ = refusal(assign(make_viewer(project), action="unassign"))
    assert (status, code) == (409, "not_reviewer")
    assert found(reviewer) == {document.public_id}


def test_unassigned_can_be_assigned_again(document, reviewer, assign, found):
    assign(reviewer)
    assign(reviewer, action="unassign")
    assert found(reviewer) == set()
    assert assign(reviewer).status_code == 200
    assert found(reviewer) == {document.public_id}


def test_reviewer_who_leaves_the_project_stays_until_unassigned(
    document, project, owner, api, assign, found
):
    membership = make_membership(project=project)
    assign(membership.user)
    path = f"/api/projects/{project.public_id}/members/{membership.public_id}/"
    assert api(owner).delete(path).status_code == 204
    assert found(membership.user) == {document.public_id}
    assert assign(membership.user, action="unassign").status_code == 200
    assert found(membership.user) == set()


@pytest.mark.parametrize("action", ["assign", "unassign"])
def test_archived_project_is_409(project, owner, api, reviewer, assign, action):
    if action == "unassign":
        assign(reviewer)
    assert api(owner).post(f"/api/projects/{project.public_id}/archive/").status_code == 200
    status, code, _ = refusal(assign(reviewer, action=action))
    assert (status, code) == (409, "project_archived")


def test_changes_are_on_the_activity_page(document, project, reviewer, assign):
    editor = make_editor(project)
    assign(reviewer, by=editor)
    assign(reviewer, by=editor, action="unassign")
    data = {"user": reviewer.public_id}
    assert events(project) == [
        ("document.reviewer_assigned", editor.pk, document.public_id, data),
        ("document.reviewer_unassigned", editor.pk, document.public_id, data),
    ]


def test_changes_are_activity_of_the_document(document, reviewer, assign, frozen_clock):
    frozen_clock.advance(hours=2)
    assert assign(reviewer).json()["last_activity_at"] == "2026-03-09T10:30:15.250Z"
    frozen_clock.advance(hours=1)
    answer = assign(reviewer, action="unassign")
    assert answer.json()["last_activity_at"] == "2026-03-09T11:30:15.250Z"


def test_filter_finds_what_a_person_reviews(document, project, reviewer, assign, found):
    second = make_document(project=project, title="Deed")
    make_document(project=project, title="Plan")
    assign(reviewer)
    assign(reviewer, to=second)
    assert found(reviewer) == {document.public_id, second.public_id}
    assert found(make_viewer(project)) == set()


def test_filter_goes_with_the_others(document, project, owner, api, reviewer, assign):
    second = make_document(project=project, title="Deed")
    assign(reviewer)
    assign(reviewer, to=second)
    path = f"/api/projects/{project.public_id}/documents/"
    items = api(owner).get(path, {"reviewer": reviewer.public_id, "q": "deed"}).json()["items"]
    assert [item["title"] for item in items] == ["Deed"]


def test_filter_keeps_the_summaries_as_they_are(document, project, owner, api, reviewer, assign):
    path = f"/api/projects/{project.public_id}/documents/"
    before = set(api(owner).get(path).json()["items"][0])
    assign(reviewer)
    items = api(owner).get(path, {"reviewer": reviewer.public_id}).json()["items"]
    assert [set(item) for item in items] == [before]


def test_migrations_are_complete(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
