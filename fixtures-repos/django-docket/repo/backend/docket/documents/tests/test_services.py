import pytest

from docket.core.errors import Conflict, InvalidState, ValidationFailed
from docket.core.selectors import list_subject_events
from docket.documents import services
from docket.documents.models import Document, DocumentStatus
from docket.documents.tests.factories import make_document, make_tag, make_version
from docket.projects.services import archive_project


@pytest.fixture
def document(project):
    return make_document(project=project, title="Lease")


def last_event(document):
    return list_subject_events(subject=document).order_by("-id").first()


def test_add_version_numbers_versions_and_queues_processing(document, owner):
    make_version(document=document)
    version = services.add_version(
        document=document,
        actor=owner,
        filename="lease  v2.txt",
        content_type="text/plain",
        content=b"Second draft",
    )
    document.refresh_from_db()
    assert version.number == 2
    assert version.size == 12
    assert document.filename == "lease v2.txt"
    assert document.status == DocumentStatus.QUEUED
    assert document.runs.get().version == version


def test_add_version_refuses_busy_documents(project, owner):
    busy = make_document(project=project, status=DocumentStatus.PROCESSING)
    with pytest.raises(InvalidState):
        services.add_version(
            document=busy, actor=owner, filename="a", content_type="text/plain", content=b"a"
        )
    assert not busy.versions.exists()


def test_remove_version_never_reuses_the_highest_number(document, owner):
    first = make_version(document=document, number=1)
    make_version(document=document, number=2)
    services.remove_version(document=document, version=first, actor=owner)
    added = services.add_version(
        document=document, actor=owner, filename="a", content_type="text/plain", content=b"a"
    )
    assert added.number == 3


def test_remove_version_refuses_busy_documents(project, owner):
    busy = make_document(project=project, status=DocumentStatus.QUEUED)
    version = make_version(document=busy)
    with pytest.raises(InvalidState):
        services.remove_version(document=busy, version=version, actor=owner)
    assert busy.versions.exists()


def test_remove_version_is_audited(document, owner):
    version = make_version(document=document)
    services.remove_version(document=document, version=version, actor=owner)
    assert not document.versions.exists()
    assert last_event(document).data == {"number": 1}


def test_rename_document_audits_both_titles(document, owner):
    services.rename_document(document=document, actor=owner, title=" New   lease")
    document.refresh_from_db()
    assert document.title == "New lease"
    assert last_event(document).data == {"from": "Lease", "to": "New lease"}


def test_delete_document_leaves_its_event(document, owner):
    services.delete_document(document=document, actor=owner)
    assert not Document.objects.exists()
    assert last_event(document).action == "document.deleted"


def test_set_tags_replaces_the_tags(document, owner):
    organisation = document.project.organisation
    document.tags.add(make_tag(organisation=organisation, name="Old"))
    tag = make_tag(organisation=organisation, name="New")
    services.set_tags(document=document, actor=owner, tag_ids=[tag.public_id])
    assert list(document.tags.all()) == [tag]
    assert last_event(document).data == {"tags": ["New"]}


def test_set_tags_refuses_tags_of_other_offices(document, owner):
    foreign = make_tag(organisation=make_document().project.organisation)
    with pytest.raises(ValidationFailed) as caught:
        services.set_tags(document=document, actor=owner, tag_ids=[foreign.public_id])
    assert caught.value.code == "unknown_tags"
    assert caught.value.details == [{"tag": foreign.public_id}]


def test_add_comment_touches_the_document(document, owner, frozen_clock):
    moment = frozen_clock.advance(hours=1)
    comment = services.add_comment(document=document, actor=owner, body=" See page 2. ")
    document.refresh_from_db()
    assert comment.body == "See page 2."
    assert document.last_activity_at == moment
    assert last_event(document).data == {"comment": comment.public_id}


def test_create_tag_is_unique_after_normalising(organisation, owner):
    services.create_tag(organisation=organisation, actor=owner, name="Survey", colour="#AABBCC")
    assert organisation.tags.get().colour == "#aabbcc"
    with pytest.raises(Conflict):
        services.create_tag(
            organisation=organisation, actor=owner, name="SURVEY ", colour="#000000"
        )


def test_archived_projects_take_no_comments(document, owner):
    archive_project(project=document.project, actor=owner)
    with pytest.raises(InvalidState) as caught:
        services.add_comment(document=document, actor=owner, body="Late")
    assert caught.value.code == "project_archived"
