from django.db.models import Count, OuterRef, Q, Subquery

from docket.accounts.models import OrganisationMember, OrganisationRole
from docket.accounts.selectors import is_organisation_admin
from docket.core.errors import NotFound
from docket.core.text import normalise_name
from docket.projects.models import Membership, Project, ProjectRole

RANKS = {ProjectRole.VIEWER: 1, ProjectRole.EDITOR: 2, ProjectRole.OWNER: 3}


def visible_projects(*, user):
    memberships = Membership.objects.filter(user=user)
    offices = OrganisationMember.objects.filter(user=user, role=OrganisationRole.ADMIN)
    return Project.objects.filter(
        Q(pk__in=memberships.values("project")) | Q(organisation__in=offices.values("organisation"))
    )


def list_projects(*, user, status=None, query=""):
    projects = visible_projects(user=user)
    if status:
        projects = projects.filter(status=status)
    if query:
        projects = projects.filter(
            Q(name_key__contains=normalise_name(query)) | Q(reference__iexact=query)
        )
    return _described(projects, user=user)


def get_project(*, user, project_id):
    project = _described(visible_projects(user=user), user=user).filter(public_id=project_id)
    found = project.first()
    if found is None:
        raise NotFound("Project not found.")
    return found


def project_name_taken(*, organisation, name, exclude=None):
    projects = Project.objects.filter(organisation=organisation, name_key=normalise_name(name))
    if exclude is not None:
        projects = projects.exclude(pk=exclude.pk)
    return projects.exists()


def role_in_project(*, project, user):
    if is_organisation_admin(organisation=project.organisation, user=user):
        return ProjectRole.OWNER
    return (
        Membership.objects.filter(project=project, user=user).values_list("role", flat=True).first()
    )


def has_role(*, project, user, minimum):
    role = role_in_project(project=project, user=user)
    return role is not None and RANKS[role] >= RANKS[minimum]


def list_memberships(*, project):
    return Membership.objects.filter(project=project).select_related("user", "added_by")


def get_membership(*, project, membership_id):
    membership = list_memberships(project=project).filter(public_id=membership_id).first()
    if membership is None:
        raise NotFound("Member not found.")
    return membership


def is_member(*, project, user):
    return Membership.objects.filter(project=project, user=user).exists()


def is_last_owner(*, membership):
    if membership.role != ProjectRole.OWNER:
        return False
    owners = Membership.objects.filter(project=membership.project, role=ProjectRole.OWNER)
    return not owners.exclude(pk=membership.pk).exists()


def _described(projects, *, user):
    role = Membership.objects.filter(project=OuterRef("pk"), user=user).values("role")[:1]
    return projects.select_related("organisation").annotate(
        own_role=Subquery(role),
        document_count=Count("documents", distinct=True),
        member_count=Count("memberships", distinct=True),
    )
