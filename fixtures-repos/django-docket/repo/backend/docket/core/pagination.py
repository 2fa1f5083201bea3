from urllib.parse import parse_qs, urlsplit

from rest_framework.pagination import CursorPagination
from rest_framework.response import Response


class DocketPagination(CursorPagination):
    page_size = 25
    max_page_size = 100
    page_size_query_param = "limit"
    invalid_cursor_message = "The cursor is not valid."

    def __init__(self, *, ordering):
        self.ordering = ordering

    def get_ordering(self, request, queryset, view):
        return self.ordering

    def get_paginated_response(self, data):
        page = {
            "next": _cursor(self.get_next_link()),
            "previous": _cursor(self.get_previous_link()),
            "size": len(data),
        }
        return Response({"items": data, "page": page})


def _cursor(link):
    if link is None:
        return None
    return parse_qs(urlsplit(link).query)["cursor"][0]
