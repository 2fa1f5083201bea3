from docket.core import request_id


class RequestIdMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        value = request_id.accept(request.headers.get("X-Request-ID"))
        request_id.bind(value)
        try:
            response = self.get_response(request)
        finally:
            request_id.bind("")
        response["X-Request-ID"] = value
        return response
