"""The letter of leave to travel, as a PDF that a screen reader can read (PDF/UA-1), made by typst.

What it says goes to the template as data, so that nothing anybody wrote is taken for markup.
"""

import json
from dataclasses import asdict
from pathlib import Path

from cases.agencies.typeset import as_pdf

TEMPLATE = Path(__file__).with_name("travel.typ")


def travel_letter(said):
    """The bytes of the PDF. Raises CannotPrint."""
    return as_pdf(TEMPLATE, letter=json.dumps(asdict(said)))
