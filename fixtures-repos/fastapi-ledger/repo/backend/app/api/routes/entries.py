from datetime import date

from fastapi import APIRouter

from app.api.deps import AccessDep, PageDep
from app.core.pagination import paginate
from app.models import Entry
from app.schemas.entries import EntryDetailOut, EntryIn, EntryOut, ReversalIn, SharedCostIn
from app.schemas.page import PageOut, page_of
from app.selectors.accounts import accounts_by_id
from app.selectors.entries import list_entries
from app.services import entries as service
from app.services.cost_sharing import Share, share_cost

router = APIRouter(tags=["entries"])


@router.get("/organisations/{organisation_id}/entries")
async def list_all(
    organisation_id: str,
    access: AccessDep,
    page: PageDep,
    first_day: date | None = None,
    last_day: date | None = None,
    account: str | None = None,
) -> PageOut[EntryOut]:
    organisation = await access.organisation(organisation_id)
    statement = list_entries(
        organisation=organisation,
        first_day=first_day,
        last_day=last_day,
        account=await access.account(account) if account is not None else None,
    )
    found = await paginate(access.session, statement, page=page, order=(Entry.booked_on, Entry.id))
    return page_of(EntryOut, found)


@router.post("/organisations/{organisation_id}/entries", status_code=201)
async def post(organisation_id: str, payload: EntryIn, access: AccessDep) -> EntryDetailOut:
    organisation = await access.organisation(organisation_id, role="bookkeeper")
    accounts = await accounts_by_id(
        access.session,
        organisation=organisation,
        public_ids=[line.account for line in payload.lines],
    )
    entry = await service.post_entry(
        access.session,
        organisation=organisation,
        actor=access.user,
        booked_on=payload.booked_on,
        memo=payload.memo,
        lines=[
            service.LineDraft(account=accounts[line.account], amount=line.amount, note=line.note)
            for line in payload.lines
        ],
    )
    return EntryDetailOut.model_validate(entry)


@router.post("/organisations/{organisation_id}/entries/shared-cost", status_code=201)
async def post_shared_cost(
    organisation_id: str, payload: SharedCostIn, access: AccessDep
) -> EntryDetailOut:
    organisation = await access.organisation(organisation_id, role="bookkeeper")
    accounts = await accounts_by_id(
        access.session,
        organisation=organisation,
        public_ids=[payload.paid_from, *(share.account for share in payload.shares)],
    )
    entry = await share_cost(
        access.session,
        organisation=organisation,
        actor=access.user,
        booked_on=payload.booked_on,
        paid_from=accounts[payload.paid_from],
        amount=payload.amount,
        shares=[
            Share(account=accounts[share.account], weight=share.weight) for share in payload.shares
        ],
        memo=payload.memo,
    )
    return EntryDetailOut.model_validate(entry)


@router.get("/entries/{entry_id}")
async def read(entry_id: str, access: AccessDep) -> EntryDetailOut:
    return EntryDetailOut.model_validate(await access.entry(entry_id))


@router.post("/entries/{entry_id}/reverse", status_code=201)
async def reverse(entry_id: str, payload: ReversalIn, access: AccessDep) -> EntryDetailOut:
    entry = await access.entry(entry_id, role="bookkeeper")
    reversal = await service.reverse_entry(
        access.session,
        entry=entry,
        actor=access.user,
        booked_on=payload.booked_on,
        memo=payload.memo,
    )
    return EntryDetailOut.model_validate(reversal)
