from django.db import transaction

from docket.core import clock
from docket.core.audit import record_event
from docket.core.commit import enqueue_on_commit
from docket.core.errors import Conflict, ValidationFailed
from docket.core.text import clean_name, normalise_name
from docket.documents import processing, selectors, state
from docket.documents.models import Comment, DocumentVersion, Pipeline, Priority, Tag
from docket.documents.tasks import process_document
from docket.projects.services import ensure_active


@transaction.atomic
def request_processing(
    *,
    document,
    actor,
    pipeline=Pipeline.FULL,
    priority=Priority.NORMAL,
    idempotency_key="",
):
    known = selectors.find_run_by_key(document=document, idempotency_key=idempotency_key)
    if known is not None:
        if known.pipeline != pipeline:
            raise Conflict("This key was used for another pipeline.", code="idempotency_key_reused")
        return known
    ensure_active(project=document.project)
    version = selectors.latest_version(document=document)
    if version is None:
        raise ValidationFailed(
            "The document has no version to process.", code="document_without_versions"
        )
    run = processing.create_run(
        document=document,
        version=version,
        requested_by=actor,
        pipeline=pipeline,
        priority=priority,
        idempotency_key=idempotency_key,
    )
    record_event(
        action="document.processing_requested",
        actor=actor,
        subject=document,
        project=document.project,
        data={"run": run.public_id, "pipeline": pipeline, "priority": priority},
    )
    enqueue_on_commit(process_document, run.public_id, priority=priority)
    return run


@transaction.atomic
def add_version(*, document, actor, filename, content_type, content):
    ensure_active(project=document.project)
    state.ensure_idle(document=document)
    version = DocumentVersion.objects.create(
        document=document,
        number=selectors.next_version_number(document=document),
        filename=clean_name(filename),
        content_type=content_type,
        content=content,
        size=len(content),
        created_by=actor,
    )
    document.filename = version.filename
    document.last_activity_at = clock.now()
    document.save(update_fields=["filename", "last_activity_at"])
    record_event(
        action="document.version_added",
        actor=actor,
        subject=document,
        project=document.project,
        data={"number": version.number},
    )
    run = processing.create_run(document=document, version=version, requested_by=actor)
    enqueue_on_commit(process_document, run.public_id)
    return version


@transaction.atomic
def remove_version(*, document, version, actor):
    ensure_active(project=document.project)
    state.ensure_idle(document=document)
    number = version.number
    version.delete()
    touch(document=document)
    record_event(
        action="document.version_removed",
        actor=actor,
        subject=document,
        project=document.project,
        data={"number": number},
    )


@transaction.atomic
def rename_document(*, document, actor, title):
    ensure_active(project=document.project)
    previous = document.title
    document.title = clean_name(title)
    document.last_activity_at = clock.now()
    document.save(update_fields=["title", "last_activity_at"])
    record_event(
        action="document.updated",
        actor=actor,
        subject=document,
        project=document.project,
        data={"from": previous, "to": document.title},
    )
    return document


@transaction.atomic
def delete_document(*, document, actor):
    ensure_active(project=document.project)
    record_event(
        action="document.deleted",
        actor=actor,
        subject=document,
        project=document.project,
        data={"title": document.title},
    )
    document.delete()


@transaction.atomic
def set_tags(*, document, actor, tag_ids):
    ensure_active(project=document.project)
    tags = selectors.tags_by_id(organisation=document.project.organisation, tag_ids=tag_ids)
    unknown = sorted(set(tag_ids) - {tag.public_id for tag in tags})
    if unknown:
        raise ValidationFailed(
            "Some tags do not exist in this organisation.",
            code="unknown_tags",
            field="tags",
            details=[{"tag": tag_id} for tag_id in unknown],
        )
    document.tags.set(tags)
    touch(document=document)
    record_event(
        action="document.tagged",
        actor=actor,
        subject=document,
        project=document.project,
        data={"tags": sorted(tag.name for tag in tags)},
    )
    return document


@transaction.atomic
def add_comment(*, document, actor, body):
    ensure_active(project=document.project)
    comment = Comment.objects.create(document=document, author=actor, body=body.strip())
    touch(document=document)
    record_event(
        action="document.commented",
        actor=actor,
        subject=document,
        project=document.project,
        data={"comment": comment.public_id},
    )
    return comment


@transaction.atomic
def create_tag(*, organisation, actor, name, colour):
    if selectors.tag_name_taken(organisation=organisation, name=name):
        raise Conflict("This name is already in use.", code="name_taken", field="name")
    tag = Tag.objects.create(
        organisation=organisation,
        name=clean_name(name),
        name_key=normalise_name(name),
        colour=colour.lower(),
    )
    record_event(action="tag.created", actor=actor, subject=tag)
    return tag


def touch(*, document):
    document.last_activity_at = clock.now()
    document.save(update_fields=["last_activity_at"])
