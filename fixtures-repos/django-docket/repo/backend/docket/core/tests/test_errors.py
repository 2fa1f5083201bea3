from rest_framework import exceptions, serializers

from docket.core import errors


class LineInput(serializers.Serializer):
    amount = serializers.IntegerField(min_value=1)


class OrderInput(serializers.Serializer):
    lines = LineInput(many=True)


def test_domain_error_keeps_code_field_and_details():
    error = errors.Conflict("Taken.", code="name_taken", field="name", details=[{"name": "x"}])
    response = errors.exception_handler(error, {})
    assert response.status_code == 409
    assert response.data == {
        "error": {
            "code": "name_taken",
            "message": "Taken.",
            "field": "name",
            "details": [{"name": "x"}],
        }
    }


def test_domain_error_falls_back_to_its_class():
    response = errors.exception_handler(errors.ValidationFailed("No."), {})
    assert response.status_code == 422
    assert response.data["error"]["code"] == "validation_failed"
    assert response.data["error"]["field"] is None
    assert response.data["error"]["details"] == []


def test_validation_error_names_the_first_field():
    serializer = OrderInput(data={"lines": [{"amount": 1}, {"amount": 0}]})
    assert not serializer.is_valid()
    error = exceptions.ValidationError(serializer.errors)
    response = errors.exception_handler(error, {})
    assert response.status_code == 422
    assert response.data["error"]["field"] == "lines.1.amount"
    assert response.data["error"]["details"][0]["code"] == "min_value"


def test_throttling_tells_when_to_retry():
    response = errors.exception_handler(exceptions.Throttled(wait=12), {})
    assert response.status_code == 429
    assert response["Retry-After"] == "12"
    assert response.data["error"]["code"] == "throttled"
