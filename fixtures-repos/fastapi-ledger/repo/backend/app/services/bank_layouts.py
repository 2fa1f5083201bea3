import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app.core.errors import Invalid
from app.core.money import parse_amount
from app.core.text import clean, match_key

REQUIRED = ("booked_on", "amount")
HEADINGS = {
    "booked_on": ("date", "booking date", "buchungstag", "buchung", "date comptable"),
    "amount": ("amount", "betrag", "umsatz", "montant"),
    "counterparty": ("counterparty", "name", "empfanger", "auftraggeber/empfanger", "tiers"),
    "purpose": ("purpose", "description", "reference", "verwendungszweck", "libelle"),
}
DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y")


@dataclass(frozen=True)
class BankRow:
    line: int
    booked_on: date
    amount: int
    counterparty: str
    purpose: str


@dataclass(frozen=True)
class RejectedRow:
    line: int
    reason: str


@dataclass(frozen=True)
class Statement:
    layout: str
    rows: list[BankRow | RejectedRow]


def read_statement(content: bytes, currency: str) -> Statement:
    text = _decode(content)
    delimiter = ";" if text.split("\n", 1)[0].count(";") >= 1 else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    columns = _columns(next(reader, []))
    layout = "semicolon" if delimiter == ";" else "comma"
    return Statement(layout=layout, rows=list(_rows(reader, columns, currency)))


def parse_day(text: str) -> date:
    for pattern in DATE_FORMATS:
        try:
            return datetime.strptime(text.strip(), pattern).date()
        except ValueError:
            continue
    raise ValueError(f"not a date: {text!r}")


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _columns(heading: list[str]) -> dict[str, int]:
    keys = [match_key(cell) for cell in heading]
    columns = {}
    for field, names in HEADINGS.items():
        places = [keys.index(name) for name in names if name in keys]
        if places:
            columns[field] = places[0]
    missing = [field for field in REQUIRED if field not in columns]
    if missing:
        raise Invalid(
            "The file has no column for a needed value.",
            code="unknown_layout",
            pointer="/content",
            context={"missing": missing},
        )
    return columns


def _rows(
    reader: Iterator[list[str]], columns: dict[str, int], currency: str
) -> Iterator[BankRow | RejectedRow]:
    for line, cells in enumerate(reader, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            yield BankRow(
                line=line,
                booked_on=parse_day(cells[columns["booked_on"]]),
                amount=parse_amount(cells[columns["amount"]], currency),
                counterparty=clean(_cell(cells, columns.get("counterparty")))[:140],
                purpose=clean(_cell(cells, columns.get("purpose")))[:400],
            )
        except IndexError:
            yield RejectedRow(line=line, reason="the row is too short")
        except ValueError as error:
            yield RejectedRow(line=line, reason=str(error))


def _cell(cells: list[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""
