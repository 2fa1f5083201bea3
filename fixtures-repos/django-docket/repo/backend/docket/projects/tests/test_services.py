import pytest

from docket.core.errors import Conflict, InvalidState
from docket.core.selectors import list_project_events
from docket.projects import services
from docket.projects.models import ProjectRole, ProjectStatus
from docket.projects.tests.factories import make_membership, make_project


def last_event(project):
    return list_project_events(project=project).order_by("-id").first()


def test_create_project_makes_its_creator_the_owner(organisation, owner):
    project = services.create_project(organisation=organisation, actor=owner, name="Quay")
    membership = project.memberships.get()
    assert membership.user == owner
    assert membership.role == ProjectRole.OWNER
    assert membership.added_by == owner


def test_create_project_is_audited(organisation, owner):
    project = services.create_project(organisation=organisation, actor=owner, name="Quay")
    event = last_event(project)
    assert event.action == "project.created"
    assert event.actor == owner


def test_create_project_allows_a_name_used_in_another_office(project, owner):
    other = make_project()
    created = services.create_project(
        organisation=other.organisation, actor=owner, name=project.name
    )
    assert created.name_key == project.name_key


def test_update_project_renames_name_and_key(project, owner):
    services.update_project(project=project, actor=owner, name=" Mill  STREET ")
    project.refresh_from_db()
    assert project.name == "Mill STREET"
    assert project.name_key == "mill street"


def test_update_project_may_keep_its_own_name(project, owner):
    services.update_project(project=project, actor=owner, name="MILL LANE")
    project.refresh_from_db()
    assert project.name == "MILL LANE"


def test_update_project_refuses_a_taken_name(project, owner):
    make_project(organisation=project.organisation, name="Quay")
    with pytest.raises(Conflict):
        services.update_project(project=project, actor=owner, name="quay")


def test_update_project_audits_the_field_names(project, owner):
    services.update_project(project=project, actor=owner, name="Quay", reference="Q 1")
    assert last_event(project).data == {"fields": ["name", "reference"]}


def test_update_project_refuses_archived_projects(project, owner):
    services.archive_project(project=project, actor=owner)
    with pytest.raises(InvalidState) as caught:
        services.update_project(project=project, actor=owner, name="Quay")
    assert caught.value.code == "project_archived"


def test_restore_project_needs_an_archived_project(project, owner):
    with pytest.raises(InvalidState) as caught:
        services.restore_project(project=project, actor=owner)
    assert caught.value.code == "project_not_archived"


def test_restore_project_is_audited(project, owner):
    services.archive_project(project=project, actor=owner)
    services.restore_project(project=project, actor=owner)
    project.refresh_from_db()
    assert project.status == ProjectStatus.ACTIVE
    assert project.archived_at is None
    assert last_event(project).action == "project.restored"


def test_add_member_refuses_members(project, owner):
    membership = make_membership(project=project)
    with pytest.raises(Conflict) as caught:
        services.add_member(
            project=project, user=membership.user, role=ProjectRole.EDITOR, actor=owner
        )
    assert caught.value.code == "already_member"


def test_change_member_role_audits_both_roles(project, owner):
    membership = make_membership(project=project)
    services.change_member_role(membership=membership, role=ProjectRole.EDITOR, actor=owner)
    assert last_event(project).data == {"from": "viewer", "to": "editor"}


def test_change_member_role_keeps_the_last_owner(project, owner):
    membership = project.memberships.get()
    with pytest.raises(Conflict) as caught:
        services.change_member_role(membership=membership, role=ProjectRole.VIEWER, actor=owner)
    assert caught.value.code == "last_owner"


def test_remove_member_keeps_the_last_owner(project, owner):
    make_membership(project=project, role=ProjectRole.EDITOR)
    with pytest.raises(Conflict):
        services.remove_member(
            membership=project.memberships.get(role=ProjectRole.OWNER), actor=owner
        )


def test_remove_member_lets_one_of_two_owners_go(project, owner):
    make_membership(project=project, role=ProjectRole.OWNER)
    services.remove_member(membership=project.memberships.get(user=owner), actor=owner)
    assert project.memberships.count() == 1
