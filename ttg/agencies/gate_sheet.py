"""The sheet for the gate as a PDF that a screen reader can read (PDF/UA-1), made by typst: one page, in large print.

What it says goes to the template as data, so that nothing anybody wrote is taken for markup.
"""

import json
from pathlib import Path

from cases.agencies.typeset import as_pdf

TEMPLATE = Path(__file__).with_name("gate_sheet.typ")


def gate_sheet(sheet):
    """The bytes of the PDF. `sheet`: `ttg.rules.gate_sheet.sheet_of`. Raises CannotPrint."""
    return as_pdf(TEMPLATE, sheet=json.dumps(sheet))
