import asyncio
import sys
from datetime import timedelta

from app.core import clock
from app.core.config import get_settings
from app.core.database import Database
from app.core.security import hash_password
from app.models import User
from app.selectors.users import find_user_by_email
from app.services.chart import standard_account
from app.services.customers import create_customer
from app.services.entries import LineDraft, post_entry
from app.services.invoices import InvoiceLineDraft, draft_invoice, issue_invoice
from app.services.organisations import create_organisation

EMAIL = "anna@riverside.example"
PASSWORD = "riverside"


async def seed(database: Database) -> bool:
    async with database.transaction() as session:
        if await find_user_by_email(session, email=EMAIL) is not None:
            return False
        anna = User(email=EMAIL, name="Anna Reyes", password=hash_password(PASSWORD))
        session.add(anna)
        club = await create_organisation(session, actor=anna, name="Sample Rowing Club")
        bank = await standard_account(session, organisation=club, role="bank")
        equity = await standard_account(session, organisation=club, role="equity")
        income = await standard_account(session, organisation=club, role="income")
        today = clock.today(club.time_zone)
        await post_entry(
            session,
            organisation=club,
            actor=anna,
            booked_on=today - timedelta(days=60),
            memo="Opening balance",
            lines=[LineDraft(bank, 482_050), LineDraft(equity, -482_050)],
        )
        for name, price in (("Harbour Café", 12_000), ("Nordlicht School", 45_000)):
            customer = await create_customer(
                session, organisation=club, actor=anna, name=name, email="office@example.org"
            )
            line = InvoiceLineDraft(account=income, description="Boat hire", unit_price=price)
            invoice = await draft_invoice(
                session, organisation=club, actor=anna, customer=customer, lines=[line]
            )
            await issue_invoice(session, invoice=invoice, actor=anna)
        return True


async def main() -> None:
    database = Database(get_settings().database_url)
    try:
        made = await seed(database)
    finally:
        await database.dispose()
    sys.stdout.write(f"{EMAIL} / {PASSWORD}\n" if made else "The sample data is there already.\n")


if __name__ == "__main__":
    asyncio.run(main())
