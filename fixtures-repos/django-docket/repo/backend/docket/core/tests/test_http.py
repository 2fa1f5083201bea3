import logging

from docket.core.logs import RequestIdFilter


def test_request_id_is_echoed(db, api):
    response = api().get("/api/me/", headers={"X-Request-ID": "client-0001"})
    assert response["X-Request-ID"] == "client-0001"


def test_request_id_is_replaced_when_unsafe(db, api):
    response = api().get("/api/me/", headers={"X-Request-ID": "bad id\t"})
    assert len(response["X-Request-ID"]) == 16


def test_log_records_without_a_request_have_a_dash():
    record = logging.makeLogRecord({})
    assert RequestIdFilter().filter(record)
    assert record.request_id == "-"


def test_unknown_path_has_the_error_shape(db, api):
    response = api().get("/api/nowhere/")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


def test_anonymous_request_is_401_with_a_challenge(db, api):
    response = api().get("/api/projects/")
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "not_authenticated"
    assert response["WWW-Authenticate"] == "Token"


def test_malformed_json_is_400(owner, api):
    response = api(owner).post("/api/projects/", "{", content_type="application/json")
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "parse_error"


def test_unsupported_method_is_405(owner, api):
    response = api(owner).delete("/api/projects/")
    assert response.status_code == 405
    assert response.json()["error"]["code"] == "method_not_allowed"
