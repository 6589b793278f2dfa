"""Mobile numbers of staff as they write them. Source: Ofcom, numbering plan (mobile numbers begin 07, +44 7)."""

from staff.errors import RuleBroken

DIGITS = 11  # of a number written without its country
COUNTRY = "+44"


def understand_mobile(written):
    """The number as it is kept, "07700 900123"; blank for none. Refuses what rings no mobile here."""
    if not written.strip():
        return ""
    digits = "".join(one for one in written if one.isdigit() or one == "+")
    for prefix in (COUNTRY, "0044"):
        if digits.startswith(prefix):
            digits = "0" + digits.removeprefix(prefix).lstrip("0")
    if not (
        digits.isdigit() and digits.isascii() and len(digits) == DIGITS and digits.startswith("07")
    ):
        raise RuleBroken("Enter a mobile number, for example 07700 900123.")
    return f"{digits[:5]} {digits[5:]}"
