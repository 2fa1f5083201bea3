import re

from rest_framework import serializers

from docket.accounts.serializers import UserSerializer
from docket.core.fields import NameField, PublicIdField, TimestampField
from docket.documents.models import (
    Comment,
    Document,
    DocumentStatus,
    DocumentVersion,
    Pipeline,
    Priority,
    ProcessingRun,
    Tag,
)


class TagSerializer(serializers.ModelSerializer):
    id = PublicIdField()
    created_at = TimestampField()

    class Meta:
        model = Tag
        fields = ["id", "name", "colour", "created_at"]


class DocumentSummarySerializer(serializers.ModelSerializer):
    id = PublicIdField()
    tags = serializers.SerializerMethodField()
    version_count = serializers.IntegerField()
    comment_count = serializers.IntegerField()
    last_activity_at = TimestampField()
    created_at = TimestampField()

    class Meta:
        model = Document
        fields = [
            "id",
            "title",
            "status",
            "filename",
            "page_count",
            "tags",
            "version_count",
            "comment_count",
            "last_activity_at",
            "created_at",
        ]

    def get_tags(self, document):
        return [{"id": tag.public_id, "name": tag.name} for tag in document.tags.all()]


class DocumentDetailSerializer(DocumentSummarySerializer):
    project = serializers.CharField(source="project.public_id")
    created_by = UserSerializer()

    class Meta(DocumentSummarySerializer.Meta):
        fields = [
            *DocumentSummarySerializer.Meta.fields,
            "project",
            "checksum",
            "keywords",
            "created_by",
        ]


class VersionSerializer(serializers.ModelSerializer):
    id = PublicIdField()
    created_by = UserSerializer()
    created_at = TimestampField()

    class Meta:
        model = DocumentVersion
        fields = [
            "id",
            "number",
            "filename",
            "content_type",
            "size",
            "created_by",
            "created_at",
        ]


class RunSerializer(serializers.ModelSerializer):
    id = PublicIdField()
    document = serializers.CharField(source="document.public_id")
    version = serializers.IntegerField(source="version.number")
    requested_by = UserSerializer()
    failure = serializers.SerializerMethodField()
    started_at = TimestampField()
    finished_at = TimestampField()
    created_at = TimestampField()

    class Meta:
        model = ProcessingRun
        fields = [
            "id",
            "document",
            "version",
            "pipeline",
            "priority",
            "status",
            "attempt",
            "stages",
            "failure",
            "requested_by",
            "started_at",
            "finished_at",
            "created_at",
        ]

    def get_failure(self, run):
        if not run.failure_code:
            return None
        return {"code": run.failure_code, "reason": run.failure_reason}


class DocumentStatusSerializer(serializers.ModelSerializer):
    id = PublicIdField()
    status_changed_at = TimestampField()
    run = serializers.SerializerMethodField()

    class Meta:
        model = Document
        fields = ["id", "status", "status_changed_at", "run"]

    def get_run(self, document):
        if self.context["run"] is None:
            return None
        return RunSerializer(self.context["run"]).data


class CommentSerializer(serializers.ModelSerializer):
    id = PublicIdField()
    author = UserSerializer()
    created_at = TimestampField()

    class Meta:
        model = Comment
        fields = ["id", "body", "author", "created_at"]


class FileInput(serializers.Serializer):
    file = serializers.FileField(required=False)
    content = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    filename = NameField(max_length=160, required=False)
    content_type = serializers.CharField(max_length=80, default="text/plain")

    def validate(self, attrs):
        file = attrs.pop("file", None)
        if file is not None:
            return {
                **attrs,
                "filename": attrs.get("filename") or file.name,
                "content_type": file.content_type or attrs["content_type"],
                "content": file.read(),
            }
        if "content" not in attrs:
            raise serializers.ValidationError(
                {"content": ["Send a file or content."]}, code="required"
            )
        attrs["content"] = attrs["content"].encode()
        attrs.setdefault("filename", "untitled.txt")
        return attrs


class UploadInput(FileInput):
    title = NameField(max_length=160, required=False)


class TitleInput(serializers.Serializer):
    title = NameField(max_length=160)


class ProcessInput(serializers.Serializer):
    pipeline = serializers.ChoiceField(choices=Pipeline.choices, default=Pipeline.FULL)
    priority = serializers.ChoiceField(choices=Priority.choices, default=Priority.NORMAL)


class IdempotencyKeyInput(serializers.Serializer):
    idempotency_key = serializers.RegexField(
        re.compile(r"^[\x21-\x7e]{1,64}$"), required=False, allow_blank=True, default=""
    )


class CommentInput(serializers.Serializer):
    body = serializers.CharField(max_length=4000)


class TagInput(serializers.Serializer):
    name = NameField(max_length=60)
    colour = serializers.RegexField(re.compile(r"^#[0-9a-fA-F]{6}$"), default="#6b7280")


class TagIdsInput(serializers.Serializer):
    tags = serializers.ListField(child=serializers.CharField(max_length=32), max_length=20)


class DocumentFilterInput(serializers.Serializer):
    status = serializers.ChoiceField(choices=DocumentStatus.choices, required=False)
    tag = serializers.CharField(required=False)
    q = serializers.CharField(required=False, allow_blank=True, default="")


class ExportInput(serializers.Serializer):
    format = serializers.ChoiceField(choices=["csv", "txt"], default="csv")
    status = serializers.ChoiceField(choices=DocumentStatus.choices, required=False)
