async def test_payment_is_recorded(api, make, club, owner):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    response = await api(await make.bookkeeper(club)).post(
        f"/invoices/{invoice.public_id}/payments", json={"amount": 4000, "reference": "RF18"}
    )
    assert response.status_code == 201
    payment = response.json()
    assert payment["invoice"] == {
        "id": invoice.public_id,
        "status": "issued",
        "outstanding": 6000,
    }
    assert payment["entry"]["number"] == 2


async def test_cash_payment_goes_to_the_given_account(api, make, club, owner):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    cash = await make.standard(club, "1010")
    client = api(owner)
    await client.post(
        f"/invoices/{invoice.public_id}/payments",
        json={"amount": 10_000, "account": cash.public_id},
    )
    assert (await client.get(f"/accounts/{cash.public_id}")).json()["balance"] == 10_000


async def test_payment_of_a_paid_invoice_is_409(api, make, club, owner):
    invoice = await make.invoice(club, actor=owner, prices=(100,))
    await make.payment(invoice, actor=owner, amount=100)
    response = await api(owner).post(f"/invoices/{invoice.public_id}/payments", json={"amount": 1})
    assert response.status_code == 409
    assert response.json()["problem"]["code"] == "not_issued"


async def test_overpayment_is_409(api, make, club, owner):
    invoice = await make.invoice(club, actor=owner, prices=(100,))
    response = await api(owner).post(
        f"/invoices/{invoice.public_id}/payments", json={"amount": 101}
    )
    assert response.status_code == 409
    assert response.json()["problem"]["pointer"] == "/amount"


async def test_payments_are_listed(api, make, club, owner):
    invoice = await make.invoice(club, actor=owner, prices=(100,))
    await make.payment(invoice, actor=owner, amount=30)
    await make.payment(invoice, actor=owner, amount=20)
    response = await api(await make.viewer(club)).get(f"/invoices/{invoice.public_id}/payments")
    assert [item["amount"] for item in response.json()["data"]] == [20, 30]
