from fastapi import APIRouter

from app.api.routes import (
    accounts,
    attachments,
    bank_imports,
    customers,
    entries,
    events,
    exports,
    health,
    invoices,
    members,
    organisations,
    payments,
    people,
    reports,
)

api = APIRouter(prefix="/api/v1")
api.include_router(health.router)
api.include_router(people.router)
api.include_router(organisations.router)
api.include_router(members.router)
api.include_router(accounts.router)
api.include_router(entries.router)
api.include_router(attachments.router)
api.include_router(customers.router)
api.include_router(invoices.router)
api.include_router(payments.router)
api.include_router(bank_imports.router)
api.include_router(exports.router)
api.include_router(events.router)
api.include_router(reports.router)
