import itertools
from datetime import date

from app.core.ids import new_id
from app.core.security import hash_password, token_digest
from app.models import ApiToken, Membership, User
from app.selectors.accounts import find_account_by_code
from app.services.accounts import create_account
from app.services.attachments import add_attachment
from app.services.customers import create_customer
from app.services.entries import LineDraft, post_entry
from app.services.invoices import InvoiceLineDraft, draft_invoice, issue_invoice
from app.services.organisations import create_organisation
from app.services.payments import record_payment

PASSWORD = "oars and ropes"
DAY = date(2026, 3, 2)

_numbers = itertools.count(1)


def token_of(user):
    return f"token-of-{user.public_id}"


class Factory:
    def __init__(self, session):
        self.session = session

    async def user(self, *, name="Mika Lund", email=None):
        number = next(_numbers)
        user = User(
            public_id=new_id("user"),
            name=name,
            email=email or f"person{number}@example.org",
            password=hash_password(PASSWORD),
        )
        await self._save(ApiToken(user=user, digest=token_digest(token_of(user))))
        return user

    async def organisation(self, *, owner, name=None, **fields):
        organisation = await create_organisation(
            self.session, actor=owner, name=name or f"Club {next(_numbers)}", **fields
        )
        await self.session.commit()
        return organisation

    async def member(self, organisation, role, *, user=None):
        user = user or await self.user(name=f"A {role}")
        await self._save(Membership(organisation=organisation, user=user, role=role))
        return user

    async def bookkeeper(self, organisation):
        return await self.member(organisation, "bookkeeper")

    async def viewer(self, organisation):
        return await self.member(organisation, "viewer")

    async def standard(self, organisation, code):
        return await find_account_by_code(self.session, organisation=organisation, code=code)

    async def account(self, organisation, *, code, name="Boats", kind="expense", actor):
        account = await create_account(
            self.session, organisation=organisation, actor=actor, code=code, name=name, kind=kind
        )
        await self.session.commit()
        return account

    async def entry(
        self,
        organisation,
        *,
        actor,
        amount=10_000,
        debit="6000",
        credit="1000",
        booked_on=DAY,
        memo="Oars",
    ):
        entry = await post_entry(
            self.session,
            organisation=organisation,
            actor=actor,
            booked_on=booked_on,
            memo=memo,
            lines=[
                LineDraft(await self.standard(organisation, debit), amount),
                LineDraft(await self.standard(organisation, credit), -amount),
            ],
        )
        await self.session.commit()
        return entry

    async def customer(self, organisation, *, actor, name=None, **fields):
        customer = await create_customer(
            self.session,
            organisation=organisation,
            actor=actor,
            name=name or f"Customer {next(_numbers)}",
            **fields,
        )
        await self.session.commit()
        return customer

    async def draft(self, organisation, *, actor, customer=None, prices=(10_000,), **fields):
        income = await self.standard(organisation, "4000")
        tax_rate = fields.pop("tax_rate", 0)
        invoice = await draft_invoice(
            self.session,
            organisation=organisation,
            actor=actor,
            customer=customer or await self.customer(organisation, actor=actor),
            lines=[
                InvoiceLineDraft(
                    account=income, description="Boat hire", unit_price=price, tax_rate=tax_rate
                )
                for price in prices
            ],
            **fields,
        )
        await self.session.commit()
        return invoice

    async def invoice(self, organisation, *, actor, **fields):
        invoice = await self.draft(organisation, actor=actor, **fields)
        await issue_invoice(self.session, invoice=invoice, actor=actor)
        await self.session.commit()
        return invoice

    async def payment(self, invoice, *, actor, amount):
        payment = await record_payment(self.session, invoice=invoice, actor=actor, amount=amount)
        await self.session.commit()
        return payment

    async def attachment(self, entry, *, actor, content=b"receipt", filename="receipt.txt"):
        attachment = await add_attachment(
            self.session,
            entry=entry,
            actor=actor,
            filename=filename,
            media_type="text/plain",
            content=content,
        )
        await self.session.commit()
        return attachment

    async def _save(self, row):
        self.session.add(row)
        await self.session.commit()
