from docket.core import clock
from docket.core.errors import InvalidState
from docket.documents.models import Document, DocumentStatus

TRANSITIONS = {
    DocumentStatus.UPLOADED: {DocumentStatus.QUEUED},
    DocumentStatus.QUEUED: {DocumentStatus.PROCESSING, DocumentStatus.FAILED},
    DocumentStatus.PROCESSING: {DocumentStatus.READY, DocumentStatus.FAILED},
    DocumentStatus.READY: {DocumentStatus.QUEUED},
    DocumentStatus.FAILED: {DocumentStatus.QUEUED},
}

BUSY = {DocumentStatus.QUEUED, DocumentStatus.PROCESSING}


def origins(target):
    return [status for status, targets in TRANSITIONS.items() if target in targets]


def move(*, document, to, **columns):
    columns = {"status": to, "status_changed_at": clock.now(), **columns}
    rows = Document.objects.filter(pk=document.pk, status__in=origins(to))
    if not rows.update(**columns):
        document.refresh_from_db(fields=["status"])
        raise InvalidState(
            f"The document is {document.status} and cannot become {to}.",
            details=[{"status": document.status}],
        )
    for name, value in columns.items():
        setattr(document, name, value)
    return document


def ensure_idle(*, document):
    if document.status in BUSY:
        raise InvalidState(
            f"The document is {document.status}.", details=[{"status": document.status}]
        )
