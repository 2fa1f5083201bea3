from django.conf import settings
from django.db import models

from docket.core import clock, ids


class AuditEvent(models.Model):
    public_id = models.CharField(max_length=32, unique=True, editable=False, default=ids.event_id)
    action = models.CharField(max_length=64)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    subject_type = models.CharField(max_length=32)
    subject_id = models.CharField(max_length=32, db_index=True)
    project_ref = models.CharField(max_length=32, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["project_ref", "-created_at"], name="audit_project_created"),
        ]
        verbose_name = "audit event"

    def __str__(self):
        return f"{self.action} {self.subject_id}"
