from datetime import datetime, timedelta, timezone

from rest_framework import serializers

from docket.core.fields import NameField, TimestampField


class NameInput(serializers.Serializer):
    name = NameField(max_length=20)


def test_timestamp_has_milliseconds_and_z():
    moment = datetime(2026, 5, 1, 9, 0, 0, 7000, tzinfo=timezone.utc)
    assert TimestampField().to_representation(moment) == "2026-05-01T09:00:00.007Z"


def test_timestamp_is_shown_in_utc():
    moment = datetime(2026, 5, 1, 1, 0, tzinfo=timezone(timedelta(hours=2)))
    assert TimestampField().to_representation(moment) == "2026-04-30T23:00:00.000Z"


def test_timestamp_may_be_missing():
    assert TimestampField().to_representation(None) is None


def test_name_is_cleaned():
    serializer = NameInput(data={"name": "  Mill   Lane "})
    assert serializer.is_valid()
    assert serializer.validated_data["name"] == "Mill Lane"
