from itertools import count

from docket.accounts.tests.factories import make_organisation, make_seat, make_user
from docket.core.text import normalise_name
from docket.projects.models import Membership, Project, ProjectRole

sequence = count(1)


def make_project(*, organisation=None, owner=None, name=None, **extra):
    organisation = organisation or make_organisation()
    name = name or f"Project {next(sequence)}"
    project = Project.objects.create(
        organisation=organisation, name=name, name_key=normalise_name(name), **extra
    )
    if owner is not None:
        if not organisation.members.filter(user=owner).exists():
            make_seat(organisation=organisation, user=owner)
        make_membership(project=project, user=owner, role=ProjectRole.OWNER)
    return project


def make_membership(*, project, user=None, role=ProjectRole.VIEWER):
    user = user or make_user()
    return Membership.objects.create(project=project, user=user, role=role)


def make_editor(project):
    return make_membership(project=project, role=ProjectRole.EDITOR).user


def make_viewer(project):
    return make_membership(project=project, role=ProjectRole.VIEWER).user
