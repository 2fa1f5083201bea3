from celery import shared_task

from orders import pay_all


@shared_task
def settle(ids):
    pay_all(ids)
