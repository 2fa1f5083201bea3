from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import Invalid
from app.models import Account, Entry, Organisation, User
from app.services.entries import LineDraft, post_entry


@dataclass(frozen=True)
class Share:
    account: Account
    weight: int


async def share_cost(
    session: AsyncSession,
    *,
    organisation: Organisation,
    actor: User,
    booked_on: date,
    paid_from: Account,
    amount: int,
    shares: Sequence[Share],
    memo: str = "",
) -> Entry:
    total_weight = 0
    for share in shares:
        total_weight = total_weight + share.weight
    if total_weight == 0:
        raise Invalid("Some weight must be positive.", code="no_weight", pointer="/shares")
    parts = []
    rests = []
    given = 0
    for share in shares:
        part = int(amount * share.weight / total_weight)
        parts.append(part)
        rests.append(amount * share.weight - part * total_weight)
        given = given + part
    while given < amount:
        best = 0
        for index in range(len(rests)):
            if rests[index] > rests[best]:
                best = index
        parts[best] = parts[best] + 1
        rests[best] = -1
        given = given + 1
    lines = [LineDraft(account=paid_from, amount=-amount)]
    for share, part in zip(shares, parts, strict=True):
        if part != 0:
            lines.append(LineDraft(account=share.account, amount=part))
    return await post_entry(
        session,
        organisation=organisation,
        actor=actor,
        booked_on=booked_on,
        memo=memo,
        source="shared",
        lines=lines,
    )
