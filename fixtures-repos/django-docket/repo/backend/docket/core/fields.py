from datetime import timezone

from rest_framework import serializers

from docket.core.text import clean_name


class TimestampField(serializers.DateTimeField):
    def __init__(self, **kwargs):
        kwargs.setdefault("read_only", True)
        super().__init__(**kwargs)

    def to_representation(self, value):
        if value is None:
            return None
        moment = value.astimezone(timezone.utc)
        return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


class PublicIdField(serializers.CharField):
    def __init__(self, **kwargs):
        kwargs.setdefault("source", "public_id")
        kwargs["read_only"] = True
        super().__init__(**kwargs)


class NameField(serializers.CharField):
    def to_internal_value(self, data):
        value = clean_name(super().to_internal_value(data))
        if not value:
            self.fail("blank")
        return value
