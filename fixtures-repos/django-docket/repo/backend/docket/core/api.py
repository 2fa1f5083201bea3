from rest_framework.views import APIView

from docket.core.pagination import DocketPagination

NEWEST_FIRST = ("-created_at", "-id")


class ApiView(APIView):
    def validated(self, serializer_class):
        serializer = serializer_class(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def validated_query(self, serializer_class):
        serializer = serializer_class(data=self.request.query_params)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def paginated(self, queryset, serializer_class, *, ordering=NEWEST_FIRST):
        paginator = DocketPagination(ordering=ordering)
        rows = paginator.paginate_queryset(queryset, self.request, view=self)
        return paginator.get_paginated_response(serializer_class(rows, many=True).data)
