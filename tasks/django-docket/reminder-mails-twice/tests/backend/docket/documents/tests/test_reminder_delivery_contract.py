import threading
from contextlib import suppress
from smtplib import SMTPRecipientsRefused

import pytest
from celery.app.trace import build_tracer
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import connections

from config.celery import app
from docket.accounts.tests.factories import make_user
from docket.documents.models import Reminder
from docket.documents.tasks import send_reminder
from docket.documents.tests.factories import make_document, make_reminder
from docket.projects.models import Project
from docket.projects.tests.factories import make_membership, make_project

QUEUE = "celery"
MESSAGES = 60
PATIENCE = 3


class Killed(BaseException):
    pass


class Server:
    """What the mail server has taken, and what happens before and after it takes a mail."""

    def __init__(self):
        self.taken = []
        self.before = {}
        self.after = {}
        self.threads = []

    def deliver(self, message):
        for address in message.recipients():
            self.before.get(address, lambda: None)()
            self.taken.append(address)
            self.after.get(address, lambda: None)()

    def elsewhere(self, work):
        """Does the work on a connection of its own, and says whether it ended in time."""

        def body():
            try:
                with suppress(Exception):
                    work()
            finally:
                connections.close_all()

        thread = threading.Thread(target=body, daemon=True)
        self.threads.append(thread)
        thread.start()
        thread.join(PATIENCE)
        return not thread.is_alive()

    def refuse(self, user, *, times, error=None):
        left = [times]

        def refusal():
            if left[0] > 0:
                left[0] -= 1
                raise error or SMTPRecipientsRefused({user.email: (450, b"try later")})

        self.before[user.email] = refusal


class Backend(BaseEmailBackend):
    server = None

    def send_messages(self, email_messages):
        sent = 0
        for message in email_messages:
            try:
                self.server.deliver(message)
            except OSError:
                if not self.fail_silently:
                    raise
                continue
            sent += 1
        return sent


@pytest.fixture
def server(settings, monkeypatch):
    taking = Server()
    monkeypatch.setattr(Backend, "server", taking)
    settings.EMAIL_BACKEND = f"{__name__}.Backend"
    yield taking
    for thread in taking.threads:
        thread.join()


class Line:
    """The queue and a worker at once: messages are handled here and now, retries without delay."""

    def __init__(self, queue):
        self.queue = queue
        self.handled = 0

    def run(self):
        while (message := self.queue.get(no_ack=True)) is not None:
            self.handled += 1
            assert self.handled <= MESSAGES, "messages without an end"
            args, kwargs, _ = message.payload
            task = app.tasks[message.headers["task"]]
            trace = build_tracer(task.name, task, app=app)
            trace(message.headers["id"], args, kwargs, dict(message.headers))

    def deliver(self, reminder):
        send_reminder.apply_async(args=[reminder.public_id])
        self.run()


@pytest.fixture
def line(transactional_db):
    with app.connection_for_read() as connection:
        queue = app.amqp.queues[QUEUE](connection.default_channel)
        queue.declare()
        queue.purge()
        yield Line(queue)
        queue.purge()


@pytest.fixture
def people(transactional_db):
    return [make_user(email=f"{name}@harrow.test") for name in ("ada", "ben", "cleo")]


@pytest.fixture
def reminder(people):
    project = make_project(name="Mill Lane", owner=people[0])
    for person in people[1:]:
        make_membership(project=project, user=person)
    return make_reminder(document=make_document(project=project), recipients=people)


def addresses(people):
    return sorted(person.email for person in people)


def mailed(reminder):
    return {
        row.user.email: row.mailed_at is not None
        for row in reminder.recipients.select_related("user")
    }


def is_sent(reminder):
    return Reminder.objects.get(pk=reminder.pk).sent_at is not None


def test_delivery_without_trouble_mails_everybody_once(line, server, people, reminder):
    line.deliver(reminder)
    line.deliver(reminder)
    assert sorted(server.taken) == addresses(people)
    assert is_sent(reminder)
    assert all(mailed(reminder).values())


@pytest.mark.parametrize("position", [0, 1, 2])
def test_refused_mail_is_tried_again_alone(line, server, people, reminder, position):
    server.refuse(people[position], times=1)
    line.deliver(reminder)
    assert sorted(server.taken) == addresses(people)
    assert is_sent(reminder)
    assert all(mailed(reminder).values())


def test_server_out_of_reach_is_tried_again(line, server, people, reminder):
    for person in people:
        server.refuse(person, times=1, error=ConnectionRefusedError())
    line.deliver(reminder)
    assert sorted(server.taken) == addresses(people)
    assert is_sent(reminder)


def test_mail_that_is_always_refused_holds_up_nobody_else(line, server, people, reminder):
    server.refuse(people[1], times=1000)
    line.deliver(reminder)
    assert sorted(server.taken) == addresses([people[0], people[2]])
    assert not is_sent(reminder)
    assert mailed(reminder) == {
        people[0].email: True,
        people[1].email: False,
        people[2].email: True,
    }


def test_command_brings_a_refused_mail_later_and_no_other(line, server, people, reminder):
    server.refuse(people[1], times=1000)
    line.deliver(reminder)
    server.before.clear()
    call_command("send_reminders", verbosity=0)
    line.run()
    assert sorted(server.taken) == addresses(people)
    assert is_sent(reminder)
    assert all(mailed(reminder).values())


def test_command_in_between_repeats_nothing(line, server, people, reminder):
    call_command("send_reminders", verbosity=0)
    call_command("send_reminders", verbosity=0)
    line.run()
    assert sorted(server.taken) == addresses(people)


@pytest.mark.parametrize("position", [0, 1, 2])
def test_second_delivery_at_the_same_time_repeats_nothing(line, server, people, reminder, position):
    def overlap():
        server.after.clear()
        server.elsewhere(lambda: send_reminder(reminder.public_id))

    server.after[people[position].email] = overlap
    line.deliver(reminder)
    line.run()
    assert sorted(server.taken) == addresses(people)
    assert is_sent(reminder)


def test_second_delivery_while_the_last_mail_is_refused_loses_nothing(
    line, server, people, reminder
):
    last = people[2]

    def overlap():
        server.before.clear()
        server.elsewhere(lambda: send_reminder(reminder.public_id))
        raise SMTPRecipientsRefused({last.email: (450, b"try later")})

    server.before[last.email] = overlap
    line.deliver(reminder)
    call_command("send_reminders", verbosity=0)
    line.run()
    assert sorted(server.taken) == addresses(people)
    assert is_sent(reminder)
    assert all(mailed(reminder).values())


@pytest.mark.parametrize("position", [0, 1])
def test_mail_on_its_way_when_the_worker_is_killed_is_not_repeated(
    line, server, people, reminder, position
):
    def kill():
        server.after.clear()
        raise Killed

    server.after[people[position].email] = kill
    with suppress(Killed):
        line.deliver(reminder)
    with suppress(Killed):
        line.run()
    line.deliver(reminder)
    line.deliver(reminder)
    assert sorted(server.taken) == addresses(people)


def test_slow_mail_server_holds_up_no_request(line, server, people, reminder):
    written = []

    def meanwhile():
        server.before.clear()
        written.append(
            server.elsewhere(lambda: Project.objects.update(description="Changed meanwhile"))
        )

    server.before[people[1].email] = meanwhile
    line.deliver(reminder)
    assert written == [True]
