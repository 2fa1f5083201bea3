from app.models.account import Account
from app.models.attachment import Attachment
from app.models.bank import BankImport, BankTransaction
from app.models.base import Model
from app.models.counter import Counter
from app.models.customer import Customer
from app.models.entry import Entry, EntryLine
from app.models.event import Event
from app.models.export import Export
from app.models.invoice import Invoice, InvoiceLine
from app.models.organisation import Membership, Organisation
from app.models.outbox import OutboxMessage, SentMail
from app.models.payment import Payment
from app.models.user import ApiToken, User

__all__ = [
    "Account",
    "ApiToken",
    "Attachment",
    "BankImport",
    "BankTransaction",
    "Counter",
    "Customer",
    "Entry",
    "EntryLine",
    "Event",
    "Export",
    "Invoice",
    "InvoiceLine",
    "Membership",
    "Model",
    "Organisation",
    "OutboxMessage",
    "Payment",
    "SentMail",
    "User",
]
