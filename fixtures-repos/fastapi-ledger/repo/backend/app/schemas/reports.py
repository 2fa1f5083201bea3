from datetime import date

from app.schemas.accounts import AccountOut
from app.schemas.base import Answer


class BalanceOut(Answer):
    account: AccountOut
    balance: int


class BalancesOut(Answer):
    on: date
    currency: str
    balances: list[BalanceOut]
