from django.db import transaction

from store.models import Order


@transaction.atomic
def pay_all(ids):
    orders = Order.objects.filter(id__in=ids).select_for_update()
    orders.update(paid=True)
    return orders
