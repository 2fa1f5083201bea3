from tests.factories import PASSWORD


async def test_token_opens_the_api(api, make):
    user = await make.user(email="kim@example.org")
    response = await api().post("/tokens", json={"email": "KIM@example.org", "password": PASSWORD})
    assert response.status_code == 201
    token = response.json()["token"]
    me = await api().get("/me", headers={"Authorization": f"Bearer {token}"})
    assert me.json()["id"] == user.public_id


async def test_wrong_password_is_401(api, make):
    await make.user(email="kim@example.org")
    response = await api().post("/tokens", json={"email": "kim@example.org", "password": "no"})
    assert response.status_code == 401
    assert response.json()["problem"]["code"] == "bad_credentials"


async def test_unknown_token_is_401(api):
    response = await api().get("/me", headers={"Authorization": "Bearer nobody"})
    assert response.json()["problem"]["code"] == "bad_token"


async def test_me_shows_whole_seconds_in_utc(api, make, frozen_clock):
    response = await api(await make.user()).get("/me")
    assert response.json()["created_at"] == "2026-03-09T08:30:15Z"
