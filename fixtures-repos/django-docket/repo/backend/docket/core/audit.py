from docket.core import request_id
from docket.core.models import AuditEvent

ACTIONS = {
    "organisation.created",
    "organisation.member_added",
    "project.created",
    "project.updated",
    "project.archived",
    "project.restored",
    "project.member_added",
    "project.member_role_changed",
    "project.member_removed",
    "tag.created",
    "document.uploaded",
    "document.updated",
    "document.deleted",
    "document.tagged",
    "document.commented",
    "document.version_added",
    "document.version_removed",
    "document.processing_requested",
    "document.processed",
    "document.processing_failed",
}


def record_event(*, action, subject, actor=None, project=None, data=None):
    if action not in ACTIONS:
        raise ValueError(f"unknown audit action {action}")
    return AuditEvent.objects.create(
        action=action,
        actor=actor,
        subject_type=subject._meta.model_name,
        subject_id=subject.public_id,
        project_ref=project.public_id if project is not None else "",
        request_id=request_id.current(),
        data=data or {},
    )
