from datetime import date

from sqlalchemy import select

from app.models import BankTransaction
from app.services.bank_import import import_statement

STATEMENT = """Buchungstag;Betrag;Empfänger;Verwendungszweck
02.03.2026;-19,90;Chandlery;Rope
03.03.2026;1.250,00;City of Riverside;Grant 2026
"""


async def test_rows_of_a_statement_become_transactions(session, make, club, owner):
    bank = await make.account(club, code="1001", kind="asset", actor=owner)
    bank_import = await import_statement(
        session, account=bank, actor=owner, filename="march.csv", content=STATEMENT.encode()
    )
    assert bank_import.row_count == 2
    rows = await session.scalars(select(BankTransaction).order_by(BankTransaction.id))
    assert [(row.booked_on, row.amount) for row in rows] == [
        (date(2026, 3, 2), -1990),
        (date(2026, 3, 3), 125_000),
    ]
