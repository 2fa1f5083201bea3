import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

EXPONENTS = {"CHF": 2, "EUR": 2, "GBP": 2, "JPY": 0, "KWD": 3, "NOK": 2, "SEK": 2, "USD": 2}
LIMIT = 10**12

_PLAIN = re.compile(r"(?P<whole>[+-]?\d+)(?:[.,](?P<decimals>\d+))?")
_GROUPED = re.compile(
    r"(?P<whole>[+-]?[1-9]\d{0,2}(?P<mark>[.,' ])\d{3}(?:(?P=mark)\d{3})*)"
    r"(?:(?!(?P=mark))[.,](?P<decimals>\d+))?"
)


def round_minor(value: Decimal | Fraction | int) -> int:
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    return int(Decimal(value).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def apply_rate(amount: int, basis_points: int) -> int:
    return round_minor(Fraction(amount * basis_points, 10_000))


def allocate(total: int, weights: Sequence[int]) -> list[int]:
    if not weights or any(weight < 0 for weight in weights) or sum(weights) == 0:
        raise ValueError("allocate needs weights that are not negative and not all zero")
    sign = -1 if total < 0 else 1
    whole = sum(weights)
    shares = [abs(total) * weight // whole for weight in weights]
    remainders = [abs(total) * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-remainders[place], place))
    for place in order[: abs(total) - sum(shares)]:
        shares[place] += 1
    return [sign * share for share in shares]


def parse_amount(text: str, currency: str) -> int:
    value = text.strip().replace("\u2212", "-").replace("\u00a0", " ")
    if value.endswith("-"):
        value = f"-{value[:-1]}"
    exponent = EXPONENTS[currency]
    patterns = (_PLAIN, _GROUPED) if exponent == 3 else (_GROUPED, _PLAIN)
    match = patterns[0].fullmatch(value) or patterns[1].fullmatch(value)
    if match is None:
        raise ValueError(f"not an amount: {text!r}")
    decimals = match["decimals"] or ""
    if len(decimals) > exponent:
        raise ValueError(f"{currency} has {exponent} decimals: {text!r}")
    whole = re.sub(r"[.,' ]", "", match["whole"])
    return int(f"{whole}{decimals.ljust(exponent, '0')}")


def format_amount(amount: int, currency: str) -> str:
    exponent = EXPONENTS[currency]
    digits = str(abs(amount)).rjust(exponent + 1, "0")
    sign = "-" if amount < 0 else ""
    if exponent == 0:
        return f"{sign}{digits}"
    return f"{sign}{digits[:-exponent]}.{digits[-exponent:]}"
