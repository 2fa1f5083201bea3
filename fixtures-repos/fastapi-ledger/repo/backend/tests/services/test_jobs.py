import pytest
from fastapi import BackgroundTasks
from sqlalchemy import select

from app.models import Organisation
from app.workers import jobs


async def rename(session, *, organisation_id):
    found = await session.scalar(
        select(Organisation).where(Organisation.public_id == organisation_id)
    )
    found.name = "Renamed"


async def rename_and_fail(session, *, organisation_id):
    await rename(session, organisation_id=organisation_id)
    raise RuntimeError("too late")


async def test_job_commits_its_own_transaction(database, session, club):
    await jobs.run(database, rename, organisation_id=club.public_id)
    await session.refresh(club)
    assert club.name == "Renamed"


async def test_failed_job_changes_nothing(database, session, club):
    await jobs.run(database, rename_and_fail, organisation_id=club.public_id)
    await session.refresh(club)
    assert club.name == "Riverside Rowing Club"


async def test_jobs_take_ids_and_nothing_else(database, club):
    with pytest.raises(TypeError, match="public ids"):
        jobs.start(BackgroundTasks(), database, rename, organisation_id=club)
