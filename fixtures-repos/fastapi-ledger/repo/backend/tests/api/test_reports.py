async def test_balances_of_a_day(api, make, club, owner):
    await make.entry(club, actor=owner, amount=500)
    response = await api(await make.viewer(club)).get(
        f"/organisations/{club.public_id}/reports/balances", params={"on": "2026-03-31"}
    )
    body = response.json()
    assert body["currency"] == "EUR"
    assert body["on"] == "2026-03-31"
    found = {row["account"]["code"]: row["balance"] for row in body["balances"]}
    assert (found["6000"], found["1000"], found["4000"]) == (500, -500, 0)


async def test_balances_take_one_query_for_all_accounts(api, make, club, owner, queries):
    client = api(owner)
    path = f"/organisations/{club.public_id}/reports/balances"
    with queries() as statements:
        await client.get(path)
    assert sum("entry_lines" in statement for statement in statements) == 1
