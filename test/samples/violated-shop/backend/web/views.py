from django.http import JsonResponse

from store.models import Order


def order_list(request):
    return JsonResponse({"items": list(Order.objects.values("id", "paid"))})
