import logging

from app.core.logs import RequestIdFilter


def test_log_records_outside_requests_have_a_dash():
    record = logging.makeLogRecord({})
    assert RequestIdFilter().filter(record)
    assert record.request_id == "-"
