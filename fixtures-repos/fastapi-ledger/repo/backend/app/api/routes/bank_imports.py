from fastapi import APIRouter

from app.api.deps import AccessDep, PageDep
from app.core.pagination import paginate
from app.models import BankImport, BankTransaction
from app.schemas.bank import BankImportIn, BankImportOut, BankTransactionOut
from app.schemas.page import PageOut, page_of
from app.selectors.bank import list_imports, list_transactions
from app.services.bank_import import import_statement

router = APIRouter(tags=["bank imports"])


@router.get("/organisations/{organisation_id}/bank-imports")
async def list_all(
    organisation_id: str, access: AccessDep, page: PageDep
) -> PageOut[BankImportOut]:
    organisation = await access.organisation(organisation_id)
    found = await paginate(
        access.session,
        list_imports(organisation=organisation),
        page=page,
        order=(BankImport.created_at, BankImport.id),
    )
    return page_of(BankImportOut, found)


@router.post("/bank-imports", status_code=201)
async def create(payload: BankImportIn, access: AccessDep) -> BankImportOut:
    account = await access.account(payload.account, role="bookkeeper")
    bank_import = await import_statement(
        access.session,
        account=account,
        actor=access.user,
        filename=payload.filename,
        content=payload.content.encode(),
    )
    return BankImportOut.model_validate(bank_import)


@router.get("/bank-imports/{import_id}")
async def read(import_id: str, access: AccessDep) -> BankImportOut:
    return BankImportOut.model_validate(await access.bank_import(import_id))


@router.get("/bank-imports/{import_id}/transactions")
async def list_rows(
    import_id: str, access: AccessDep, page: PageDep
) -> PageOut[BankTransactionOut]:
    bank_import = await access.bank_import(import_id)
    found = await paginate(
        access.session,
        list_transactions(bank_import=bank_import),
        page=page,
        order=(BankTransaction.booked_on, BankTransaction.id),
        descending=False,
    )
    return page_of(BankTransactionOut, found)
