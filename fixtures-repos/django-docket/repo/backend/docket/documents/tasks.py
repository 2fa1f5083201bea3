import logging

from celery import shared_task

from docket.documents import processing, selectors
from docket.documents.models import RunStatus

logger = logging.getLogger(__name__)


@shared_task(name="documents.process_document")
def process_document(run_id):
    run = selectors.find_run(run_id=run_id)
    if run is None:
        logger.warning("run %s is gone, its document may have been deleted; skipping", run_id)
        return
    if run.status != RunStatus.QUEUED:
        logger.info("run %s is already %s; skipping", run_id, run.status)
        return
    processing.execute_run(run=run)
