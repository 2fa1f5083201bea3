from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import InvalidState
from app.models import Account, Organisation
from app.selectors.accounts import find_account_by_code

STANDARD = {
    "bank": ("1000", "Bank", "asset"),
    "cash": ("1010", "Cash", "asset"),
    "receivable": ("1200", "Receivables", "asset"),
    "tax": ("2200", "Tax collected", "liability"),
    "equity": ("3000", "Equity", "equity"),
    "income": ("4000", "Income", "income"),
    "expense": ("6000", "Expenses", "expense"),
}


def standard_accounts(organisation: Organisation) -> list[Account]:
    return [
        Account(organisation=organisation, code=code, name=name, kind=kind)
        for code, name, kind in STANDARD.values()
    ]


async def standard_account(
    session: AsyncSession, *, organisation: Organisation, role: str
) -> Account:
    code = STANDARD[role][0]
    account = await find_account_by_code(session, organisation=organisation, code=code)
    if account is None or account.archived_at is not None:
        raise InvalidState(
            f"Account {code} is needed for this.",
            code="standard_account_missing",
            context={"code": code},
        )
    return account
