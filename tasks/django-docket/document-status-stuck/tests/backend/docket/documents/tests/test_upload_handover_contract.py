import hashlib
import threading
import time
from contextlib import ExitStack
from io import StringIO

import pytest
from celery import signals
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction

from config.celery import app
from docket.core.models import AuditEvent
from docket.core.selectors import list_subject_events
from docket.documents.models import Document, DocumentStatus, ProcessingRun, RunStatus
from docket.documents.uploads import DocumentUploader
from docket.projects.services import archive_project
from docket.projects.tests.factories import make_viewer

TASK = "documents.process_document"
LEASE = b"Lease of the boat house.\fThe lease ends in May."
PHOTOGRAPH = b"\x89PNG\r\n"
WRITES = ("INSERT", "UPDATE", "DELETE")
QUERIES = ("SELECT", *WRITES)
WAIT_SECONDS = 10
POLL_SECONDS = 0.005
POINTS = 60


class Interrupted(Exception):
    pass


class Handover:
    """Records what this thread sends to the worker and decides when the worker does it: at
    once, while the sender waits, or just before the sender runs its `turn`-th statement after
    that. A statement inside a transaction is no such point: the worker could not write."""

    def __init__(self, worker, *, turn=0):
        self.worker = worker
        self.turn = turn
        self.sender = threading.get_ident()
        self.handled_before = len(worker.done)
        self.messages = []
        self.statements = 0
        self.reached = turn == 0
        self.gate = threading.Event()
        self.stack = ExitStack()
        if self.reached:
            self.gate.set()

    def __enter__(self):
        for signal, receiver in (
            (signals.before_task_publish, self.record),
            (signals.after_task_publish, self.sent),
            (signals.task_prerun, self.begin),
        ):
            signal.connect(receiver, weak=False)
            self.stack.callback(signal.disconnect, receiver)
        self.stack.enter_context(connection.execute_wrapper(self.execute))
        return self

    def __exit__(self, *exc_info):
        self.stack.pop_all().close()
        self.finish()

    def record(self, sender, body, headers, properties, **kwargs):
        args, kwargs, _ = body
        values = [*args, *kwargs.values()]
        self.messages.append(
            {
                "task": sender,
                "values": values,
                "delayed": headers.get("eta") is not None,
                "priority": properties.get("priority"),
                "run_exists": exists_for_others(values),
            }
        )

    def sent(self, **kwargs):
        if threading.get_ident() == self.sender and self.turn == 0:
            self.finish()

    def begin(self, **kwargs):
        self.gate.wait(3 * WAIT_SECONDS)

    def execute(self, execute, sql, params, many, context):
        if self.messages and not connection.in_atomic_block:
            self.statements += 1
            if self.statements == self.turn:
                self.reached = True
                self.finish()
        return execute(sql, params, many, context)

    def finish(self):
        self.gate.set()
        deadline = time.monotonic() + WAIT_SECONDS
        while len(self.worker.done) - self.handled_before < len(self.messages):
            if time.monotonic() > deadline:
                raise AssertionError("the worker is not done")
            time.sleep(POLL_SECONDS)


class FailingQuery:
    """Breaks the `number`-th query from the first write on."""

    def __init__(self, number):
        self.number = number
        self.seen = 0

    @property
    def failed(self):
        return self.seen >= self.number

    def __call__(self, execute, sql, params, many, context):
        beginnings = QUERIES if self.seen else WRITES
        if sql.lstrip().upper().startswith(beginnings):
            self.seen += 1
            if self.seen == self.number:
                raise Interrupted(sql)
        return execute(sql, params, many, context)


def exists_for_others(run_ids):
    found = []

    def look():
        try:
            found.append(ProcessingRun.objects.filter(public_id__in=run_ids).exists())
        finally:
            connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join(WAIT_SECONDS)
    return found == [True]


@pytest.fixture
def handover(worker):
    with Handover(worker) as handover:
        yield handover


@pytest.fixture
def client(worker, owner, api):
    client = api(owner)
    client.raise_request_exception = False
    return client


@pytest.fixture
def url(worker, project):
    return f"/api/projects/{project.public_id}/documents/"


@pytest.fixture
def import_files(worker, project, owner, tmp_path):
    def run(**files):
        for name, content in files.items():
            (tmp_path / name.replace("_", ".")).write_bytes(content)
        out, err = StringIO(), StringIO()
        arguments = [project.public_id, str(tmp_path), "--as", owner.email]
        call_command("import_folder", *arguments, stdout=out, stderr=err)
        assert err.getvalue() == ""
        return out.getvalue().strip()

    return run


def upload(client, url, **body):
    body = {"content": LEASE.decode(), "filename": "lease.txt", **body}
    answer = client.post(url, body)
    assert answer.status_code == 201
    return answer.json()


def assert_ready(document_id, *, content=LEASE, pages=2, attempt=1):
    document = Document.objects.get(public_id=document_id)
    run = document.runs.get(attempt=attempt)
    assert run.status == RunStatus.SUCCEEDED
    assert document.status == DocumentStatus.READY
    assert document.status_changed_at >= run.started_at
    assert document.page_count == pages
    assert document.checksum == hashlib.sha256(content).hexdigest()
    assert document.keywords
    return document


def assert_sent_once(handover, count=1):
    assert ProcessingRun.objects.count() == count
    assert [message["task"] for message in handover.messages] == [TASK] * count
    run_ids = [value for message in handover.messages for value in message["values"]]
    assert sorted(run_ids) == sorted(ProcessingRun.objects.values_list("public_id", flat=True))
    assert not any(message["delayed"] for message in handover.messages)


def test_upload_ends_ready_each_time(handover, client, url):
    for number in range(3):
        body = upload(client, url, title=f"Lease {number}")
        assert body["status"] == "queued"
        assert body["filename"] == "lease.txt"
        status = client.get(f"/api/documents/{body['id']}/status/").json()
        assert (status["status"], status["run"]["status"]) == ("ready", "succeeded")
        assert_ready(body["id"])
    assert client.get(url, {"status": "queued"}).json()["items"] == []
    assert len(client.get(url, {"status": "ready"}).json()["items"]) == 3


def test_upload_of_a_file_ends_ready(handover, client, url):
    file = SimpleUploadedFile("lease.md", LEASE, content_type="text/markdown")
    answer = client.post(url, {"file": file}, format="multipart")
    assert answer.status_code == 201
    assert assert_ready(answer.json()["id"]).filename == "lease.md"


def test_upload_that_cannot_be_read_ends_failed(handover, client, url):
    body = upload(client, url, content_type="image/png")
    status = client.get(f"/api/documents/{body['id']}/status/").json()
    assert status["status"] == "failed"
    assert status["run"]["status"] == "failed"
    assert status["run"]["failure"]["code"] == "unsupported_type"


def test_upload_is_sent_to_the_worker_when_the_run_exists(handover, client, url):
    upload(client, url)
    assert [message["run_exists"] for message in handover.messages] == [True]


def test_upload_is_sent_once_and_at_once(handover, client, url):
    upload(client, url)
    assert_sent_once(handover)
    upload(client, url)
    assert_sent_once(handover, count=2)
    assert {message["priority"] for message in handover.messages} == {6}


def test_upload_is_processed_by_the_worker_alone(worker, client, url):
    with Handover(worker, turn=POINTS) as handover:
        body = upload(client, url)
        document = Document.objects.get(public_id=body["id"])
        assert document.status == DocumentStatus.QUEUED
        assert document.runs.get().status == RunStatus.QUEUED
    assert_sent_once(handover)


def test_upload_is_recorded_with_the_request_that_caused_it(handover, client, url):
    answer = client.post(url, {"content": "Lease"}, headers={"X-Request-ID": "client-0077"})
    document = Document.objects.get(public_id=answer.json()["id"])
    for action in ("document.uploaded", "document.processed"):
        event = list_subject_events(subject=document).get(action=action)
        assert event.request_id == "client-0077"


def test_upload_that_breaks_anywhere_leaves_nothing(worker, client, url):
    for number in range(1, POINTS):
        query = FailingQuery(number)
        with Handover(worker) as handover, connection.execute_wrapper(query):
            answer = client.post(url, {"content": "Lease"})
        if not query.failed:
            break
        assert answer.status_code == 500
        assert handover.messages == []
        assert not Document.objects.exists()
        assert not AuditEvent.objects.exists()
    assert number > 3
    assert answer.status_code == 201


def test_refused_upload_is_not_sent(handover, client, url, project, owner, api):
    assert client.post(url, {"content": ""}).status_code == 422
    assert api(make_viewer(project)).post(url, {"content": "x"}).status_code == 403
    archive_project(project=project, actor=owner)
    assert client.post(url, {"content": "x"}).status_code == 409
    assert handover.messages == []


def test_upload_inside_a_transaction_waits_for_its_end(handover, project, owner):
    uploader = DocumentUploader(project=project, actor=owner)
    arguments = {"filename": "lease.txt", "content_type": "text/plain", "content": LEASE}
    with pytest.raises(Interrupted), transaction.atomic():
        uploader.upload(**arguments)
        raise Interrupted
    assert handover.messages == []
    with transaction.atomic():
        uploader.upload(**arguments)
        assert handover.messages == []
    assert_sent_once(handover)
    assert_ready(Document.objects.get().public_id)


def test_uploaded_document_can_be_processed_again(handover, client, url):
    body = upload(client, url)
    path = f"/api/documents/{body['id']}/process/"
    answer = client.post(path, {"priority": "high"})
    assert answer.status_code == 202
    assert_ready(body["id"], attempt=2)
    assert [message["priority"] for message in handover.messages] == [6, 3]
    assert handover.messages[1]["run_exists"]


def test_import_ends_ready(handover, import_files):
    assert import_files(lease_txt=LEASE, plan_html=b"<p>Plan of the yard</p>") == (
        "2 imported, 0 refused"
    )
    lease, plan = Document.objects.order_by("filename")
    assert (lease.filename, plan.filename) == ("lease.txt", "plan.html")
    assert_ready(lease.public_id)
    assert_ready(plan.public_id, content=b"<p>Plan of the yard</p>", pages=1)
    assert_sent_once(handover, count=2)
    assert [message["run_exists"] for message in handover.messages] == [True, True]


def test_import_of_what_cannot_be_read_ends_failed(handover, import_files):
    import_files(photograph_png=PHOTOGRAPH)
    document = Document.objects.get()
    assert document.filename == "photograph.png"
    assert document.status == DocumentStatus.FAILED
    assert document.runs.get().failure_code == "unsupported_type"


def test_imported_document_can_be_processed_again(handover, import_files, client):
    import_files(lease_txt=LEASE)
    document = Document.objects.get()
    answer = client.post(f"/api/documents/{document.public_id}/process/")
    assert answer.status_code == 202
    assert_ready(document.public_id, attempt=2)


@pytest.mark.parametrize("way", ["request", "import"])
def test_result_stays_whenever_the_worker_is_done(worker, import_files, client, url, way):
    for turn in range(POINTS):
        with Handover(worker, turn=turn) as handover:
            if way == "request":
                upload(client, url)
            else:
                import_files(lease_txt=LEASE)
        document = assert_ready(Document.objects.latest("id").public_id)
        assert document.filename == "lease.txt"
        if not handover.reached:
            break
    assert turn > 0


def test_seeded_document_ends_ready(handover, settings):
    settings.DEBUG = True
    call_command("seed", stdout=StringIO())
    document = Document.objects.get()
    assert document.runs.get().status == RunStatus.SUCCEEDED
    assert document.status == DocumentStatus.READY
    assert document.page_count == 2
    assert handover.messages[0]["run_exists"]


def test_tasks_are_left_to_the_worker():
    assert not app.conf.task_always_eager
