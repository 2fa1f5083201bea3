from itertools import count

from docket.core.text import normalise_name
from docket.documents.models import (
    Comment,
    Document,
    DocumentStatus,
    DocumentVersion,
    ProcessingRun,
    Tag,
)
from docket.projects.tests.factories import make_project

sequence = count(1)
LETTER = b"Notice of inspection. The inspection covers the timber frame."


def make_document(*, project=None, title=None, status=DocumentStatus.READY, **extra):
    project = project or make_project()
    title = title or f"Letter {next(sequence)}"
    return Document.objects.create(project=project, title=title, status=status, **extra)


def make_version(*, document, number=1, content=LETTER, content_type="text/plain", **extra):
    return DocumentVersion.objects.create(
        document=document,
        number=number,
        filename=extra.pop("filename", "letter.txt"),
        content_type=content_type,
        content=content,
        size=len(content),
        **extra,
    )


def make_run(*, document=None, version=None, **extra):
    document = document or make_document(status=DocumentStatus.QUEUED)
    version = version or make_version(document=document)
    return ProcessingRun.objects.create(document=document, version=version, **extra)


def make_tag(*, organisation, name="Survey", **extra):
    return Tag.objects.create(
        organisation=organisation, name=name, name_key=normalise_name(name), **extra
    )


def make_comment(*, document, author=None, body="Please check page two."):
    return Comment.objects.create(document=document, author=author, body=body)
