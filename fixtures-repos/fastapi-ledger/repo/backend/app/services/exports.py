import csv
import io
from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import Invalid, InvalidState
from app.core.money import format_amount
from app.models import Entry, Export, Organisation, User
from app.services import events

COLUMNS = ("number", "booked_on", "memo", "account", "debit", "credit", "note")


async def request_export(
    session: AsyncSession,
    *,
    organisation: Organisation,
    actor: User,
    layout: str,
    first_day: date,
    last_day: date,
) -> Export:
    if last_day < first_day:
        raise Invalid("The last day is before the first.", code="bad_range", pointer="/last_day")
    export = Export(
        organisation_id=organisation.id,
        requested_by_id=actor.id,
        layout=layout,
        first_day=first_day,
        last_day=last_day,
    )
    session.add(export)
    await events.record(
        session,
        action="export.requested",
        organisation=organisation,
        subject=export,
        actor=actor,
        data={"layout": layout},
    )
    return export


def finished_content(export: Export) -> str:
    if export.status != "ready" or export.content is None:
        raise InvalidState(
            "The export is not ready.", code="not_ready", context={"status": export.status}
        )
    return export.content


def journal_csv(entries: Sequence[Entry], currency: str) -> str:
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        for line in entry.lines:
            amount = format_amount(abs(line.amount), currency)
            debit, credit = (amount, "") if line.amount > 0 else ("", amount)
            writer.writerow(
                (
                    entry.number,
                    entry.booked_on.isoformat(),
                    entry.memo,
                    line.account.code,
                    debit,
                    credit,
                    line.note,
                )
            )
    return output.getvalue()
