from datetime import date

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import select

from app.main import app
from app.models import Export
from app.services.exports import request_export
from app.workers import jobs
from app.workers.exports import build_export
from tests.factories import token_of

MARCH = {"first_day": "2026-03-01", "last_day": "2026-03-31"}
COLUMNS = "number,booked_on,memo,account,debit,credit,note\n"


@pytest.fixture
def path(club):
    return f"/organisations/{club.public_id}/exports"


@pytest.fixture
def seen(api, database, owner):
    found = []

    async def look():
        async with database.session() as session:
            rows = await session.execute(
                select(Export.status, Export.row_count, Export.finished_at)
            )
            found.append([tuple(row) for row in rows])

    async def watched(scope, receive, send):
        async def looked(message):
            if message["type"] == "http.response.start":
                await look()
            await send(message)

        await app(scope, receive, looked)

    async def post(path, body):
        api(owner)
        client = AsyncClient(
            transport=ASGITransport(app=watched, raise_app_exceptions=False),
            base_url="http://ledger.test/api/v1",
            headers={"Authorization": f"Bearer {token_of(owner)}"},
            trust_env=False,
        )
        response = await client.post(path, json=body)
        assert response.status_code == 202
        return found

    return post


async def requested(client, path, **fields):
    response = await client.post(path, json=MARCH | fields)
    assert response.status_code == 202
    return response.json()


async def exports(client, path):
    response = await client.get(path)
    assert response.status_code == 200
    return response.json()["data"]


async def requests_on_the_activity_page(client, club):
    path = f"/organisations/{club.public_id}/activity?action=export.requested"
    return (await client.get(path)).json()["data"]


@pytest.mark.parametrize("layout", ["journal", "bookkeeper"])
async def test_requested_export_gets_ready(api, make, club, owner, path, frozen_clock, layout):
    await make.entry(club, actor=owner)
    client = api(owner)
    export = await requested(client, path, layout=layout)
    found = (await client.get(f"/exports/{export['id']}")).json()
    assert found == export | {
        "status": "ready",
        "row_count": 2,
        "finished_at": "2026-03-09T08:30:15Z",
    }


async def test_ready_export_is_downloaded(api, make, club, owner, path):
    await make.entry(club, actor=owner, amount=1234, booked_on=date(2026, 3, 31), memo="Varnish")
    await make.entry(club, actor=owner, booked_on=date(2026, 4, 1), memo="April")
    client = api(await make.bookkeeper(club))
    export = await requested(client, path)
    response = await client.get(f"/exports/{export['id']}/content")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.text == (
        f"{COLUMNS}1,2026-03-31,Varnish,6000,12.34,,\n1,2026-03-31,Varnish,1000,,12.34,\n"
    )


async def test_large_export_is_downloaded_whole(api, make, club, owner, path):
    memo = "Rüster" * 9_000
    await make.entry(club, actor=owner, amount=1234, memo=memo)
    client = api(owner)
    export = await requested(client, path)
    response = await client.get(f"/exports/{export['id']}/content")
    assert response.text == (
        f"{COLUMNS}1,2026-03-02,{memo},6000,12.34,,\n1,2026-03-02,{memo},1000,,12.34,\n"
    )


async def test_every_export_of_several_gets_ready(api, make, club, owner, path):
    await make.entry(club, actor=owner)
    client = api(owner)
    asked = [
        await requested(client, path),
        await requested(client, path, layout="bookkeeper"),
        await requested(client, path, first_day="2026-03-31"),
    ]
    found = {row["id"]: (row["status"], row["row_count"]) for row in await exports(client, path)}
    assert [found[export["id"]] for export in asked] == [("ready", 2), ("ready", 2), ("ready", 0)]


async def test_export_of_empty_days_gets_ready(api, owner, path):
    client = api(owner)
    export = await requested(client, path)
    response = await client.get(f"/exports/{export['id']}/content")
    assert (response.status_code, response.text) == (200, COLUMNS)


async def test_answer_says_pending(api, make, club, owner, path):
    await make.entry(club, actor=owner)
    export = await requested(api(owner), path)
    assert (export["status"], export["row_count"], export["finished_at"]) == ("pending", None, None)


async def test_request_is_committed_and_not_built_when_it_is_answered(
    make, club, owner, path, seen
):
    await make.entry(club, actor=owner)
    assert await seen(path, MARCH) == [[("pending", None, None)]]


async def test_request_that_cannot_be_answered_leaves_nothing(
    api, make, club, owner, path, monkeypatch
):
    async def broken(**_):
        raise RuntimeError("cannot be written")

    client = api(owner)
    with monkeypatch.context() as patched:
        patched.setattr("fastapi.routing.serialize_response", broken)
        assert (await client.post(path, json=MARCH)).status_code == 500
    assert await exports(client, path) == []
    assert await requests_on_the_activity_page(client, club) == []


async def test_request_whose_job_cannot_be_started_leaves_nothing(
    api, club, owner, path, monkeypatch
):
    def broken(*_, **__):
        raise RuntimeError("cannot be started")

    client = api(owner)
    with monkeypatch.context() as patched:
        patched.setattr("starlette.background.BackgroundTasks.add_task", broken)
        patched.setattr("fastapi.BackgroundTasks.add_task", broken)
        assert (await client.post(path, json=MARCH)).status_code == 500
    assert await exports(client, path) == []
    assert await requests_on_the_activity_page(client, club) == []


async def test_refused_requests_leave_nothing(api, make, club, owner, path):
    client = api(owner)
    backwards = {"first_day": "2026-03-31", "last_day": "2026-03-01"}
    assert (await client.post(path, json=backwards)).status_code == 422
    assert (await api(await make.viewer(club)).post(path, json=MARCH)).status_code == 403
    assert (await api(await make.user()).post(path, json=MARCH)).status_code == 404
    assert await exports(client, path) == []
    assert await requests_on_the_activity_page(client, club) == []


async def test_request_is_on_the_activity_page_once(api, make, club, owner, path):
    bookkeeper = await make.bookkeeper(club)
    export = await requested(api(bookkeeper), path)
    rows = await requests_on_the_activity_page(api(owner), club)
    assert [(row["subject_id"], row["actor"]["id"], row["data"]) for row in rows] == [
        (export["id"], bookkeeper.public_id, {"layout": "journal"})
    ]


async def test_ready_export_is_not_built_again(
    api, database, make, club, owner, path, frozen_clock
):
    client = api(owner)
    export = await requested(client, path)
    before = (await client.get(f"/exports/{export['id']}")).json()
    frozen_clock.advance(hours=1)
    await make.entry(club, actor=owner)
    await jobs.run(database, build_export, export_id=export["id"])
    assert (await client.get(f"/exports/{export['id']}")).json() == before


async def test_pending_export_has_no_content(api, session, club, owner):
    export = await request_export(
        session,
        organisation=club,
        actor=owner,
        layout="journal",
        first_day=date(2026, 3, 1),
        last_day=date(2026, 3, 31),
    )
    await session.commit()
    response = await api(owner).get(f"/exports/{export.public_id}/content")
    assert (response.status_code, response.json()["problem"]["code"]) == (409, "not_ready")


async def test_members_download_strangers_do_not(api, make, club, owner, path):
    export = await requested(api(owner), path)
    content = f"/exports/{export['id']}/content"
    assert (await api(await make.viewer(club)).get(content)).status_code == 200
    assert (await api(await make.user()).get(content)).status_code == 404
    assert (await api().get(content)).status_code == 401
