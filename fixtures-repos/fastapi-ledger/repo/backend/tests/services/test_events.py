import pytest

from app.services import events


async def test_unknown_action_is_a_mistake(session, club, owner):
    with pytest.raises(ValueError, match="unknown action"):
        await events.record(
            session, action="club.sunk", organisation=club, subject=club, actor=owner
        )


async def test_event_names_subject_and_actor(session, club, owner):
    event = await events.record(
        session, action="organisation.updated", organisation=club, subject=club, actor=owner
    )
    assert event.subject_id == club.public_id
    assert event.actor_id == owner.id
    assert event.request_id == "-"
