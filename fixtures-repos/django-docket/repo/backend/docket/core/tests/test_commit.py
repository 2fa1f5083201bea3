import pytest

from docket.accounts.tests.factories import make_user
from docket.core import request_id
from docket.core.commit import enqueue_on_commit


class RecordingTask:
    name = "core.recording"

    def __init__(self):
        self.calls = []

    def apply_async(self, **options):
        self.calls.append(options)


@pytest.fixture
def task():
    return RecordingTask()


def test_enqueue_waits_for_commit(db, task, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        enqueue_on_commit(task, "run_1")
        assert task.calls == []
    assert task.calls[0]["args"] == ("run_1",)


def test_enqueue_passes_the_request_id(db, task, django_capture_on_commit_callbacks):
    request_id.bind("0f0f0f0f")
    try:
        with django_capture_on_commit_callbacks(execute=True):
            enqueue_on_commit(task, "run_1")
            request_id.bind("")
    finally:
        request_id.bind("")
    assert task.calls[0]["headers"] == {"docket_request_id": "0f0f0f0f"}


def test_enqueue_translates_the_priority(db, task, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        enqueue_on_commit(task, "run_1", priority="high")
        enqueue_on_commit(task, "run_2", priority="low")
    assert [call["priority"] for call in task.calls] == [3, 9]


def test_enqueue_refuses_model_instances(db, task):
    with pytest.raises(TypeError, match="takes ids, got User"):
        enqueue_on_commit(task, make_user())
