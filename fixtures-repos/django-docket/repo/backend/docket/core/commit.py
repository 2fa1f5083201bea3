from django.db import transaction

from docket.core import request_id

PRIORITIES = {"low": 9, "normal": 6, "high": 3}


def enqueue_on_commit(task, *args, priority="normal"):
    for value in args:
        if not isinstance(value, (str, int)):
            raise TypeError(f"{task.name} takes ids, got {type(value).__name__}")
    headers = {request_id.HEADER: request_id.current()}
    level = PRIORITIES[priority]

    def publish():
        task.apply_async(args=args, headers=headers, priority=level)

    transaction.on_commit(publish)
