"""The person's own copy of their plan as a PDF that a screen reader can read (PDF/UA-1), made by typst.

What it says goes to the template as data, so that nothing anybody wrote is taken for markup.
"""

import json
from pathlib import Path
from typing import Final

from cases.agencies.typeset import as_pdf

TEMPLATE = Path(__file__).with_name("person_copy.typ")
ORDINARY: Final = 13  # points
LARGE: Final = 20  # points; nothing on the page is smaller than 18


def person_copy(sheet, *, large):
    """The bytes of the PDF. `sheet`: `cases.rules.person_copy.sheet_of`. Raises CannotPrint."""
    return as_pdf(TEMPLATE, sheet=json.dumps(sheet), size=str(LARGE if large else ORDINARY))
