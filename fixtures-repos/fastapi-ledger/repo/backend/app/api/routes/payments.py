from fastapi import APIRouter, BackgroundTasks

from app.api.deps import AccessDep, DatabaseDep, PageDep
from app.core.pagination import paginate
from app.models import Payment
from app.schemas.invoices import PaymentIn, PaymentOut
from app.schemas.page import PageOut, page_of
from app.selectors.accounts import accounts_by_id
from app.selectors.invoices import list_payments
from app.services import payments as service
from app.workers import jobs
from app.workers.outbox import deliver

router = APIRouter(prefix="/invoices/{invoice_id}/payments", tags=["payments"])


@router.get("")
async def list_all(invoice_id: str, access: AccessDep, page: PageDep) -> PageOut[PaymentOut]:
    invoice = await access.invoice(invoice_id)
    found = await paginate(
        access.session,
        list_payments(invoice=invoice),
        page=page,
        order=(Payment.received_on, Payment.id),
    )
    return page_of(PaymentOut, found)


@router.post("", status_code=201)
async def record(
    invoice_id: str,
    payload: PaymentIn,
    access: AccessDep,
    database: DatabaseDep,
    background: BackgroundTasks,
) -> PaymentOut:
    invoice = await access.invoice(invoice_id, role="bookkeeper")
    account = None
    if payload.account is not None:
        accounts = await accounts_by_id(
            access.session, organisation=invoice.organisation, public_ids=[payload.account]
        )
        account = accounts[payload.account]
    payment = await service.record_payment(
        access.session,
        invoice=invoice,
        actor=access.user,
        amount=payload.amount,
        received_on=payload.received_on,
        account=account,
        reference=payload.reference,
    )
    jobs.start(background, database, deliver, key=f"invoice.paid:{invoice.public_id}")
    return PaymentOut.model_validate(payment)
