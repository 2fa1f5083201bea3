from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.core.money import allocate, apply_rate, round_minor
from app.models import InvoiceLine


@dataclass(frozen=True)
class Totals:
    nets: list[int]
    net_total: int
    tax_total: int


def line_amount(line: InvoiceLine) -> int:
    return round_minor(Fraction(line.quantity * line.unit_price, 1000))


def totals(lines: Sequence[InvoiceLine], discount: int) -> Totals:
    amounts = [line_amount(line) for line in lines]
    if discount and sum(amounts) > 0:
        cuts = allocate(discount, amounts)
        amounts = [amount - cut for amount, cut in zip(amounts, cuts, strict=True)]
    taxable: dict[int, int] = defaultdict(int)
    for line, amount in zip(lines, amounts, strict=True):
        taxable[line.tax_rate] += amount
    tax = sum(apply_rate(amount, rate) for rate, amount in taxable.items())
    return Totals(nets=amounts, net_total=sum(amounts), tax_total=tax)
