from datetime import date


async def body(make, club, amounts=(1500, -1500)):
    accounts = [await make.standard(club, code) for code in ("6000", "1000")]
    return {
        "booked_on": "2026-03-02",
        "memo": "Oars",
        "lines": [
            {"account": account.public_id, "amount": amount}
            for account, amount in zip(accounts, amounts, strict=True)
        ],
    }


async def test_bookkeeper_posts_an_entry(api, make, club):
    bookkeeper = await make.bookkeeper(club)
    response = await api(bookkeeper).post(
        f"/organisations/{club.public_id}/entries", json=await body(make, club)
    )
    assert response.status_code == 201
    entry = response.json()
    assert entry["number"] == 1
    assert [line["account"]["code"] for line in entry["lines"]] == ["6000", "1000"]
    assert entry["created_by"]["id"] == bookkeeper.public_id
    assert entry["reverses"] is None


async def test_unbalanced_entry_is_422_and_uses_no_number(api, make, club, owner):
    client = api(owner)
    path = f"/organisations/{club.public_id}/entries"
    response = await client.post(path, json=await body(make, club, (1500, -1400)))
    assert response.status_code == 422
    assert response.json()["problem"]["code"] == "unbalanced"
    assert (await client.post(path, json=await body(make, club))).json()["number"] == 1


async def test_amounts_are_whole_minor_units(api, make, club, owner):
    response = await api(owner).post(
        f"/organisations/{club.public_id}/entries", json=await body(make, club, (15.5, -15.5))
    )
    assert response.status_code == 422
    assert response.json()["problem"]["pointer"] == "/lines/0/amount"


async def test_account_of_another_organisation_is_422(api, make, club, owner):
    other = await make.organisation(owner=owner)
    payload = await body(make, club)
    payload["lines"][1]["account"] = (await make.standard(other, "1000")).public_id
    response = await api(owner).post(f"/organisations/{club.public_id}/entries", json=payload)
    assert response.status_code == 422
    assert response.json()["problem"]["pointer"] == "/lines/1/account"


async def test_viewer_reads_an_entry(api, make, club, owner):
    entry = await make.entry(club, actor=owner)
    response = await api(await make.viewer(club)).get(f"/entries/{entry.public_id}")
    assert response.status_code == 200
    assert response.json()["memo"] == "Oars"


async def test_stranger_does_not_see_an_entry(api, make, club, owner):
    entry = await make.entry(club, actor=owner)
    assert (await api(await make.user()).get(f"/entries/{entry.public_id}")).status_code == 404


async def test_reversal_names_its_entry(api, make, club, owner, frozen_clock):
    entry = await make.entry(club, actor=owner)
    response = await api(owner).post(f"/entries/{entry.public_id}/reverse", json={})
    assert response.status_code == 201
    assert response.json()["reverses"] == {"id": entry.public_id, "number": 1}
    again = await api(owner).post(f"/entries/{entry.public_id}/reverse", json={})
    assert again.status_code == 409


async def test_viewer_does_not_reverse(api, make, club, owner):
    entry = await make.entry(club, actor=owner)
    response = await api(await make.viewer(club)).post(
        f"/entries/{entry.public_id}/reverse", json={}
    )
    assert response.status_code == 403


async def test_entries_are_filtered_by_day_and_account(api, make, club, owner):
    await make.entry(club, actor=owner, booked_on=date(2026, 2, 27), memo="February")
    await make.entry(club, actor=owner, booked_on=date(2026, 3, 1), memo="March")
    await make.entry(club, actor=owner, booked_on=date(2026, 3, 1), memo="Cash", credit="1010")
    bank = await make.standard(club, "1000")
    response = await api(owner).get(
        f"/organisations/{club.public_id}/entries",
        params={"first_day": "2026-03-01", "account": bank.public_id},
    )
    assert [item["memo"] for item in response.json()["data"]] == ["March"]


async def test_pages_of_one_day_are_complete(api, make, club, owner):
    for number in range(5):
        await make.entry(club, actor=owner, memo=str(number))
    client = api(owner)
    seen, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(f"/organisations/{club.public_id}/entries", params=params)).json()
        seen += [item["memo"] for item in page["data"]]
        cursor = page["meta"]["next_cursor"]
        if cursor is None:
            break
    assert seen == ["4", "3", "2", "1", "0"]


async def test_list_takes_the_same_queries_for_any_length(api, make, club, owner, queries):
    client = api(owner)
    path = f"/organisations/{club.public_id}/entries"
    await make.entry(club, actor=owner)
    with queries() as few:
        await client.get(path)
    for _ in range(4):
        await make.entry(club, actor=owner)
    with queries() as many:
        response = await client.get(path)
    assert len(response.json()["data"]) == 5
    assert len(many) == len(few)


async def test_shared_cost_is_posted(api, make, club, owner):
    bank = await make.standard(club, "1000")
    expense = await make.standard(club, "6000")
    boats = await make.account(club, code="6100", actor=owner)
    response = await api(owner).post(
        f"/organisations/{club.public_id}/entries/shared-cost",
        json={
            "booked_on": "2026-03-02",
            "paid_from": bank.public_id,
            "amount": 1001,
            "shares": [
                {"account": expense.public_id, "weight": 1},
                {"account": boats.public_id, "weight": 1},
            ],
        },
    )
    assert response.status_code == 201
    assert [line["amount"] for line in response.json()["lines"]] == [-1001, 501, 500]
