async def test_create_answers_201(api, make):
    response = await api(await make.user()).post("/organisations", json={"name": " Chess  Circle "})
    assert response.status_code == 201
    body = response.json()
    assert body["name"] == "Chess Circle"
    assert body["id"].startswith("org_")
    assert body["locked_until"] is None


async def test_list_has_own_organisations_by_name(api, make, club, owner):
    await make.organisation(owner=owner, name="Alpine Club")
    await make.organisation(owner=await make.user(), name="Other")
    response = await api(owner).get("/organisations")
    assert [item["name"] for item in response.json()["data"]] == [
        "Alpine Club",
        "Riverside Rowing Club",
    ]


async def test_stranger_gets_404(api, make, club):
    response = await api(await make.user()).get(f"/organisations/{club.public_id}")
    assert response.status_code == 404


async def test_owner_changes_some_fields(api, club, owner):
    response = await api(owner).patch(
        f"/organisations/{club.public_id}", json={"invoice_prefix": "RC-"}
    )
    assert response.json()["invoice_prefix"] == "RC-"
    assert response.json()["name"] == "Riverside Rowing Club"


async def test_name_cannot_be_removed(api, club, owner):
    response = await api(owner).patch(f"/organisations/{club.public_id}", json={"name": None})
    assert response.status_code == 422
    assert response.json()["problem"]["code"] == "not_clearable"


async def test_bookkeeper_does_not_lock_the_books(api, make, club):
    response = await api(await make.bookkeeper(club)).post(
        f"/organisations/{club.public_id}/lock", json={"until": "2026-01-31"}
    )
    assert response.status_code == 403
    assert response.json()["problem"]["context"] == {"role": "bookkeeper", "needed": "owner"}


async def test_lock_answers_with_the_organisation(api, club, owner, frozen_clock):
    response = await api(owner).post(
        f"/organisations/{club.public_id}/lock", json={"until": "2026-02-28"}
    )
    assert response.status_code == 200
    assert response.json()["locked_until"] == "2026-02-28"
