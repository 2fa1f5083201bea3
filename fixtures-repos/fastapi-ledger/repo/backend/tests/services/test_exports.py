from datetime import date

import pytest

from app.core.errors import Invalid, InvalidState
from app.selectors.exports import get_export
from app.services.exports import finished_content, request_export
from app.workers import jobs
from app.workers.exports import build_export


async def requested(session, club, owner, layout="journal"):
    export = await request_export(
        session,
        organisation=club,
        actor=owner,
        layout=layout,
        first_day=date(2026, 3, 1),
        last_day=date(2026, 3, 31),
    )
    await session.commit()
    return export


async def test_export_has_the_entries_of_its_days(database, session, make, club, owner):
    await make.entry(club, actor=owner, amount=1234, booked_on=date(2026, 3, 31), memo="Varnish")
    await make.entry(club, actor=owner, booked_on=date(2026, 4, 1), memo="April")
    export = await requested(session, club, owner)
    await jobs.run(database, build_export, export_id=export.public_id)
    session.expunge_all()
    built = await get_export(session, public_id=export.public_id)
    assert finished_content(built) == (
        "number,booked_on,memo,account,debit,credit,note\n"
        "1,2026-03-31,Varnish,6000,12.34,,\n"
        "1,2026-03-31,Varnish,1000,,12.34,\n"
    )
    assert built.row_count == 2


async def test_built_export_is_not_built_again(database, session, make, club, owner, frozen_clock):
    export = await requested(session, club, owner)
    await jobs.run(database, build_export, export_id=export.public_id)
    first = frozen_clock.moment
    frozen_clock.advance(hours=1)
    await jobs.run(database, build_export, export_id=export.public_id)
    await session.refresh(export)
    assert export.finished_at == first


async def test_pending_export_has_no_content(session, club, owner):
    export = await requested(session, club, owner)
    with pytest.raises(InvalidState) as caught:
        finished_content(export)
    assert caught.value.context == {"status": "pending"}


async def test_last_day_is_not_before_the_first(session, club, owner):
    with pytest.raises(Invalid) as caught:
        await request_export(
            session,
            organisation=club,
            actor=owner,
            layout="journal",
            first_day=date(2026, 3, 2),
            last_day=date(2026, 3, 1),
        )
    assert caught.value.pointer == "/last_day"
