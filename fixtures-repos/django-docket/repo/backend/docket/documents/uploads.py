from django.conf import settings
from django.db import transaction

from docket.core import clock, request_id
from docket.core.audit import record_event
from docket.core.commit import PRIORITIES
from docket.core.errors import ValidationFailed
from docket.core.text import clean_name, shorten
from docket.documents import processing
from docket.documents.models import Document, DocumentVersion
from docket.documents.tasks import process_document
from docket.projects.services import ensure_active

TITLE_LENGTH = 160


class DocumentUploader:
    def __init__(self, *, project, actor):
        self.project = project
        self.actor = actor

    def upload(self, *, title="", filename, content_type, content, process=True):
        ensure_active(project=self.project)
        self._check_size(content)
        with transaction.atomic():
            document = self._create_document(title=title or filename)
            version = self._create_version(
                document, filename=filename, content_type=content_type, content=content
            )
            if process:
                self._start_processing(document, version)
        self._describe(document, version)
        return document

    def _check_size(self, content):
        if not content:
            raise ValidationFailed("The file is empty.", code="empty_file", field="content")
        if len(content) > settings.DOCKET_MAX_UPLOAD_BYTES:
            raise ValidationFailed("The file is too large.", code="too_large", field="content")

    def _create_document(self, *, title):
        return Document.objects.create(
            project=self.project,
            title=shorten(title, TITLE_LENGTH),
            created_by=self.actor,
        )

    def _create_version(self, document, *, filename, content_type, content):
        return DocumentVersion.objects.create(
            document=document,
            number=1,
            filename=clean_name(filename),
            content_type=content_type,
            content=content,
            size=len(content),
            created_by=self.actor,
        )

    def _start_processing(self, document, version):
        run = processing.create_run(document=document, version=version, requested_by=self.actor)
        process_document.apply_async(
            args=[run.public_id],
            headers={request_id.HEADER: request_id.current()},
            priority=PRIORITIES[run.priority],
        )

    def _describe(self, document, version):
        record_event(
            action="document.uploaded",
            actor=self.actor,
            subject=document,
            project=self.project,
            data={"filename": version.filename, "size": version.size},
        )
        document.filename = version.filename
        document.last_activity_at = clock.now()
        document.save()
