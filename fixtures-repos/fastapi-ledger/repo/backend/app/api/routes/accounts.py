from fastapi import APIRouter

from app.api.deps import AccessDep, PageDep
from app.core.pagination import paginate
from app.core.patch import changes
from app.models import Account
from app.schemas.accounts import AccountChanges, AccountDetailOut, AccountIn, AccountOut, Kind
from app.schemas.page import PageOut, page_of
from app.selectors.accounts import account_balance, list_accounts
from app.services import accounts as service

router = APIRouter(tags=["accounts"])


@router.get("/organisations/{organisation_id}/accounts")
async def list_all(
    organisation_id: str,
    access: AccessDep,
    page: PageDep,
    kind: Kind | None = None,
    archived: bool = False,
) -> PageOut[AccountOut]:
    organisation = await access.organisation(organisation_id)
    statement = list_accounts(organisation=organisation, kind=kind, archived=archived)
    found = await paginate(
        access.session, statement, page=page, order=(Account.code,), descending=False
    )
    return page_of(AccountOut, found)


@router.post("/organisations/{organisation_id}/accounts", status_code=201)
async def create(organisation_id: str, payload: AccountIn, access: AccessDep) -> AccountOut:
    organisation = await access.organisation(organisation_id, role="bookkeeper")
    account = await service.create_account(
        access.session, organisation=organisation, actor=access.user, **payload.model_dump()
    )
    return AccountOut.model_validate(account)


@router.get("/accounts/{account_id}")
async def read(account_id: str, access: AccessDep) -> AccountDetailOut:
    account = await access.account(account_id)
    balance = await account_balance(access.session, account=account)
    plain = AccountOut.model_validate(account).model_dump()
    return AccountDetailOut(balance=balance, **plain)


@router.patch("/accounts/{account_id}")
async def update(account_id: str, payload: AccountChanges, access: AccessDep) -> AccountOut:
    account = await access.account(account_id, role="bookkeeper")
    await service.update_account(
        access.session, account=account, actor=access.user, changes=changes(payload)
    )
    return AccountOut.model_validate(account)


@router.post("/accounts/{account_id}/archive")
async def archive(account_id: str, access: AccessDep) -> AccountOut:
    account = await access.account(account_id, role="bookkeeper")
    await service.archive_account(access.session, account=account, actor=access.user)
    return AccountOut.model_validate(account)
