async def test_statement_is_imported(api, make, club, owner):
    bank = await make.standard(club, "1000")
    client = api(await make.bookkeeper(club))
    response = await client.post(
        "/bank-imports",
        json={
            "account": bank.public_id,
            "filename": "march.csv",
            "content": "date,amount,counterparty,description\n2026-03-02,-19.90,Chandlery,Rope\n",
        },
    )
    assert response.status_code == 201
    assert response.json()["row_count"] == 1
    rows = await client.get(f"/bank-imports/{response.json()['id']}/transactions")
    assert [row["counterparty"] for row in rows.json()["data"]] == ["Chandlery"]
