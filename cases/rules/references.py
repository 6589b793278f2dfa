"""The reference an enquiry bears on everything sent out, and finding it again in whatever comes back.

Source: ISO 7064 MOD 97-10: two check digits, so that a slip of one figure, or of two side by side,
never leads to another enquiry.
"""

import re

# Seven figures and two of check. They may come back spaced out, the letters in any case, the
# dashes of any kind or lost
BETWEEN = r"[\s:#._\-‐-―]*"
WRITTEN = re.compile(rf"(?<![A-Z0-9])E ?N{BETWEEN}(\d(?:{BETWEEN}\d){{8}})(?!\d)", re.IGNORECASE)


def reference_of(number):
    """ "EN-0001234-82": the number of an enquiry with its check digits."""
    return f"EN-{number:07}-{_check_digits(number):02}"


def references_in(text):
    """The numbers whose references stand in this text, in order, each once; only where the digits hold."""
    found = []
    for match in WRITTEN.finditer(text):
        figures = "".join(one for one in match[1] if one.isdecimal())
        number, check = int(figures[:-2]), int(figures[-2:])
        if number and check == _check_digits(number):
            found.append(number)
    return list(dict.fromkeys(found))


def _check_digits(number):
    return 98 - number * 100 % 97
