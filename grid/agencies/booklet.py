"""The sentencers' booklet as a PDF that a screen reader can read (PDF/UA-1), made by typst.

What it says goes to the template as data, so that nothing anybody wrote is taken for markup.
"""

import json
from pathlib import Path

from cases.agencies.typeset import as_pdf
from grid.rules.booklet import as_data

TEMPLATE = Path(__file__).with_name("booklet.typ")


def booklet_paper(booklet):
    """The bytes of the PDF. Raises CannotPrint."""
    return as_pdf(TEMPLATE, booklet=json.dumps(as_data(booklet)))
