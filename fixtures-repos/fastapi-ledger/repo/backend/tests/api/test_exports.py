from app.workers import jobs
from app.workers.exports import build_export

MARCH = {"first_day": "2026-03-01", "last_day": "2026-03-31"}


async def test_request_answers_202(api, make, club):
    response = await api(await make.bookkeeper(club)).post(
        f"/organisations/{club.public_id}/exports", json=MARCH
    )
    assert response.status_code == 202
    assert response.json()["status"] == "pending"
    assert response.json()["layout"] == "journal"


async def test_viewer_requests_no_export(api, make, club):
    response = await api(await make.viewer(club)).post(
        f"/organisations/{club.public_id}/exports", json=MARCH
    )
    assert response.status_code == 403


async def test_finished_export_is_downloaded(api, database, make, club, owner):
    await make.entry(club, actor=owner, amount=5)
    client = api(owner)
    export = (
        await client.post(
            f"/organisations/{club.public_id}/exports", json=MARCH | {"layout": "bookkeeper"}
        )
    ).json()
    await jobs.run(database, build_export, export_id=export["id"])
    response = await client.get(f"/exports/{export['id']}/content")
    assert response.status_code == 200
    assert response.text.startswith("H;Riverside Rowing Club;EUR;1\r\n")


async def test_stranger_does_not_see_an_export(api, make, club, owner):
    export = (await api(owner).post(f"/organisations/{club.public_id}/exports", json=MARCH)).json()
    response = await api(await make.user()).get(f"/exports/{export['id']}")
    assert response.status_code == 404
