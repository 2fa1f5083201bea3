import threading
from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPConnectError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from celery import Celery
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import DatabaseError, connection, connections

from config.celery import app
from docket.core import clock
from docket.core.selectors import list_subject_events
from docket.documents.tasks import send_due_reminders
from docket.documents.tests.factories import make_document, make_reminder
from docket.projects.tests.factories import make_project, make_viewer

WRITES = ("INSERT", "UPDATE", "DELETE")
WAIT_SECONDS = 10
REFUSALS = [
    SMTPServerDisconnected("Connection unexpectedly closed"),
    SMTPRecipientsRefused({"client@mill.test": (451, b"Try again later")}),
    ConnectionRefusedError("Connection refused"),
    SMTPConnectError(421, b"Service not available"),
]


class Died(BaseException):
    """The worker is gone: nothing that it would have done after this counts."""


class Interrupted(Exception):
    pass


class MailServer:
    """Takes mails. While it has one in hand and its sender waits, `meanwhile` happens, once, in
    a thread with a connection of its own; then the sender may be dead, or hears a refusal."""

    def __init__(self):
        self.mails = []
        self.refusals = []
        self.meanwhile = None
        self.sender_dies = False
        self.errors = []

    def send_messages(self, backend, messages):
        for message in messages:
            refusal = self.refusals.pop(0) if self.refusals else None
            dies, self.sender_dies = self.sender_dies, False
            if refusal is None:
                self.mails.extend(message.to)
            self.let_others_work()
            if dies:
                raise Died
            if refusal is not None and backend.fail_silently:
                return 0
            if refusal is not None:
                raise refusal
        return len(messages)

    def let_others_work(self):
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            self.errors += elsewhere(meanwhile)


class BeforeStatement:
    """Lets others work just before this thread runs its `number`-th statement outside of a
    transaction: inside of one nobody else could write."""

    def __init__(self, number, action):
        self.number = number
        self.action = action
        self.seen = 0
        self.errors = []

    @property
    def reached(self):
        return self.seen >= self.number

    def __call__(self, execute, sql, params, many, context):
        if not connection.in_atomic_block:
            self.seen += 1
            if self.seen == self.number:
                self.errors += elsewhere(self.action)
        return execute(sql, params, many, context)


class FirstWriteAfterTheMail:
    """Breaks one write, the first one after a mail is out."""

    def __init__(self, server):
        self.server = server
        self.done = False

    def __call__(self, execute, sql, params, many, context):
        if self.server.mails and not self.done and sql.lstrip().upper().startswith(WRITES):
            self.done = True
            raise Interrupted(sql)
        return execute(sql, params, many, context)


def elsewhere(action):
    """Errors of the action, which happens in a thread with a connection of its own."""
    errors = []

    def work():
        try:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 100")
            action()
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(WAIT_SECONDS)
    return [*errors, "still at work"] if thread.is_alive() else errors


class Queue:
    def __init__(self):
        self.messages = []

    def begin_round(self):
        send_due_reminders()
        messages, self.messages = self.messages, []
        return messages

    def run_round(self):
        for message in self.begin_round():
            with suppress(*{type(refusal) for refusal in REFUSALS}):
                deliver(message)


def deliver(message):
    name, args, kwargs = message
    app.tasks[name](*args, **kwargs)


@pytest.fixture
def server(monkeypatch):
    server = MailServer()
    monkeypatch.setattr(EmailBackend, "send_messages", lambda *args: server.send_messages(*args))
    return server


@pytest.fixture
def queue(transactional_db, monkeypatch):
    queue = Queue()

    def send_task(self, name, args=None, kwargs=None, **options):
        queue.messages.append((name, tuple(args or ()), dict(kwargs or {})))

    monkeypatch.setattr(Celery, "send_task", send_task)
    return queue


@pytest.fixture
def document(queue, project):
    return make_document(project=project, title="Lease")


def sent_events(document):
    return list_subject_events(subject=document).filter(action="document.reminder_sent")


def shown(api, reminder):
    url = f"/api/documents/{reminder.document.public_id}/reminders/"
    viewer = make_viewer(reminder.document.project)
    items = api(viewer).get(url).json()["items"]
    return next(item for item in items if item["id"] == reminder.public_id)


@pytest.mark.parametrize("every_days", [None, 7], ids=["once", "weekly"])
def test_message_handled_twice_at_once_is_one_mail(
    document, queue, server, frozen_clock, every_days
):
    make_reminder(document=document, every_days=every_days)
    (message,) = queue.begin_round()
    server.meanwhile = lambda: deliver(message)
    deliver(message)
    assert server.errors == []
    assert server.mails == ["client@mill.test"]


@pytest.mark.parametrize("every_days", [None, 7], ids=["once", "weekly"])
def test_message_handled_at_any_point_of_another_is_one_mail(
    document, queue, server, frozen_clock, every_days
):
    for number in range(1, 40):
        make_reminder(document=document, every_days=every_days)
        (message,) = queue.begin_round()
        other = BeforeStatement(number, lambda message=message: deliver(message))
        with connection.execute_wrapper(other):
            deliver(message)
        assert other.errors == []
        assert len(server.mails) == number
        assert sent_events(document).count() == number
        if not other.reached:
            break
    assert not other.reached
    assert number > 2


def test_rounds_that_overlap_are_one_mail(document, queue, server, frozen_clock):
    make_reminder(document=document, every_days=7)
    first, *others = [*queue.begin_round(), *queue.begin_round(), *queue.begin_round()]

    def deliver_others():
        for message in others:
            deliver(message)

    server.meanwhile = deliver_others
    deliver(first)
    deliver_others()
    assert server.errors == []
    assert server.mails == ["client@mill.test"]


def test_round_that_begins_while_the_mail_goes_out_sends_no_other(
    document, queue, server, frozen_clock
):
    make_reminder(document=document)

    def next_round():
        frozen_clock.advance(minutes=1)
        queue.run_round()

    server.meanwhile = next_round
    queue.run_round()
    queue.run_round()
    assert server.errors == []
    assert server.mails == ["client@mill.test"]


def test_mail_that_was_worked_on_twice_is_recorded_once(document, queue, server, api, frozen_clock):
    reminder = make_reminder(document=document, every_days=7)
    (message,) = queue.begin_round()
    server.meanwhile = lambda: deliver(message)
    deliver(message)
    assert [event.data for event in sent_events(document)] == [
        {"reminder": reminder.public_id, "email": "client@mill.test"}
    ]
    item = shown(api, reminder)
    assert item["last_sent_at"] == "2026-03-09T08:30:15.250Z"
    assert item["due_at"] == "2026-03-16T08:30:15.250Z"


def test_message_that_comes_again_days_later_is_skipped(document, queue, server, frozen_clock):
    make_reminder(document=document)
    (message,) = queue.begin_round()
    for _ in range(3):
        deliver(message)
        queue.run_round()
        frozen_clock.advance(days=2)
    assert server.mails == ["client@mill.test"]


def test_worker_that_dies_leaves_a_single_reminder_at_one_mail(
    document, queue, server, frozen_clock
):
    make_reminder(document=document)
    (message,) = queue.begin_round()
    counts = []

    def go_on():
        for pause in ({"seconds": 1}, {"minutes": 1}, {"hours": 1}, {"days": 3}, {"days": 40}):
            frozen_clock.advance(**pause)
            deliver(message)
            queue.run_round()
            counts.append(len(server.mails))

    server.meanwhile, server.sender_dies = go_on, True
    with suppress(Died):
        deliver(message)
    assert server.errors == []
    assert counts == [1] * 5


def test_worker_that_dies_costs_no_other_occasion(document, queue, server, frozen_clock):
    make_reminder(document=document, every_days=7)
    (message,) = queue.begin_round()
    counts = []

    def go_on():
        for days in (0, 3, 3, 1, 1, 6, 7):
            frozen_clock.advance(days=days)
            queue.run_round()
            deliver(message)
            queue.run_round()
            counts.append(len(server.mails))

    server.meanwhile, server.sender_dies = go_on, True
    with suppress(Died):
        deliver(message)
    assert server.errors == []
    assert counts == [1, 1, 1, 2, 2, 3, 4]


def test_mail_is_not_repeated_because_its_record_failed(document, queue, server, frozen_clock):
    make_reminder(document=document, every_days=7)
    with (
        suppress(Interrupted),
        connection.execute_wrapper(FirstWriteAfterTheMail(server)),
    ):
        queue.run_round()
    assert len(server.mails) == 1
    for _ in range(3):
        frozen_clock.advance(minutes=1)
        queue.run_round()
    assert len(server.mails) == 1
    frozen_clock.advance(days=7)
    queue.run_round()
    assert len(server.mails) == 2


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: type(refusal).__name__)
@pytest.mark.parametrize("every_days", [None, 7], ids=["once", "weekly"])
def test_refused_mail_goes_out_with_the_next_round(
    document, queue, server, frozen_clock, refusal, every_days
):
    reminder = make_reminder(document=document, every_days=every_days)
    server.refusals = [refusal]
    queue.run_round()
    reminder.refresh_from_db()
    assert server.mails == []
    assert reminder.last_sent_at is None
    assert not sent_events(document).exists()
    moment = frozen_clock.advance(minutes=1)
    queue.run_round()
    queue.run_round()
    reminder.refresh_from_db()
    assert server.mails == ["client@mill.test"]
    assert reminder.last_sent_at == moment
    assert sent_events(document).count() == 1


def test_refused_mail_is_due_as_before(document, queue, server, api, frozen_clock):
    reminder = make_reminder(document=document, every_days=7)
    before = shown(api, reminder)
    server.refusals = REFUSALS[:1]
    frozen_clock.advance(hours=5)
    queue.run_round()
    assert shown(api, reminder) == before


@pytest.mark.parametrize("every_days", [None, 7], ids=["once", "weekly"])
def test_mail_that_is_refused_often_is_still_sent(
    document, queue, server, frozen_clock, every_days
):
    make_reminder(document=document, every_days=every_days)
    server.refusals = [REFUSALS[number % len(REFUSALS)] for number in range(6)]
    for _ in range(6):
        queue.run_round()
        frozen_clock.advance(minutes=1)
        assert server.mails == []
    queue.run_round()
    queue.run_round()
    assert server.mails == ["client@mill.test"]


def test_schedule_is_kept_after_days_without_a_mail_server(
    document, queue, server, api, frozen_clock
):
    first = clock.now()
    reminder = make_reminder(document=document, every_days=7)
    server.refusals = [REFUSALS[0]] * 10
    for _ in range(10):
        queue.run_round()
        frozen_clock.advance(days=1)
    queue.run_round()
    queue.run_round()
    reminder.refresh_from_db()
    assert server.mails == ["client@mill.test"]
    assert reminder.due_at == first + timedelta(days=14)


def test_refused_occasion_leaves_the_record_of_the_last_one(
    document, queue, server, api, frozen_clock
):
    reminder = make_reminder(document=document, every_days=7)
    queue.run_round()
    before = shown(api, reminder)
    frozen_clock.advance(days=7)
    server.refusals = REFUSALS[:1]
    queue.run_round()
    assert shown(api, reminder) == before
    assert sent_events(document).count() == 1
    queue.run_round()
    assert len(server.mails) == 2


def test_mail_refused_while_its_message_came_again_is_not_lost(
    document, queue, server, frozen_clock
):
    make_reminder(document=document)
    (message,) = queue.begin_round()
    server.refusals = REFUSALS[:1]
    server.meanwhile = lambda: deliver(message)
    with suppress(SMTPServerDisconnected):
        deliver(message)
    assert server.errors == []
    frozen_clock.advance(minutes=1)
    queue.run_round()
    queue.run_round()
    assert server.mails == ["client@mill.test"]


def test_occasion_after_a_late_mail_is_on_time(document, queue, server, frozen_clock):
    make_reminder(document=document, every_days=1)
    frozen_clock.advance(hours=20)
    queue.run_round()
    frozen_clock.advance(hours=3)
    queue.run_round()
    assert len(server.mails) == 1
    frozen_clock.advance(hours=1)
    queue.run_round()
    queue.run_round()
    assert len(server.mails) == 2


def test_every_occasion_is_one_mail_whatever_messages_are_left(
    document, queue, server, frozen_clock
):
    make_reminder(document=document, every_days=7)
    (message,) = queue.begin_round()
    for count in range(1, 5):
        for _ in range(2):
            deliver(message)
            queue.run_round()
        assert len(server.mails) == count
        frozen_clock.advance(days=7)


def test_one_refusal_does_not_hold_up_the_others(document, queue, server, frozen_clock):
    for number in range(3):
        make_reminder(document=document, email=f"client{number}@mill.test")
    server.refusals = [None, REFUSALS[0], None]
    queue.run_round()
    assert server.mails == ["client0@mill.test", "client2@mill.test"]
    queue.run_round()
    queue.run_round()
    assert server.mails[2:] == ["client1@mill.test"]


def test_reminder_that_is_removed_while_its_mail_goes_out_is_gone(
    document, queue, server, frozen_clock
):
    reminder = make_reminder(document=document, every_days=7)
    server.meanwhile = reminder.delete
    with suppress(DatabaseError):
        queue.run_round()
    queue.run_round()
    assert len(server.mails) == 1
    assert not document.reminders.exists()


def test_others_are_sent_while_a_mail_goes_out(document, queue, server, owner, api, frozen_clock):
    make_reminder(document=document, email="client1@mill.test")
    make_reminder(document=document, email="client2@mill.test")
    first, second = queue.begin_round()
    statuses = []

    def work():
        deliver(second)
        url = f"/api/documents/{document.public_id}/comments/"
        statuses.append(api(owner).post(url, {"body": "Sent?"}).status_code)

    server.meanwhile = work
    deliver(first)
    assert server.errors == []
    assert statuses == [201]
    assert server.mails == ["client1@mill.test", "client2@mill.test"]


def test_two_reminders_of_one_moment_to_one_client_are_two_mails(
    document, queue, server, frozen_clock
):
    make_reminder(document=document, note="Please sign.")
    make_reminder(document=document, note="Please call.")
    queue.run_round()
    queue.run_round()
    assert len(server.mails) == 2


def test_round_reaches_the_client_through_the_worker(worker, frozen_clock):
    document = make_document(project=make_project(), title="Lease")
    make_reminder(document=document)
    send_due_reminders()
    worker.wait_for(1)
    assert [message.to for message in mail.outbox] == [["client@mill.test"]]
    assert sent_events(document).count() == 1
