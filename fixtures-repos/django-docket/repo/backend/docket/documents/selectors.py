from django.db.models import Count, Max

from docket.core.errors import NotFound
from docket.core.text import normalise_name
from docket.documents.models import Comment, Document, DocumentVersion, ProcessingRun, Tag
from docket.projects.selectors import visible_projects


def described_documents():
    return (
        Document.objects.select_related("project__organisation", "created_by")
        .prefetch_related("tags")
        .annotate(
            version_count=Count("versions", distinct=True),
            comment_count=Count("comments", distinct=True),
        )
    )


def list_documents(*, project, status=None, tag=None, query=""):
    documents = described_documents().filter(project=project)
    if status:
        documents = documents.filter(status=status)
    if tag:
        documents = documents.filter(
            pk__in=Document.objects.filter(tags__public_id=tag).values("pk")
        )
    if query:
        documents = documents.filter(title__icontains=query)
    return documents


def get_document(*, user, document_id):
    document = (
        described_documents()
        .filter(project__in=visible_projects(user=user), public_id=document_id)
        .first()
    )
    if document is None:
        raise NotFound("Document not found.")
    return document


def list_versions(*, document):
    return (
        DocumentVersion.objects.filter(document=document)
        .select_related("created_by")
        .defer("content")
    )


def latest_version(*, document):
    return list_versions(document=document).order_by("-number").first()


def get_version(*, document, number):
    version = list_versions(document=document).filter(number=number).first()
    if version is None:
        raise NotFound("Version not found.")
    return version


def next_version_number(*, document):
    highest = DocumentVersion.objects.filter(document=document).aggregate(n=Max("number"))["n"]
    return (highest or 0) + 1


def find_run(*, run_id):
    return (
        ProcessingRun.objects.select_related("document__project", "version", "requested_by")
        .filter(public_id=run_id)
        .first()
    )


def find_run_by_key(*, document, idempotency_key):
    if not idempotency_key:
        return None
    return list_runs(document=document).filter(idempotency_key=idempotency_key).first()


def list_runs(*, document):
    return (
        ProcessingRun.objects.filter(document=document)
        .select_related("document", "version", "requested_by")
        .defer("version__content")
    )


def latest_run(*, document):
    return list_runs(document=document).order_by("-created_at", "-id").first()


def list_comments(*, document):
    return Comment.objects.filter(document=document).select_related("author")


def list_tags(*, organisation):
    return Tag.objects.filter(organisation=organisation)


def tag_name_taken(*, organisation, name):
    return list_tags(organisation=organisation).filter(name_key=normalise_name(name)).exists()


def tags_by_id(*, organisation, tag_ids):
    return list(list_tags(organisation=organisation).filter(public_id__in=tag_ids))
