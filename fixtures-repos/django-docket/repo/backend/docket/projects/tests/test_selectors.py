from docket.accounts.models import OrganisationRole
from docket.accounts.tests.factories import make_seat, make_user
from docket.projects import selectors
from docket.projects.models import ProjectRole
from docket.projects.tests.factories import make_editor, make_membership, make_viewer


def test_visible_projects_lists_each_project_once(project, owner):
    seat = project.organisation.members.get(user=owner)
    seat.role = OrganisationRole.ADMIN
    seat.save()
    make_membership(project=project)
    assert list(selectors.visible_projects(user=owner)) == [project]


def test_visible_projects_hides_projects_from_colleagues(project):
    colleague = make_seat(organisation=project.organisation).user
    assert not selectors.visible_projects(user=colleague).exists()


def test_role_in_project_of_a_stranger_is_none(project):
    assert selectors.role_in_project(project=project, user=make_user()) is None


def test_role_in_project_ranks_administrators_above_their_membership(project):
    admin = make_seat(organisation=project.organisation, role=OrganisationRole.ADMIN).user
    make_membership(project=project, user=admin)
    assert selectors.role_in_project(project=project, user=admin) == ProjectRole.OWNER


def test_has_role_follows_the_ranking(project):
    editor, viewer = make_editor(project), make_viewer(project)
    assert selectors.has_role(project=project, user=editor, minimum=ProjectRole.VIEWER)
    assert selectors.has_role(project=project, user=editor, minimum=ProjectRole.EDITOR)
    assert not selectors.has_role(project=project, user=editor, minimum=ProjectRole.OWNER)
    assert not selectors.has_role(project=project, user=viewer, minimum=ProjectRole.EDITOR)


def test_list_memberships_loads_people_at_once(project, django_assert_num_queries):
    make_viewer(project)
    make_editor(project)
    with django_assert_num_queries(1):
        assert all(row.user.name for row in selectors.list_memberships(project=project))
