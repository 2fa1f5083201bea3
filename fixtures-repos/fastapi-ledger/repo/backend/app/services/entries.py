from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from app.core import clock
from app.core.errors import Conflict, Invalid, InvalidState
from app.core.money import format_amount
from app.core.text import clean
from app.models import Account, Entry, EntryLine, Organisation, User
from app.selectors.entries import find_reversal
from app.services import events
from app.services.accounts import ensure_usable
from app.services.numbering import next_number
from app.services.periods import ensure_open

ENTRY_SERIES = "entries"


@dataclass(frozen=True)
class LineDraft:
    account: Account
    amount: int
    note: str = ""


async def post_entry(
    session: AsyncSession,
    *,
    organisation: Organisation,
    actor: User,
    booked_on: date,
    lines: Sequence[LineDraft],
    memo: str = "",
    source: str = "manual",
    reverses: Entry | None = None,
) -> Entry:
    ensure_open(organisation, booked_on)
    _check_lines(lines, organisation.currency)
    entry = Entry(
        organisation=organisation,
        number=await next_number(session, organisation=organisation, series=ENTRY_SERIES),
        booked_on=booked_on,
        memo=clean(memo),
        source=source,
        reverses=reverses,
        created_by=actor,
        lines=[
            EntryLine(
                account=line.account, amount=line.amount, note=clean(line.note), position=position
            )
            for position, line in enumerate(lines, start=1)
        ],
    )
    session.add(entry)
    await events.record(
        session,
        action="entry.posted" if reverses is None else "entry.reversed",
        organisation=organisation,
        subject=entry,
        actor=actor,
        data={"number": entry.number, "source": source},
    )
    return entry


async def reverse_entry(
    session: AsyncSession,
    *,
    entry: Entry,
    actor: User,
    booked_on: date | None = None,
    memo: str = "",
) -> Entry:
    if entry.reverses_id is not None:
        raise InvalidState("A reversal cannot be reversed.", code="is_reversal")
    existing = await find_reversal(session, entry=entry)
    if existing is not None:
        raise Conflict(
            "The entry is already reversed.",
            code="already_reversed",
            context={"entry": existing.public_id},
        )
    day = booked_on or clock.today(entry.organisation.time_zone)
    if day < entry.booked_on:
        raise Invalid(
            "A reversal is not earlier than its entry.", code="too_early", pointer="/booked_on"
        )
    return await post_entry(
        session,
        organisation=entry.organisation,
        actor=actor,
        booked_on=day,
        memo=memo or f"Reversal of {entry.number}",
        source="reversal",
        reverses=entry,
        lines=[
            LineDraft(account=line.account, amount=-line.amount, note=line.note)
            for line in entry.lines
        ],
    )


def _check_lines(lines: Sequence[LineDraft], currency: str) -> None:
    if len(lines) < 2:
        raise Invalid("An entry has two lines or more.", code="too_few_lines", pointer="/lines")
    for place, line in enumerate(lines):
        if line.amount == 0:
            raise Invalid(
                "A line moves an amount.", code="zero_amount", pointer=f"/lines/{place}/amount"
            )
        ensure_usable(line.account, pointer=f"/lines/{place}/account")
    difference = sum(line.amount for line in lines)
    if difference != 0:
        raise Invalid(
            "Debits and credits differ.",
            code="unbalanced",
            pointer="/lines",
            context={"difference": format_amount(difference, currency)},
        )
