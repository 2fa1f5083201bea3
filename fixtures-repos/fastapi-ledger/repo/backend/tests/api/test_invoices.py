from sqlalchemy import select

from app.models import SentMail


async def draft_body(make, club, owner):
    customer = await make.customer(club, actor=owner, name="Harbour Café")
    income = await make.standard(club, "4000")
    return {
        "customer": customer.public_id,
        "lines": [{"account": income.public_id, "description": "Boat hire", "unit_price": 10_000}],
    }


async def test_bookkeeper_drafts_an_invoice(api, make, club, owner):
    response = await api(await make.bookkeeper(club)).post(
        f"/organisations/{club.public_id}/invoices", json=await draft_body(make, club, owner)
    )
    assert response.status_code == 201
    invoice = response.json()
    assert (invoice["status"], invoice["number"], invoice["total"]) == ("draft", None, 10_000)
    assert invoice["customer"]["name"] == "Harbour Café"


async def test_unknown_customer_is_422(api, make, club, owner):
    payload = await draft_body(make, club, owner)
    payload["customer"] = "cus_missing"
    response = await api(owner).post(f"/organisations/{club.public_id}/invoices", json=payload)
    assert response.status_code == 422
    assert response.json()["problem"]["pointer"] == "/customer"


async def test_draft_is_changed_field_by_field(api, make, club, owner):
    invoice = await make.draft(club, actor=owner, note="Thank you", prices=(10_000,))
    client = api(owner)
    response = await client.patch(f"/invoices/{invoice.public_id}", json={"discount": 500})
    assert response.json()["note"] == "Thank you"
    assert response.json()["total"] == 9500
    cleared = await client.patch(f"/invoices/{invoice.public_id}", json={"note": None})
    assert cleared.json()["note"] is None
    assert cleared.json()["discount"] == 500


async def test_lines_of_a_draft_are_replaced(api, make, club, owner):
    invoice = await make.draft(club, actor=owner, prices=(10_000, 200))
    income = await make.standard(club, "4000")
    response = await api(owner).patch(
        f"/invoices/{invoice.public_id}",
        json={
            "lines": [{"account": income.public_id, "description": "Coaching", "unit_price": 7000}]
        },
    )
    assert response.json()["total"] == 7000
    assert [line["description"] for line in response.json()["lines"]] == ["Coaching"]


async def test_issue_answers_with_number_and_sends_the_mail(api, session, make, club, owner):
    customer = await make.customer(club, actor=owner, email="office@example.org")
    invoice = await make.draft(club, actor=owner, customer=customer)
    response = await api(owner).post(f"/invoices/{invoice.public_id}/issue")
    assert response.status_code == 200
    number = response.json()["number"]
    assert number.endswith("-0001")
    assert await session.scalar(select(SentMail.subject)) == f"Invoice {number}"


async def test_issue_twice_is_409(api, make, club, owner):
    invoice = await make.invoice(club, actor=owner)
    response = await api(owner).post(f"/invoices/{invoice.public_id}/issue")
    assert response.status_code == 409
    assert response.json()["problem"]["code"] == "not_draft"


async def test_only_owners_void(api, make, club, owner):
    invoice = await make.invoice(club, actor=owner)
    path = f"/invoices/{invoice.public_id}/void"
    assert (await api(await make.bookkeeper(club)).post(path)).status_code == 403
    response = await api(owner).post(path)
    assert response.json()["status"] == "void"


async def test_list_shows_summaries(api, make, club, owner):
    await make.invoice(club, actor=owner, prices=(10_000, 5000))
    response = await api(await make.viewer(club)).get(f"/organisations/{club.public_id}/invoices")
    (item,) = response.json()["data"]
    assert (item["total"], item["line_count"], item["income_codes"]) == (15_000, 2, ["4000"])


async def test_list_is_filtered_by_status_and_customer(api, make, club, owner):
    customer = await make.customer(club, actor=owner)
    issued = await make.invoice(club, actor=owner, customer=customer)
    await make.draft(club, actor=owner, customer=customer)
    await make.invoice(club, actor=owner)
    response = await api(owner).get(
        f"/organisations/{club.public_id}/invoices",
        params={"status": "issued", "customer": customer.public_id},
    )
    assert [item["id"] for item in response.json()["data"]] == [issued.public_id]


async def test_overdue_invoices_are_issued_and_past_their_day(api, make, club, owner, frozen_clock):
    late = await make.invoice(club, actor=owner)
    frozen_clock.advance(days=14)
    await make.invoice(club, actor=owner)
    client = api(owner)
    path = f"/organisations/{club.public_id}/invoices"
    assert (await client.get(path, params={"overdue": True})).json()["data"] == []
    frozen_clock.advance(days=1)
    response = await client.get(path, params={"overdue": True})
    assert [item["id"] for item in response.json()["data"]] == [late.public_id]


async def test_stranger_does_not_see_an_invoice(api, make, club, owner):
    invoice = await make.draft(club, actor=owner)
    assert (await api(await make.user()).get(f"/invoices/{invoice.public_id}")).status_code == 404
