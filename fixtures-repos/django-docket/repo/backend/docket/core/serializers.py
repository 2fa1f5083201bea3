from rest_framework import serializers

from docket.core.fields import PublicIdField, TimestampField
from docket.core.models import AuditEvent


class AuditEventSerializer(serializers.ModelSerializer):
    id = PublicIdField()
    actor = serializers.SerializerMethodField()
    created_at = TimestampField()

    class Meta:
        model = AuditEvent
        fields = ["id", "action", "actor", "subject_type", "subject_id", "data", "created_at"]

    def get_actor(self, event):
        if event.actor is None:
            return None
        return {"id": event.actor.public_id, "name": event.actor.name}
