from fastapi import APIRouter

from app.api.deps import AccessDep, PageDep
from app.core.pagination import paginate
from app.models import Customer
from app.schemas.customers import CustomerChanges, CustomerIn, CustomerOut
from app.schemas.page import PageOut, page_of
from app.selectors.customers import list_customers
from app.services import customers as service

router = APIRouter(tags=["customers"])


@router.get("/organisations/{organisation_id}/customers")
async def list_all(
    organisation_id: str, access: AccessDep, page: PageDep, search: str | None = None
) -> PageOut[CustomerOut]:
    organisation = await access.organisation(organisation_id)
    statement = list_customers(organisation=organisation, search=search)
    found = await paginate(
        access.session, statement, page=page, order=(Customer.name_key,), descending=False
    )
    return page_of(CustomerOut, found)


@router.post("/organisations/{organisation_id}/customers", status_code=201)
async def create(organisation_id: str, payload: CustomerIn, access: AccessDep) -> CustomerOut:
    organisation = await access.organisation(organisation_id, role="bookkeeper")
    customer = await service.create_customer(
        access.session, organisation=organisation, actor=access.user, **payload.model_dump()
    )
    return CustomerOut.model_validate(customer)


@router.get("/customers/{customer_id}")
async def read(customer_id: str, access: AccessDep) -> CustomerOut:
    return CustomerOut.model_validate(await access.customer(customer_id))


@router.patch("/customers/{customer_id}")
async def update(customer_id: str, payload: CustomerChanges, access: AccessDep) -> CustomerOut:
    customer = await access.customer(customer_id, role="bookkeeper")
    await service.update_customer(
        access.session,
        customer=customer,
        actor=access.user,
        changes=payload.model_dump(exclude_none=True),
    )
    return CustomerOut.model_validate(customer)
