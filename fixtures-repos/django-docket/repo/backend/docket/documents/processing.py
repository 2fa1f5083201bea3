import logging

from django.db import transaction

from docket.core import clock
from docket.core.audit import record_event
from docket.documents import state
from docket.documents.models import DocumentStatus, Pipeline, Priority, ProcessingRun, RunStatus
from docket.documents.stages import PIPELINES, StageError

logger = logging.getLogger(__name__)


def create_run(
    *,
    document,
    version,
    requested_by,
    pipeline=Pipeline.FULL,
    priority=Priority.NORMAL,
    idempotency_key="",
):
    state.move(document=document, to=DocumentStatus.QUEUED)
    earlier = ProcessingRun.objects.filter(version=version).count()
    return ProcessingRun.objects.create(
        document=document,
        version=version,
        requested_by=requested_by,
        pipeline=pipeline,
        priority=priority,
        idempotency_key=idempotency_key,
        attempt=earlier + 1,
    )


def execute_run(*, run):
    begin_run(run=run)
    stages, columns = [], {}
    try:
        stage_results = PIPELINES[run.pipeline](
            bytes(run.version.content), run.version.content_type
        )
        for name, result, found in stage_results:
            stages.append({"name": name, **result})
            columns.update(found)
    except StageError as error:
        return fail_run(run=run, stages=stages, code=error.code, reason=error.reason)
    except Exception:
        fail_run(run=run, stages=stages, code="internal", reason="Processing broke down.")
        raise
    return complete_run(run=run, stages=stages, columns=columns)


@transaction.atomic
def begin_run(*, run):
    state.move(document=run.document, to=DocumentStatus.PROCESSING)
    run.status = RunStatus.RUNNING
    run.started_at = clock.now()
    run.save(update_fields=["status", "started_at"])


@transaction.atomic
def complete_run(*, run, stages, columns):
    state.move(document=run.document, to=DocumentStatus.READY, **columns)
    _finish(run=run, status=RunStatus.SUCCEEDED, stages=stages)
    record_event(
        action="document.processed",
        actor=run.requested_by,
        subject=run.document,
        project=run.document.project,
        data={"run": run.public_id, "pipeline": run.pipeline},
    )
    return run


@transaction.atomic
def fail_run(*, run, stages, code, reason):
    state.move(document=run.document, to=DocumentStatus.FAILED)
    run.failure_code = code
    run.failure_reason = reason
    _finish(run=run, status=RunStatus.FAILED, stages=stages)
    record_event(
        action="document.processing_failed",
        actor=run.requested_by,
        subject=run.document,
        project=run.document.project,
        data={"run": run.public_id, "code": code},
    )
    logger.info("run %s failed: %s", run.public_id, code)
    return run


def _finish(*, run, status, stages):
    run.status = status
    run.stages = stages
    run.finished_at = clock.now()
    run.save(update_fields=["status", "stages", "finished_at", "failure_code", "failure_reason"])
