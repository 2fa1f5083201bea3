from docket.core.models import AuditEvent


def list_project_events(*, project):
    return AuditEvent.objects.filter(project_ref=project.public_id).select_related("actor")


def list_subject_events(*, subject):
    return AuditEvent.objects.filter(subject_id=subject.public_id).select_related("actor")
