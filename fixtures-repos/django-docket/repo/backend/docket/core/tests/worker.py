import threading
import time
from contextlib import contextmanager

from celery.app.trace import build_tracer
from django.db import connections

from config.celery import app

QUEUE = "celery"
POLL_SECONDS = 0.005
WAIT_SECONDS = 5


class Worker:
    def __init__(self):
        self.done = []
        self._tracers = {}
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="docket-worker", daemon=True)

    def start(self):
        self._thread.start()
        if not self._ready.wait(WAIT_SECONDS):
            raise AssertionError("the worker did not start")

    def stop(self):
        self._stop.set()
        self._thread.join(WAIT_SECONDS)
        if self._thread.is_alive():
            raise AssertionError("the worker did not stop")

    def wait_for(self, count):
        deadline = time.monotonic() + WAIT_SECONDS
        while len(self.done) < count:
            if time.monotonic() > deadline:
                raise AssertionError(f"{len(self.done)} of {count} messages handled")
            time.sleep(POLL_SECONDS)
        return self.done[:count]

    def _loop(self):
        try:
            with app.connection_for_read() as connection:
                queue = app.amqp.queues[QUEUE](connection.default_channel)
                queue.declare()
                queue.purge()
                self._ready.set()
                while not self._stop.is_set():
                    message = queue.get(no_ack=True)
                    if message is None:
                        time.sleep(POLL_SECONDS)
                        continue
                    self._handle(message)
        finally:
            connections.close_all()

    def _handle(self, message):
        args, kwargs, _ = message.payload
        name = message.headers["task"]
        if name not in self._tracers:
            self._tracers[name] = build_tracer(name, app.tasks[name], app=app)
        self._tracers[name](message.headers["id"], args, kwargs, dict(message.headers))
        self.done.append(name)


@contextmanager
def run_worker():
    worker = Worker()
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()
