from datetime import date

from fastapi import APIRouter

from app.api.deps import AccessDep
from app.core import clock
from app.schemas.reports import BalanceOut, BalancesOut
from app.selectors.reports import balances

router = APIRouter(prefix="/organisations/{organisation_id}/reports", tags=["reports"])


@router.get("/balances")
async def read_balances(
    organisation_id: str, access: AccessDep, on: date | None = None
) -> BalancesOut:
    organisation = await access.organisation(organisation_id)
    day = on or clock.today(organisation.time_zone)
    found = await balances(access.session, organisation=organisation, on=day)
    return BalancesOut(
        on=day,
        currency=organisation.currency,
        balances=[BalanceOut.model_validate(row) for row in found],
    )
