import hashlib
from collections import Counter
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import Conflict, Invalid
from app.core.text import clean, match_key
from app.models import Account, BankImport, BankTransaction, User
from app.selectors.bank import find_import_by_checksum, known_fingerprints
from app.services import events
from app.services.accounts import ensure_usable
from app.services.bank_layouts import BankRow, RejectedRow, read_statement

MAX_ROWS = 2000


async def import_statement(
    session: AsyncSession, *, account: Account, actor: User, filename: str, content: bytes
) -> BankImport:
    ensure_usable(account)
    if account.kind != "asset":
        raise Invalid("Statements belong to asset accounts.", code="not_asset", pointer="/account")
    checksum = hashlib.sha256(content).hexdigest()
    earlier = await find_import_by_checksum(session, account=account, checksum=checksum)
    if earlier is not None:
        raise Conflict(
            "This file was imported before.",
            code="already_imported",
            context={"bank_import": earlier.public_id},
        )
    statement = read_statement(content, account.organisation.currency)
    rows = [row for row in statement.rows if isinstance(row, BankRow)]
    rejected = [row for row in statement.rows if isinstance(row, RejectedRow)]
    _check_rows(rows, rejected)
    prints = fingerprints(rows)
    known = await known_fingerprints(session, account=account, fingerprints=prints)
    fresh = [(row, print_) for row, print_ in zip(rows, prints, strict=True) if print_ not in known]
    bank_import = BankImport(
        organisation=account.organisation,
        account=account,
        filename=clean(filename),
        checksum=checksum,
        layout=statement.layout,
        row_count=len(fresh),
        duplicate_count=len(rows) - len(fresh),
        rejected=[{"line": row.line, "reason": row.reason} for row in rejected],
    )
    session.add(bank_import)
    session.add_all(
        BankTransaction(
            bank_import=bank_import,
            account=account,
            booked_on=row.booked_on,
            amount=row.amount,
            counterparty=row.counterparty,
            purpose=row.purpose,
            fingerprint=print_,
        )
        for row, print_ in fresh
    )
    await events.record(
        session,
        action="bank_import.completed",
        organisation=account.organisation,
        subject=bank_import,
        actor=actor,
        data={"rows": bank_import.row_count, "duplicates": bank_import.duplicate_count},
    )
    return bank_import


def fingerprints(rows: Sequence[BankRow]) -> list[str]:
    seen: Counter[tuple[str, ...]] = Counter()
    prints = []
    for row in rows:
        facts = (
            row.booked_on.isoformat(),
            str(row.amount),
            match_key(row.counterparty),
            match_key(row.purpose),
        )
        seen[facts] += 1
        text = "\x1f".join((*facts, str(seen[facts])))
        prints.append(hashlib.sha256(text.encode()).hexdigest())
    return prints


def _check_rows(rows: Sequence[BankRow], rejected: Sequence[RejectedRow]) -> None:
    if len(rows) + len(rejected) > MAX_ROWS:
        raise Invalid("The file has too many rows.", code="too_many_rows", pointer="/content")
    if rows:
        return
    if not rejected:
        raise Invalid("The file has no rows.", code="no_rows", pointer="/content")
    raise Invalid(
        "No row of the file can be read.",
        code="unreadable_rows",
        pointer="/content",
        context={"rejected": [{"line": row.line, "reason": row.reason} for row in rejected[:20]]},
    )
