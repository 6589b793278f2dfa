"""A letter of enforcement as a PDF that a screen reader can read (PDF/UA-1), made by typst.

What it says goes to the template as data, so that nothing anybody wrote is taken for markup.
"""

import json
from pathlib import Path

from cases.agencies.typeset import as_pdf

TEMPLATE = Path(__file__).with_name("enforcement_letter.typ")


def enforcement_letter(said):
    """The bytes of the PDF. `said`: `cases.rules.enforcement.letters.as_data`. Raises CannotPrint."""
    return as_pdf(TEMPLATE, letter=json.dumps(said))
