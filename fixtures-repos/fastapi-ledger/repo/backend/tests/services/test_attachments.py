from datetime import date

import pytest

from app.core.errors import Conflict, Invalid, InvalidState
from app.services.attachments import MAX_BYTES, add_attachment, remove_attachment
from app.services.organisations import lock_books


async def test_same_file_is_attached_once(make, club, owner):
    entry = await make.entry(club, actor=owner)
    first = await make.attachment(entry, actor=owner)
    with pytest.raises(Conflict) as caught:
        await make.attachment(entry, actor=owner, filename="copy.txt")
    assert caught.value.context == {"attachment": first.public_id}


async def test_same_file_may_belong_to_two_entries(make, club, owner):
    first = await make.attachment(await make.entry(club, actor=owner), actor=owner)
    second = await make.attachment(await make.entry(club, actor=owner), actor=owner)
    assert first.checksum == second.checksum


@pytest.mark.parametrize(
    ("media_type", "content", "code"),
    [
        ("text/html", b"x", "bad_media_type"),
        ("text/plain", b"", "empty_file"),
        ("text/plain", b"x" * (MAX_BYTES + 1), "too_large"),
    ],
)
async def test_unwanted_file_is_invalid(session, make, club, owner, media_type, content, code):
    with pytest.raises(Invalid) as caught:
        await add_attachment(
            session,
            entry=await make.entry(club, actor=owner),
            actor=owner,
            filename="x",
            media_type=media_type,
            content=content,
        )
    assert caught.value.code == code


async def test_receipts_of_closed_days_stay(session, make, club, owner, frozen_clock):
    attachment = await make.attachment(await make.entry(club, actor=owner), actor=owner)
    await lock_books(session, organisation=club, actor=owner, until=date(2026, 3, 8))
    with pytest.raises(InvalidState):
        await remove_attachment(session, attachment=attachment, actor=owner)
