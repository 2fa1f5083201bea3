from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import Forbidden, NotFound
from app.models import Account, BankImport, Customer, Entry, Export, Invoice, Organisation, User
from app.models.organisation import ROLES
from app.selectors.accounts import get_account
from app.selectors.bank import get_import
from app.selectors.customers import get_customer
from app.selectors.entries import get_entry
from app.selectors.exports import get_export
from app.selectors.invoices import get_invoice
from app.selectors.organisations import find_membership, get_organisation


@dataclass(frozen=True)
class Access:
    session: AsyncSession
    user: User

    async def require(self, organisation: Organisation, role: str) -> None:
        membership = await find_membership(self.session, organisation=organisation, user=self.user)
        if membership is None:
            raise NotFound("There is no such object.")
        if ROLES.index(membership.role) < ROLES.index(role):
            raise Forbidden(
                "Your role does not allow this.",
                code="role_too_low",
                context={"role": membership.role, "needed": role},
            )

    async def organisation(self, public_id: str, *, role: str = "viewer") -> Organisation:
        organisation = await get_organisation(self.session, public_id=public_id)
        await self.require(organisation, role)
        return organisation

    async def account(self, public_id: str, *, role: str = "viewer") -> Account:
        account = await get_account(self.session, public_id=public_id)
        await self.require(account.organisation, role)
        return account

    async def entry(self, public_id: str, *, role: str = "viewer") -> Entry:
        entry = await get_entry(self.session, public_id=public_id)
        await self.require(entry.organisation, role)
        return entry

    async def customer(self, public_id: str, *, role: str = "viewer") -> Customer:
        customer = await get_customer(self.session, public_id=public_id)
        await self.require(customer.organisation, role)
        return customer

    async def invoice(self, public_id: str, *, role: str = "viewer") -> Invoice:
        invoice = await get_invoice(self.session, public_id=public_id)
        await self.require(invoice.organisation, role)
        return invoice

    async def bank_import(self, public_id: str, *, role: str = "viewer") -> BankImport:
        bank_import = await get_import(self.session, public_id=public_id)
        await self.require(bank_import.organisation, role)
        return bank_import

    async def export(self, public_id: str, *, role: str = "viewer") -> Export:
        export = await get_export(self.session, public_id=public_id)
        await self.require(export.organisation, role)
        return export
