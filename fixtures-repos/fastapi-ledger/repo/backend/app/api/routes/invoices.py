from collections.abc import Sequence

from fastapi import APIRouter, BackgroundTasks

from app.api.access import Access
from app.api.deps import AccessDep, DatabaseDep, PageDep
from app.core import clock
from app.core.errors import Invalid
from app.core.pagination import paginate
from app.core.patch import changes
from app.models import Customer, Invoice, Organisation
from app.schemas.invoices import (
    InvoiceChanges,
    InvoiceIn,
    InvoiceLineIn,
    InvoiceOut,
    InvoiceSummaryOut,
    Status,
)
from app.schemas.page import PageOut, page_with
from app.selectors.accounts import accounts_by_id
from app.selectors.customers import find_customer
from app.selectors.invoices import list_invoices
from app.services import invoices as service
from app.workers import jobs
from app.workers.outbox import deliver

router = APIRouter(tags=["invoices"])

CLEARABLE = frozenset({"note"})


@router.get("/organisations/{organisation_id}/invoices")
async def list_all(
    organisation_id: str,
    access: AccessDep,
    page: PageDep,
    status: Status | None = None,
    customer: str | None = None,
    overdue: bool = False,
) -> PageOut[InvoiceSummaryOut]:
    organisation = await access.organisation(organisation_id)
    statement = list_invoices(
        organisation=organisation,
        status=status,
        customer=await access.customer(customer) if customer is not None else None,
        overdue_on=clock.today(organisation.time_zone) if overdue else None,
    )
    found = await paginate(
        access.session, statement, page=page, order=(Invoice.created_at, Invoice.id)
    )
    return page_with([await InvoiceSummaryOut.of(invoice) for invoice in found.rows], found)


@router.post("/organisations/{organisation_id}/invoices", status_code=201)
async def draft(organisation_id: str, payload: InvoiceIn, access: AccessDep) -> InvoiceOut:
    organisation = await access.organisation(organisation_id, role="bookkeeper")
    invoice = await service.draft_invoice(
        access.session,
        organisation=organisation,
        actor=access.user,
        customer=await _customer(access, organisation, payload.customer),
        lines=await _lines(access, organisation, payload.lines),
        discount=payload.discount,
        note=payload.note,
    )
    return InvoiceOut.model_validate(invoice)


@router.get("/invoices/{invoice_id}")
async def read(invoice_id: str, access: AccessDep) -> InvoiceOut:
    return InvoiceOut.model_validate(await access.invoice(invoice_id))


@router.patch("/invoices/{invoice_id}")
async def update(invoice_id: str, payload: InvoiceChanges, access: AccessDep) -> InvoiceOut:
    invoice = await access.invoice(invoice_id, role="bookkeeper")
    sent = changes(payload, clearable=CLEARABLE)
    if "customer" in sent:
        sent["customer"] = await _customer(access, invoice.organisation, sent["customer"])
    if "lines" in sent:
        sent["lines"] = await _lines(access, invoice.organisation, sent["lines"])
    await service.update_draft(access.session, invoice=invoice, actor=access.user, changes=sent)
    return InvoiceOut.model_validate(invoice)


@router.post("/invoices/{invoice_id}/issue")
async def issue(
    invoice_id: str, access: AccessDep, database: DatabaseDep, background: BackgroundTasks
) -> InvoiceOut:
    invoice = await access.invoice(invoice_id, role="bookkeeper")
    await service.issue_invoice(access.session, invoice=invoice, actor=access.user)
    jobs.start(background, database, deliver, key=f"invoice.issued:{invoice.public_id}")
    return InvoiceOut.model_validate(invoice)


@router.post("/invoices/{invoice_id}/void")
async def void(invoice_id: str, access: AccessDep) -> InvoiceOut:
    invoice = await access.invoice(invoice_id, role="owner")
    await service.void_invoice(access.session, invoice=invoice, actor=access.user)
    return InvoiceOut.model_validate(invoice)


async def _customer(access: Access, organisation: Organisation, public_id: str) -> Customer:
    customer = await find_customer(access.session, organisation=organisation, public_id=public_id)
    if customer is None:
        raise Invalid(
            "There is no such customer in this organisation.",
            code="unknown_customer",
            pointer="/customer",
        )
    return customer


async def _lines(
    access: Access, organisation: Organisation, lines: Sequence[InvoiceLineIn]
) -> list[service.InvoiceLineDraft]:
    accounts = await accounts_by_id(
        access.session, organisation=organisation, public_ids=[line.account for line in lines]
    )
    return [
        service.InvoiceLineDraft(
            account=accounts[line.account],
            description=line.description,
            unit_price=line.unit_price,
            quantity=line.quantity,
            tax_rate=line.tax_rate,
        )
        for line in lines
    ]
