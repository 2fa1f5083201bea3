from celery import Celery
from celery.signals import task_postrun, task_prerun

from docket.core import request_id

app = Celery("docket")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
def bind_request_id(task, **kwargs):
    request_id.bind(request_id.from_task(task.request))


@task_postrun.connect
def release_request_id(**kwargs):
    request_id.bind("")
