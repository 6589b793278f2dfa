"""The benefit sheet for courts as a PDF that a screen reader can read (PDF/UA-1), made by typst.

What it says goes to the template as data, so that nothing anybody wrote is taken for markup.
"""

import json
from pathlib import Path

from cases.agencies.typeset import as_pdf
from unpaidwork.rules.benefit import as_data

TEMPLATE = Path(__file__).with_name("benefit.typ")


def benefit_paper(sheet):
    """The bytes of the PDF. Raises CannotPrint."""
    return as_pdf(TEMPLATE, sheet=json.dumps(as_data(sheet)))
