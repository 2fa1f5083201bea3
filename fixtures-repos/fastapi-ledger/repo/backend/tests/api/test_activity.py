async def test_activity_names_the_people(api, make, club, owner):
    response = await api(await make.viewer(club)).get(f"/organisations/{club.public_id}/activity")
    (event,) = response.json()["data"]
    assert event["action"] == "organisation.created"
    assert event["actor"] == {"id": owner.public_id, "name": "Olga Brandt"}


async def test_activity_is_newest_first(api, make, owner, frozen_clock):
    club = await make.organisation(owner=owner)
    frozen_clock.advance(minutes=1)
    await make.customer(club, actor=owner)
    frozen_clock.advance(minutes=1)
    await make.account(club, code="6100", actor=owner)
    client = api(owner)
    path = f"/organisations/{club.public_id}/activity"
    page = (await client.get(path, params={"limit": 2})).json()
    assert [item["action"] for item in page["data"]] == ["account.created", "customer.created"]
    rest = await client.get(path, params={"cursor": page["meta"]["next_cursor"]})
    assert [item["action"] for item in rest.json()["data"]] == ["organisation.created"]


async def test_activity_is_filtered_by_subject(api, make, club, owner):
    customer = await make.customer(club, actor=owner)
    response = await api(owner).get(
        f"/organisations/{club.public_id}/activity", params={"subject": customer.public_id}
    )
    assert [item["action"] for item in response.json()["data"]] == ["customer.created"]
