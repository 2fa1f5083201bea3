import threading
from contextlib import suppress
from importlib import import_module

import pytest
from celery import Task
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from docket.accounts.models import OrganisationRole
from docket.accounts.tests.factories import make_seat, make_user
from docket.core import clock, ids
from docket.core.selectors import list_subject_events
from docket.documents.models import Document, DocumentStatus, ProcessingRun, RunStatus
from docket.documents.stages import PIPELINES
from docket.documents.tasks import process_document
from docket.documents.tests.factories import make_document, make_run, make_version
from docket.projects.models import Membership
from docket.projects.tests.factories import (
    make_editor,
    make_membership,
    make_project,
    make_viewer,
)

TASK = "notifications.fan_out_announcement"
WRITES = ("INSERT", "UPDATE", "DELETE")
BEGINNINGS = ("BEGIN", "SAVEPOINT", *WRITES)
WAIT_SECONDS = 5


class BrokenWrite(Exception):
    pass


class FailingWrite:
    def __init__(self, number):
        self.number = number
        self.seen = 0

    @property
    def failed(self):
        return self.seen >= self.number

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITES):
            self.seen += 1
            if self.seen == self.number:
                raise BrokenWrite(sql)
        return execute(sql, params, many, context)


class FirstWriteTogether:
    """Holds each thread before its first write until the other one has come as far."""

    def __init__(self):
        self.barrier = threading.Barrier(2)
        self.passed = threading.local()

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(BEGINNINGS) and not hasattr(self.passed, "it"):
            self.passed.it = True
            with suppress(threading.BrokenBarrierError):
                self.barrier.wait(WAIT_SECONDS)
        return execute(sql, params, many, context)


def model(name):
    return apps.get_model("notifications", name)


def announced(*, project, actor=None):
    return model("Announcement").objects.create(
        kind="document_ready",
        project=project,
        actor=actor,
        document_ref=ids.document_id(),
        document_title="Lease",
    )


def fan_out(announcement_id):
    return import_module("docket.notifications.tasks").fan_out_announcement(announcement_id)


def recipients(announcement):
    found = model("Notification").objects.filter(announcement=announcement)
    return sorted(found.values_list("recipient__public_id", flat=True))


def ids_of(*users):
    return sorted(user.public_id for user in users)


def queued_run(*, project, content=b"Draft of the lease", **extra):
    document = make_document(project=project, title="Lease", status=DocumentStatus.QUEUED)
    version = make_version(document=document, content=content)
    return make_run(document=document, version=version, **extra)


@pytest.fixture
def messages(monkeypatch):
    sent = []

    def apply_async(self, args=None, kwargs=None, **options):
        sent.append((self.name, [*(args or ()), *(kwargs or {}).values()]))

    monkeypatch.setattr(Task, "apply_async", apply_async)
    return sent


def test_success_is_announced_once(
    project, owner, messages, frozen_clock, django_capture_on_commit_callbacks
):
    run = queued_run(project=project, requested_by=owner)
    with django_capture_on_commit_callbacks(execute=True):
        process_document(run.public_id)
        assert messages == []
    announcement = model("Announcement").objects.get()
    assert announcement.kind == "document_ready"
    assert announcement.project == project
    assert announcement.actor == owner
    assert announcement.document_ref == run.document.public_id
    assert announcement.document_title == "Lease"
    assert announcement.created_at == clock.now()
    assert announcement.delivered_at is None
    assert messages == [(TASK, [announcement.public_id])]
    assert recipients(announcement) == []


def test_failure_is_announced_once(project, owner, messages, django_capture_on_commit_callbacks):
    run = queued_run(project=project, content=b" ", requested_by=owner)
    with django_capture_on_commit_callbacks(execute=True):
        process_document(run.public_id)
    announcement = model("Announcement").objects.get()
    assert announcement.kind == "document_failed"
    assert announcement.document_ref == run.document.public_id
    assert messages == [(TASK, [announcement.public_id])]


def test_breakdown_is_announced_once(
    project, messages, monkeypatch, django_capture_on_commit_callbacks
):
    def explode(content, content_type):
        yield "text", {}, {}
        raise ZeroDivisionError

    monkeypatch.setitem(PIPELINES, "full", explode)
    run = queued_run(project=project)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        process_document(run.public_id)
    announcement = model("Announcement").objects.get()
    assert announcement.kind == "document_failed"
    assert announcement.actor is None
    assert messages == [(TASK, [announcement.public_id])]


def test_each_run_is_announced_in_an_archived_project_too(db, messages):
    project = make_project(status="archived")
    run = queued_run(project=project)
    process_document(run.public_id)
    process_document(run.public_id)
    Document.objects.update(status=DocumentStatus.QUEUED)
    again = make_run(document=run.document, version=run.version, attempt=2)
    process_document(again.public_id)
    kinds = model("Announcement").objects.values_list("kind", flat=True)
    assert list(kinds) == ["document_ready", "document_ready"]


@pytest.mark.parametrize(
    ("content", "status", "run_status"),
    [
        (b"Draft of the lease", DocumentStatus.READY, RunStatus.SUCCEEDED),
        (b" ", DocumentStatus.FAILED, RunStatus.FAILED),
    ],
    ids=["success", "failure"],
)
def test_end_of_a_run_is_saved_with_its_announcement_or_not_at_all(
    project, messages, django_capture_on_commit_callbacks, content, status, run_status
):
    announcements = model("Announcement").objects
    for number in range(1, 20):
        run = queued_run(project=project, content=content)
        document = run.document
        messages.clear()
        fault = FailingWrite(number)
        with (
            suppress(BrokenWrite),
            django_capture_on_commit_callbacks(execute=True),
            connection.execute_wrapper(fault),
        ):
            process_document(run.public_id)
        ended = [
            Document.objects.get(pk=document.pk).status == status,
            ProcessingRun.objects.get(pk=run.pk).status == run_status,
            list_subject_events(subject=document).exists(),
            announcements.filter(document_ref=document.public_id).exists(),
            len(messages) == 1,
        ]
        assert ended == [not fault.failed] * 5
        assert len(messages) in (0, 1)
        if not fault.failed:
            break
    assert not fault.failed
    assert number > 5


def test_delivery_reaches_every_member_but_the_actor(organisation, project, owner, frozen_clock):
    actor, viewer = make_editor(project), make_viewer(project)
    make_viewer(make_project(organisation=organisation))
    make_seat(organisation=organisation, role=OrganisationRole.ADMIN)
    make_seat(organisation=organisation)
    announcement = announced(project=project, actor=actor)
    moment = frozen_clock.advance(minutes=1)
    fan_out(announcement.public_id)
    assert recipients(announcement) == ids_of(owner, viewer)
    announcement.refresh_from_db()
    assert announcement.delivered_at == moment
    for notification in model("Notification").objects.all():
        assert notification.created_at == moment
        assert notification.read_at is None
        assert ids.is_id(notification.public_id, "ntf")


def test_delivery_without_an_actor_reaches_every_member(project, owner):
    viewer = make_viewer(project)
    announcement = announced(project=project)
    fan_out(announcement.public_id)
    assert recipients(announcement) == ids_of(owner, viewer)


def test_delivery_to_an_administrator_who_is_a_member(organisation, project, owner):
    admin = make_seat(organisation=organisation, role=OrganisationRole.ADMIN).user
    make_membership(project=project, user=admin)
    announcement = announced(project=project, actor=owner)
    fan_out(announcement.public_id)
    assert recipients(announcement) == ids_of(admin)


def test_delivery_when_nobody_else_is_there(project, owner):
    announcement = announced(project=project, actor=owner)
    fan_out(announcement.public_id)
    assert recipients(announcement) == []
    announcement.refresh_from_db()
    assert announcement.delivered_at is not None


def test_delivery_goes_to_the_members_of_that_moment(project, owner):
    announcement = announced(project=project)
    Membership.objects.filter(project=project, user=owner).delete()
    joined = make_viewer(project)
    fan_out(announcement.public_id)
    assert recipients(announcement) == ids_of(joined)


def test_delivery_leaves_other_announcements_alone(project, owner):
    first, second = announced(project=project), announced(project=project)
    fan_out(first.public_id)
    assert recipients(second) == []
    fan_out(second.public_id)
    assert recipients(first) == recipients(second) == ids_of(owner)


def test_delivery_of_an_unknown_announcement_is_skipped(project, owner):
    announcement = announced(project=project)
    fan_out(ids.new_id("ann"))
    assert recipients(announcement) == []


def test_delivery_twice_leaves_what_one_left(project, owner, frozen_clock):
    viewer = make_viewer(project)
    announcement = announced(project=project, actor=owner)
    fan_out(announcement.public_id)
    model("Notification").objects.update(read_at=clock.now())
    before = list(model("Notification").objects.order_by("pk").values())
    delivered_at = model("Announcement").objects.get().delivered_at
    frozen_clock.advance(minutes=1)
    make_viewer(project)
    fan_out(announcement.public_id)
    assert recipients(announcement) == ids_of(viewer)
    assert list(model("Notification").objects.order_by("pk").values()) == before
    assert model("Announcement").objects.get().delivered_at == delivered_at


def test_delivery_twice_at_once_leaves_what_one_leaves(transactional_db):
    project = make_project()
    members = [make_viewer(project) for _ in range(3)]
    announcement = announced(project=project, actor=make_editor(project))
    together, errors = FirstWriteTogether(), []

    def run():
        try:
            with connection.execute_wrapper(together):
                fan_out(announcement.public_id)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2 * WAIT_SECONDS)
    assert not any(thread.is_alive() for thread in threads)
    assert errors == []
    assert recipients(announcement) == ids_of(*members)
    announcement.refresh_from_db()
    assert announcement.delivered_at is not None


def test_delivery_is_complete_or_nothing_and_can_be_repeated(project, owner):
    members = [owner, make_viewer(project), make_viewer(project)]
    announcement = announced(project=project)
    for number in range(1, 20):
        fault = FailingWrite(number)
        with suppress(BrokenWrite), connection.execute_wrapper(fault):
            fan_out(announcement.public_id)
        if not fault.failed:
            break
        announcement.refresh_from_db()
        assert recipients(announcement) == []
        assert announcement.delivered_at is None
    assert not fault.failed
    assert number > 2
    announcement.refresh_from_db()
    assert announcement.delivered_at is not None
    assert recipients(announcement) == ids_of(*members)


def test_second_notification_for_a_recipient_is_refused_by_the_database(project, owner):
    first, second = announced(project=project), announced(project=project)
    notifications = model("Notification").objects
    notifications.create(announcement=first, recipient=owner)
    notifications.create(announcement=second, recipient=owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        notifications.create(announcement=first, recipient=owner)


def test_announcement_outlives_document_and_actor(project, owner):
    actor = make_editor(project)
    run = queued_run(project=project, requested_by=actor)
    process_document(run.public_id)
    run.document.delete()
    actor.delete()
    announcement = model("Announcement").objects.get()
    assert announcement.actor is None
    fan_out(announcement.public_id)
    assert recipients(announcement) == ids_of(owner)


def test_members_find_the_notification_after_a_request(worker, api):
    actor = make_user()
    project = make_project(owner=actor)
    colleague = make_viewer(project)
    document = make_document(project=project, title="Lease")
    make_version(document=document)
    assert api(actor).get("/api/notifications/unread-count/").json() == {"unread": 0}
    answer = api(actor).post(f"/api/documents/{document.public_id}/process/")
    assert answer.status_code == 202
    assert worker.wait_for(2) == ["documents.process_document", TASK]
    (item,) = api(colleague).get("/api/notifications/").json()["items"]
    assert item["kind"] == "document_ready"
    assert item["document"] == {"id": document.public_id, "title": "Lease"}
    assert item["actor"] == {"id": actor.public_id, "name": actor.name}
    assert api(actor).get("/api/notifications/").json()["items"] == []


def test_migrations_match_the_models(db):
    assert model("Notification") is not None
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_migrations_can_be_reversed_and_applied_again(transactional_db):
    tables = {model(name)._meta.db_table for name in ("Announcement", "Notification")}
    project = make_project()
    announced(project=project)
    try:
        MigrationExecutor(connection).migrate([("notifications", None)])
        assert not tables & set(connection.introspection.table_names())
        project.refresh_from_db()
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    assert tables <= set(connection.introspection.table_names())
    assert not model("Announcement").objects.exists()
