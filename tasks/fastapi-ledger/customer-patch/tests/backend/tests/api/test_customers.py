async def test_bookkeeper_creates_a_customer(api, make, club):
    response = await api(await make.bookkeeper(club)).post(
        f"/organisations/{club.public_id}/customers",
        json={"name": "Harbour Café", "email": "Office@Example.org"},
    )
    assert response.status_code == 201
    assert response.json()["email"] == "office@example.org"
    assert response.json()["payment_days"] == 14


async def test_taken_name_is_409(api, make, club, owner):
    await make.customer(club, actor=owner, name="Harbour Café")
    response = await api(owner).post(
        f"/organisations/{club.public_id}/customers", json={"name": "harbour cafe"}
    )
    assert response.status_code == 409
    assert response.json()["problem"]["pointer"] == "/name"


async def test_bookkeeper_renames_a_customer(api, make, club, owner, frozen_clock):
    customer = await make.customer(
        club, actor=owner, name="Harbour Café", email="office@example.org", payment_days=30
    )
    response = await api(await make.bookkeeper(club)).patch(
        f"/customers/{customer.public_id}", json={"name": "Harbour Bistro"}
    )
    assert response.status_code == 200
    assert response.json() == {
        "id": customer.public_id,
        "name": "Harbour Bistro",
        "email": "office@example.org",
        "address": None,
        "payment_days": 30,
        "reminders": True,
        "created_at": "2026-03-09T08:30:15Z",
    }


async def test_viewer_does_not_change_a_customer(api, make, club, owner):
    customer = await make.customer(club, actor=owner)
    response = await api(await make.viewer(club)).patch(
        f"/customers/{customer.public_id}", json={"name": "Other"}
    )
    assert response.status_code == 403


async def test_customers_are_listed_by_name(api, make, club, owner):
    for name in ("Zander", "Älba", "Berg"):
        await make.customer(club, actor=owner, name=name)
    response = await api(owner).get(f"/organisations/{club.public_id}/customers")
    assert [item["name"] for item in response.json()["data"]] == ["Älba", "Berg", "Zander"]


async def test_stranger_does_not_see_a_customer(api, make, club, owner):
    customer = await make.customer(club, actor=owner)
    response = await api(await make.user()).get(f"/customers/{customer.public_id}")
    assert response.status_code == 404
