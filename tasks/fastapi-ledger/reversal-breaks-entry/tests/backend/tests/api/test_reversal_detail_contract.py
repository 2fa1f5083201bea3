import pytest


async def reverse(client, entry_id):
    response = await client.post(f"/entries/{entry_id}/reverse", json={})
    assert response.status_code == 201
    return response.json()


async def read(client, entry_id):
    response = await client.get(f"/entries/{entry_id}")
    assert response.status_code == 200
    return response.json()


async def reversal_of_an_invoice(client, club, invoice):
    assert (await client.post(f"/invoices/{invoice.public_id}/void")).status_code == 200
    path = f"/organisations/{club.public_id}/entries"
    entries = (await client.get(path)).json()["data"]
    return next(entry for entry in entries if entry["source"] == "reversal")


async def test_reversal_is_read_as_it_was_answered(api, make, club, owner, frozen_clock):
    entry = await make.entry(club, actor=owner, amount=4200)
    client = api(owner)
    reversal = await reverse(client, entry.public_id)
    assert await read(client, reversal["id"]) == reversal
    assert reversal["reverses"] == {"id": entry.public_id, "number": 1}
    assert reversal["created_by"] == {"id": owner.public_id, "name": owner.name}
    assert [line["amount"] for line in reversal["lines"]] == [-4200, 4200]


async def test_each_reversal_names_its_own_entry(api, make, club, owner, frozen_clock):
    entries = [await make.entry(club, actor=owner) for _ in range(3)]
    client = api(owner)
    reversals = [await reverse(client, entry.public_id) for entry in reversed(entries)]
    found = [(await read(client, reversal["id"]))["reverses"] for reversal in reversals]
    assert found == [
        {"id": entry.public_id, "number": number}
        for number, entry in reversed(list(enumerate(entries, start=1)))
    ]


async def test_reversed_entry_reverses_nothing(api, make, club, owner, frozen_clock):
    entry = await make.entry(club, actor=owner)
    client = api(owner)
    before = await read(client, entry.public_id)
    assert before["reverses"] is None
    await reverse(client, entry.public_id)
    assert await read(client, entry.public_id) == before


async def test_reversal_by_a_void_is_read(api, make, club, owner, frozen_clock):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    client = api(owner)
    reversal = await reversal_of_an_invoice(client, club, invoice)
    found = await read(client, reversal["id"])
    assert found["reverses"]["number"] == 1
    original = await read(client, found["reverses"]["id"])
    assert (original["source"], original["reverses"]) == ("invoice", None)


@pytest.mark.parametrize("role", ["viewer", "bookkeeper"])
async def test_members_read_a_reversal(api, make, club, owner, frozen_clock, role):
    entry = await make.entry(club, actor=owner)
    reversal = await reverse(api(owner), entry.public_id)
    found = await read(api(await make.member(club, role)), reversal["id"])
    assert found["reverses"] == {"id": entry.public_id, "number": 1}


async def test_stranger_does_not_see_a_reversal(api, make, club, owner, frozen_clock):
    entry = await make.entry(club, actor=owner)
    reversal = await reverse(api(owner), entry.public_id)
    response = await api(await make.user()).get(f"/entries/{reversal['id']}")
    assert response.status_code == 404


async def test_reversal_takes_the_queries_of_any_entry(
    api, make, club, owner, queries, frozen_clock
):
    entry = await make.entry(club, actor=owner)
    client = api(owner)
    reversal = await reverse(client, entry.public_id)
    with queries() as for_the_entry:
        await read(client, entry.public_id)
    with queries() as for_its_reversal:
        await read(client, reversal["id"])
    assert len(for_its_reversal) <= len(for_the_entry)


async def test_entry_takes_no_more_queries_than_before(api, make, club, owner, queries):
    entry = await make.entry(club, actor=owner)
    with queries() as statements:
        await read(api(owner), entry.public_id)
    assert len(statements) <= 4


async def test_reversal_takes_attachments_and_no_reversal(api, make, club, owner, frozen_clock):
    entry = await make.entry(club, actor=owner)
    client = api(owner)
    reversal = await reverse(client, entry.public_id)
    assert (await client.get(f"/entries/{reversal['id']}/attachments")).json()["data"] == []
    refused = await client.post(f"/entries/{reversal['id']}/reverse", json={})
    assert refused.status_code == 409
    assert refused.json()["problem"]["code"] == "is_reversal"
    again = await client.post(f"/entries/{entry.public_id}/reverse", json={})
    assert again.status_code == 409
    assert again.json()["problem"]["context"] == {"entry": reversal["id"]}
