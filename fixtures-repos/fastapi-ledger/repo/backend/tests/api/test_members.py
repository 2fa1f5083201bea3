async def test_owner_adds_a_member(api, make, club, owner):
    user = await make.user(email="kim@example.org", name="Kim")
    response = await api(owner).post(
        f"/organisations/{club.public_id}/members",
        json={"email": "kim@example.org", "role": "viewer"},
    )
    assert response.status_code == 201
    assert response.json()["user"] == {"id": user.public_id, "name": "Kim"}


async def test_unknown_address_is_422(api, club, owner):
    response = await api(owner).post(
        f"/organisations/{club.public_id}/members",
        json={"email": "nobody@example.org", "role": "viewer"},
    )
    assert response.status_code == 422
    assert response.json()["problem"]["pointer"] == "/email"


async def test_member_is_added_once(api, club, owner):
    response = await api(owner).post(
        f"/organisations/{club.public_id}/members", json={"email": owner.email, "role": "viewer"}
    )
    assert response.status_code == 409


async def test_members_are_listed_in_the_order_they_came(api, make, club, owner):
    viewer = await make.viewer(club)
    response = await api(viewer).get(f"/organisations/{club.public_id}/members")
    people = [item["user"]["id"] for item in response.json()["data"]]
    assert people == [owner.public_id, viewer.public_id]


async def test_removed_member_loses_sight(api, make, club, owner):
    viewer = await make.viewer(club)
    members = (await api(owner).get(f"/organisations/{club.public_id}/members")).json()["data"]
    response = await api(owner).delete(
        f"/organisations/{club.public_id}/members/{members[1]['id']}"
    )
    assert response.status_code == 204
    assert (await api(viewer).get(f"/organisations/{club.public_id}")).status_code == 404


async def test_membership_of_another_organisation_is_404(api, make, club, owner):
    other = await make.organisation(owner=await make.user())
    await make.member(other, "owner", user=owner)
    members = (await api(owner).get(f"/organisations/{other.public_id}/members")).json()["data"]
    response = await api(owner).patch(
        f"/organisations/{club.public_id}/members/{members[0]['id']}", json={"role": "viewer"}
    )
    assert response.status_code == 404
