from django.db import transaction

from docket.core import clock
from docket.core.audit import record_event
from docket.core.errors import Conflict, InvalidState
from docket.core.text import clean_name, normalise_name
from docket.projects import selectors
from docket.projects.models import Membership, Project, ProjectRole, ProjectStatus


def ensure_active(*, project):
    if project.status == ProjectStatus.ARCHIVED:
        raise InvalidState("The project is archived.", code="project_archived")


@transaction.atomic
def create_project(*, organisation, actor, name, reference="", description=""):
    _ensure_name_free(organisation=organisation, name=name)
    project = Project.objects.create(
        organisation=organisation,
        name=clean_name(name),
        name_key=normalise_name(name),
        reference=clean_name(reference),
        description=description,
    )
    Membership.objects.create(project=project, user=actor, role=ProjectRole.OWNER, added_by=actor)
    record_event(action="project.created", actor=actor, subject=project, project=project)
    return project


@transaction.atomic
def update_project(*, project, actor, **changes):
    ensure_active(project=project)
    if "name" in changes:
        _ensure_name_free(organisation=project.organisation, name=changes["name"], exclude=project)
        changes["name"] = clean_name(changes["name"])
        changes["name_key"] = normalise_name(changes["name"])
    if "reference" in changes:
        changes["reference"] = clean_name(changes["reference"])
    for field, value in changes.items():
        setattr(project, field, value)
    project.save(update_fields=list(changes))
    record_event(
        action="project.updated",
        actor=actor,
        subject=project,
        project=project,
        data={"fields": sorted(set(changes) - {"name_key"})},
    )
    return project


@transaction.atomic
def archive_project(*, project, actor):
    ensure_active(project=project)
    project.status = ProjectStatus.ARCHIVED
    project.archived_at = clock.now()
    project.save(update_fields=["status", "archived_at"])
    record_event(action="project.archived", actor=actor, subject=project, project=project)
    return project


@transaction.atomic
def restore_project(*, project, actor):
    if project.status != ProjectStatus.ARCHIVED:
        raise InvalidState("The project is not archived.", code="project_not_archived")
    project.status = ProjectStatus.ACTIVE
    project.archived_at = None
    project.save(update_fields=["status", "archived_at"])
    record_event(action="project.restored", actor=actor, subject=project, project=project)
    return project


@transaction.atomic
def add_member(*, project, user, role, actor):
    ensure_active(project=project)
    if selectors.is_member(project=project, user=user):
        raise Conflict("This person is already a member.", code="already_member", field="email")
    membership = Membership.objects.create(project=project, user=user, role=role, added_by=actor)
    record_event(
        action="project.member_added",
        actor=actor,
        subject=membership,
        project=project,
        data={"user": user.public_id, "role": role},
    )
    return membership


@transaction.atomic
def change_member_role(*, membership, role, actor):
    ensure_active(project=membership.project)
    if role != ProjectRole.OWNER:
        _ensure_not_last_owner(membership=membership)
    previous = membership.role
    membership.role = role
    membership.save(update_fields=["role"])
    record_event(
        action="project.member_role_changed",
        actor=actor,
        subject=membership,
        project=membership.project,
        data={"from": previous, "to": role},
    )
    return membership


@transaction.atomic
def remove_member(*, membership, actor):
    _ensure_not_last_owner(membership=membership)
    record_event(
        action="project.member_removed",
        actor=actor,
        subject=membership,
        project=membership.project,
        data={"user": membership.user.public_id},
    )
    membership.delete()


def _ensure_name_free(*, organisation, name, exclude=None):
    if selectors.project_name_taken(organisation=organisation, name=name, exclude=exclude):
        raise Conflict("This name is already in use.", code="name_taken", field="name")


def _ensure_not_last_owner(*, membership):
    if selectors.is_last_owner(membership=membership):
        raise Conflict("A project needs at least one owner.", code="last_owner")
