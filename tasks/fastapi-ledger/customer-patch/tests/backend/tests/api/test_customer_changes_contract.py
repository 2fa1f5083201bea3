import pytest

BEFORE = {
    "name": "Harbour Café",
    "email": "office@example.org",
    "address": "1 Quay Street",
    "payment_days": 30,
    "reminders": False,
}
AFTER = {
    "name": "Harbour Bistro",
    "email": "books@example.org",
    "address": "2 Quay Street",
    "payment_days": 45,
    "reminders": True,
}


@pytest.fixture
async def customer(make, club, owner):
    return await make.customer(club, actor=owner, **BEFORE)


async def patch(client, customer, body):
    return await client.patch(f"/customers/{customer.public_id}", json=body)


async def stored(client, customer):
    found = (await client.get(f"/customers/{customer.public_id}")).json()
    return {field: found[field] for field in BEFORE}


async def updates(client, club):
    path = f"/organisations/{club.public_id}/activity"
    listed = (await client.get(path, params={"action": "customer.updated"})).json()["data"]
    return [event["data"] for event in listed]


@pytest.mark.parametrize("field", BEFORE)
async def test_only_the_field_that_was_sent_is_changed(api, club, owner, customer, field):
    client = api(owner)
    response = await patch(client, customer, {field: AFTER[field]})
    assert response.status_code == 200
    expected = {**BEFORE, field: AFTER[field]}
    assert {name: response.json()[name] for name in BEFORE} == expected
    assert await stored(client, customer) == expected
    assert await updates(client, club) == [{"fields": [field]}]


async def test_all_fields_may_be_sent(api, club, owner, customer):
    client = api(owner)
    assert (await patch(client, customer, AFTER)).status_code == 200
    assert await stored(client, customer) == AFTER
    assert await updates(client, club) == [{"fields": sorted(AFTER)}]


@pytest.mark.parametrize("field", ["email", "address"])
async def test_null_clears(api, club, owner, customer, field):
    client = api(owner)
    response = await patch(client, customer, {field: None})
    assert response.status_code == 200
    assert response.json()[field] is None
    assert await stored(client, customer) == {**BEFORE, field: None}
    assert await updates(client, club) == [{"fields": [field]}]


async def test_null_and_values_go_together(api, owner, customer):
    client = api(owner)
    body = {"email": None, "address": None, "payment_days": 7}
    assert (await patch(client, customer, body)).status_code == 200
    assert await stored(client, customer) == {**BEFORE, **body}


async def test_what_was_cleared_may_be_cleared_and_given_again(api, owner, customer):
    client = api(owner)
    for email in (None, None, "books@example.org"):
        assert (await patch(client, customer, {"email": email})).status_code == 200
        assert await stored(client, customer) == {**BEFORE, "email": email}


@pytest.mark.parametrize("field", ["name", "payment_days", "reminders"])
async def test_null_for_anything_else_is_422(api, club, owner, customer, field):
    client = api(owner)
    response = await patch(client, customer, {field: None})
    assert response.status_code == 422
    problem = response.json()["problem"]
    assert (problem["code"], problem["pointer"]) == ("not_clearable", f"/{field}")
    assert await stored(client, customer) == BEFORE
    assert await updates(client, club) == []


@pytest.mark.parametrize("field", ["name", "payment_days", "reminders"])
async def test_nothing_of_a_refused_body_is_taken(api, club, owner, customer, field):
    client = api(owner)
    body = {**AFTER, "email": None, field: None}
    assert (await patch(client, customer, body)).status_code == 422
    assert await stored(client, customer) == BEFORE
    assert await updates(client, club) == []


@pytest.mark.parametrize(
    ("before", "body"),
    [
        (BEFORE, {"payment_days": 14}),
        (BEFORE, {"reminders": True}),
        (BEFORE, {"payment_days": 14, "reminders": True}),
        (BEFORE, {"payment_days": 0}),
        (BEFORE, {"address": ""}),
        ({**BEFORE, "reminders": True}, {"reminders": False}),
        ({**BEFORE, "payment_days": 14}, {"reminders": True}),
    ],
)
async def test_values_that_look_like_nothing_are_taken(api, make, club, owner, before, body):
    customer = await make.customer(club, actor=owner, **before)
    client = api(owner)
    assert (await patch(client, customer, body)).status_code == 200
    assert await stored(client, customer) == {**before, **body}
    assert await updates(client, club) == [{"fields": sorted(body)}]


async def test_empty_body_changes_nothing(api, owner, customer):
    client = api(owner)
    assert (await patch(client, customer, {})).status_code == 200
    assert await stored(client, customer) == BEFORE


async def test_terms_hold_for_the_next_invoice(api, make, club, owner, customer, frozen_clock):
    client = api(owner)
    assert (await patch(client, customer, {"email": None})).status_code == 200
    income = await make.standard(club, "4000")
    drafted = await client.post(
        f"/organisations/{club.public_id}/invoices",
        json={
            "customer": customer.public_id,
            "lines": [{"account": income.public_id, "description": "Hire", "unit_price": 100}],
        },
    )
    issued = await client.post(f"/invoices/{drafted.json()['id']}/issue")
    assert issued.json()["due_on"] == "2026-04-08"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"payment_days": 121}, "/payment_days"),
        ({"payment_days": -1}, "/payment_days"),
        ({"reminders": "often"}, "/reminders"),
        ({"email": "nobody"}, "/email"),
        ({"email": ""}, "/email"),
        ({"address": "x" * 401}, "/address"),
        ({"name": " "}, "/name"),
        ({"colour": "red"}, "/colour"),
    ],
)
async def test_invalid_value_is_422(api, club, owner, customer, body, pointer):
    client = api(owner)
    response = await patch(client, customer, body)
    assert response.status_code == 422
    problem = response.json()["problem"]
    assert (problem["code"], problem["pointer"]) == ("invalid", pointer)
    assert await stored(client, customer) == BEFORE
    assert await updates(client, club) == []


async def test_name_of_another_customer_is_409(api, make, club, owner, customer):
    await make.customer(club, actor=owner, name="Harbour Bistro")
    client = api(owner)
    response = await patch(client, customer, {"name": "harbour bistro", "email": None})
    assert response.status_code == 409
    assert response.json()["problem"]["code"] == "name_taken"
    assert await stored(client, customer) == BEFORE


async def test_new_customer_has_the_usual_terms(api, club, owner):
    client = api(owner)
    created = await client.post(
        f"/organisations/{club.public_id}/customers", json={"name": "Harbour Café"}
    )
    assert created.status_code == 201
    body = created.json()
    assert (body["payment_days"], body["reminders"]) == (14, True)
    assert (body["email"], body["address"]) == (None, None)


@pytest.mark.parametrize("field", ["name", "payment_days", "reminders"])
async def test_new_customer_without_a_value_is_422(api, club, owner, field):
    response = await api(owner).post(
        f"/organisations/{club.public_id}/customers", json={**BEFORE, field: None}
    )
    assert response.status_code == 422
    assert response.json()["problem"]["pointer"] == f"/{field}"


async def test_viewer_clears_nothing(api, make, club, owner, customer):
    response = await patch(api(await make.viewer(club)), customer, {"email": None})
    assert response.status_code == 403
    assert await stored(api(owner), customer) == BEFORE
