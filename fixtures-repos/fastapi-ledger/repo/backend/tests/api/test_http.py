async def test_health_needs_no_token(api):
    response = await api().get("/health")
    assert response.json() == {"status": "ok"}


async def test_request_id_is_echoed(api):
    response = await api().get("/health", headers={"X-Request-Id": "client-0001"})
    assert response.headers["x-request-id"] == "client-0001"


async def test_unsafe_request_id_is_replaced(api):
    response = await api().get("/health", headers={"X-Request-Id": "bad id"})
    assert len(response.headers["x-request-id"]) == 16


async def test_unknown_path_has_the_problem_shape(api):
    response = await api().get("/nowhere")
    assert response.status_code == 404
    assert response.json()["problem"]["code"] == "not_found"


async def test_missing_token_is_401_with_a_challenge(api):
    response = await api().get("/me")
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"


async def test_malformed_json_is_400(api, owner):
    response = await api(owner).post(
        "/organisations", content="{", headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 400
    assert response.json()["problem"]["code"] == "malformed_json"


async def test_invalid_input_is_422_with_pointers(api, owner):
    response = await api(owner).post(
        "/organisations", json={"name": "A", "currency": "XXX", "x": 1}
    )
    assert response.status_code == 422
    problem = response.json()["problem"]
    assert problem["pointer"] == "/currency"
    assert [item["pointer"] for item in problem["context"]["problems"]] == ["/currency", "/x"]


async def test_limit_out_of_range_is_422(api, owner):
    response = await api(owner).get("/organisations", params={"limit": 101})
    assert response.status_code == 422
    assert response.json()["problem"]["pointer"] == "/limit"
