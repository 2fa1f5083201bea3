import pytest


@pytest.fixture
async def customer(make, club, owner):
    return await make.customer(club, actor=owner, name="Harbour Café", address="Quay 1\n2000 Port")


async def test_drafting_answers_with_the_addressee(api, make, club, owner, customer):
    income = await make.standard(club, "4000")
    payload = {
        "customer": customer.public_id,
        "lines": [{"account": income.public_id, "description": "Boat hire", "unit_price": 10_000}],
    }
    response = await api(owner).post(f"/organisations/{club.public_id}/invoices", json=payload)
    assert response.status_code == 201
    assert response.json()["addressee"] == {
        "name": "Harbour Café",
        "address": "Quay 1\n2000 Port",
    }
    assert response.json()["customer"] == {"id": customer.public_id, "name": "Harbour Café"}


async def test_addressee_without_an_address(api, make, club, owner):
    customer = await make.customer(club, actor=owner, name="Berg")
    invoice = await make.draft(club, actor=owner, customer=customer)
    response = await api(owner).get(f"/invoices/{invoice.public_id}")
    assert response.json()["addressee"] == {"name": "Berg", "address": None}


async def test_draft_follows_its_customer(api, make, club, owner, customer):
    invoice = await make.draft(club, actor=owner, customer=customer)
    client = api(owner)
    changes = {"name": "Harbour Bar", "address": "Pier 4"}
    await client.patch(f"/customers/{customer.public_id}", json=changes)
    response = await client.get(f"/invoices/{invoice.public_id}")
    assert response.json()["addressee"] == changes


async def test_draft_is_given_to_another_customer(api, make, club, owner, customer):
    other = await make.customer(club, actor=owner, name="Berg", address="Hill 7")
    invoice = await make.draft(club, actor=owner, customer=customer)
    client = api(owner)
    path = f"/invoices/{invoice.public_id}"
    response = await client.patch(path, json={"customer": other.public_id})
    assert response.json()["addressee"] == {"name": "Berg", "address": "Hill 7"}
    assert (await client.get(path)).json()["addressee"] == {"name": "Berg", "address": "Hill 7"}


async def test_issuing_and_voiding_answer_with_the_addressee(api, make, club, owner, customer):
    invoice = await make.draft(club, actor=owner, customer=customer)
    client = api(owner)
    issued = await client.post(f"/invoices/{invoice.public_id}/issue")
    voided = await client.post(f"/invoices/{invoice.public_id}/void")
    expected = {"name": "Harbour Café", "address": "Quay 1\n2000 Port"}
    assert [issued.json()["addressee"], voided.json()["addressee"]] == [expected, expected]
    assert voided.json()["status"] == "void"


async def test_viewers_see_the_addressee(api, make, club, owner, customer):
    invoice = await make.invoice(club, actor=owner, customer=customer)
    response = await api(await make.viewer(club)).get(f"/invoices/{invoice.public_id}")
    assert response.json()["addressee"]["name"] == "Harbour Café"


async def test_list_does_not_show_it(api, make, club, owner, customer):
    await make.invoice(club, actor=owner, customer=customer)
    response = await api(owner).get(f"/organisations/{club.public_id}/invoices")
    (summary,) = response.json()["data"]
    assert "addressee" not in summary


@pytest.mark.parametrize("state", ["draft", "issued"])
async def test_reading_takes_the_queries_that_it_took(
    api, make, club, owner, customer, queries, state
):
    made = make.draft if state == "draft" else make.invoice
    invoice = await made(club, actor=owner, customer=customer)
    client = api(owner)
    with queries() as statements:
        response = await client.get(f"/invoices/{invoice.public_id}")
    assert response.json()["status"] == state
    assert len(statements) <= 4


async def test_addressee_is_not_written_by_clients(api, make, club, owner, customer):
    invoice = await make.draft(club, actor=owner, customer=customer)
    response = await api(owner).patch(
        f"/invoices/{invoice.public_id}", json={"addressee": {"name": "Nobody", "address": None}}
    )
    assert response.status_code == 422
