from django.conf import settings
from django.db import models

from docket.accounts.models import Organisation
from docket.core import clock, ids
from docket.projects.models import Project


class Tag(models.Model):
    public_id = models.CharField(max_length=32, unique=True, editable=False, default=ids.tag_id)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=60)
    name_key = models.CharField(max_length=80, editable=False)
    colour = models.CharField(max_length=7, default="#6b7280")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name_key"], name="tag_name_per_office"
            ),
        ]

    def __str__(self):
        return self.name


class DocumentStatus(models.TextChoices):
    UPLOADED = "uploaded", "Uploaded"
    QUEUED = "queued", "Queued"
    PROCESSING = "processing", "Processing"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"


class Document(models.Model):
    public_id = models.CharField(
        max_length=32, unique=True, editable=False, default=ids.document_id
    )
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(max_length=160)
    status = models.CharField(
        max_length=16, choices=DocumentStatus.choices, default=DocumentStatus.UPLOADED
    )
    status_changed_at = models.DateTimeField(default=clock.now, editable=False)
    tags = models.ManyToManyField(Tag, blank=True, related_name="documents")
    filename = models.CharField(max_length=160, blank=True)
    page_count = models.PositiveIntegerField(null=True, editable=False)
    checksum = models.CharField(max_length=64, blank=True, editable=False)
    keywords = models.JSONField(default=list, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    last_activity_at = models.DateTimeField(default=clock.now, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["project", "status"], name="document_project_status"),
        ]

    def __str__(self):
        return self.title


class DocumentVersion(models.Model):
    public_id = models.CharField(max_length=32, unique=True, editable=False, default=ids.version_id)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    filename = models.CharField(max_length=160)
    content_type = models.CharField(max_length=80)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_number_once"),
        ]

    def __str__(self):
        return f"{self.document} v{self.number}"


class Pipeline(models.TextChoices):
    FULL = "full", "Full"
    TEXT = "text", "Text only"


class Priority(models.TextChoices):
    LOW = "low", "Low"
    NORMAL = "normal", "Normal"
    HIGH = "high", "High"


class RunStatus(models.TextChoices):
    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    SUCCEEDED = "succeeded", "Succeeded"
    FAILED = "failed", "Failed"


class ProcessingRun(models.Model):
    public_id = models.CharField(max_length=32, unique=True, editable=False, default=ids.run_id)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="runs")
    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="runs")
    pipeline = models.CharField(max_length=16, choices=Pipeline.choices, default=Pipeline.FULL)
    priority = models.CharField(max_length=16, choices=Priority.choices, default=Priority.NORMAL)
    status = models.CharField(max_length=16, choices=RunStatus.choices, default=RunStatus.QUEUED)
    attempt = models.PositiveIntegerField(default=1)
    idempotency_key = models.CharField(max_length=64, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    stages = models.JSONField(default=list)
    failure_code = models.CharField(max_length=40, blank=True)
    failure_reason = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "idempotency_key"],
                condition=~models.Q(idempotency_key=""),
                name="run_key_once",
            ),
        ]

    def __str__(self):
        return f"{self.document} run {self.attempt} ({self.status})"


class Comment(models.Model):
    public_id = models.CharField(max_length=32, unique=True, editable=False, default=ids.comment_id)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = models.TextField()
    created_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self):
        return self.public_id
