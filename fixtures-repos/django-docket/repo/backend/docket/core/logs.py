import logging

from docket.core import request_id


class RequestIdFilter(logging.Filter):
    def filter(self, record):
        record.request_id = request_id.current() or "-"
        return True
