async def test_bookkeeper_creates_an_account(api, make, club):
    response = await api(await make.bookkeeper(club)).post(
        f"/organisations/{club.public_id}/accounts",
        json={"code": "6100", "name": "Boats", "kind": "expense"},
    )
    assert response.status_code == 201
    assert response.json()["archived_at"] is None


async def test_viewer_does_not_create_accounts(api, make, club):
    response = await api(await make.viewer(club)).post(
        f"/organisations/{club.public_id}/accounts",
        json={"code": "6100", "name": "Boats", "kind": "expense"},
    )
    assert response.status_code == 403


async def test_accounts_are_listed_by_code_and_kind(api, make, club):
    viewer = await make.viewer(club)
    response = await api(viewer).get(
        f"/organisations/{club.public_id}/accounts", params={"kind": "asset"}
    )
    assert [item["code"] for item in response.json()["data"]] == ["1000", "1010", "1200"]


async def test_pages_follow_each_other(api, make, club):
    client = api(await make.viewer(club))
    path = f"/organisations/{club.public_id}/accounts"
    first = (await client.get(path, params={"limit": 4})).json()
    assert first["meta"]["has_more"]
    second = (
        await client.get(path, params={"limit": 4, "cursor": first["meta"]["next_cursor"]})
    ).json()
    assert [item["code"] for item in first["data"] + second["data"]] == [
        "1000",
        "1010",
        "1200",
        "2200",
        "3000",
        "4000",
        "6000",
    ]
    assert second["meta"] == {"limit": 4, "next_cursor": None, "has_more": False}


async def test_bad_cursor_is_422(api, make, club):
    response = await api(await make.viewer(club)).get(
        f"/organisations/{club.public_id}/accounts", params={"cursor": "WzFd"}
    )
    assert response.status_code == 422
    assert response.json()["problem"]["code"] == "bad_cursor"


async def test_detail_shows_the_balance(api, make, club, owner):
    await make.entry(club, actor=owner, amount=2500)
    bank = await make.standard(club, "1000")
    response = await api(owner).get(f"/accounts/{bank.public_id}")
    assert response.json()["balance"] == -2500


async def test_account_of_another_organisation_is_404(api, make, club):
    bank = await make.standard(club, "1000")
    stranger = await make.user()
    await make.organisation(owner=stranger)
    assert (await api(stranger).get(f"/accounts/{bank.public_id}")).status_code == 404


async def test_archived_accounts_are_listed_on_request(api, make, club, owner):
    account = await make.account(club, code="6100", actor=owner)
    client = api(owner)
    await client.post(f"/accounts/{account.public_id}/archive")
    path = f"/organisations/{club.public_id}/accounts"
    codes = [item["code"] for item in (await client.get(path)).json()["data"]]
    assert "6100" not in codes
    shown = (await client.get(path, params={"archived": True})).json()["data"]
    assert "6100" in [item["code"] for item in shown]
