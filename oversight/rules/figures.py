"""A figure with its working, and how numbers are rounded and said.

Source: risk flags reference 3 (quotients half up); GOV.UK style.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with how it came about, a sentence a step."""

    number: int
    working: tuple[str, ...]


def half_up(number: Fraction) -> int:
    return floor(number + HALF)


def say_number(number: Fraction | Decimal | int, places: int = 1) -> str:
    """At most so many places, half up, and none that say nothing: 37, 1.8, 2,070.14."""
    number = Fraction(number)
    scaled = half_up(number * 10**places)
    text = f"{Decimal(scaled).scaleb(-places):,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
