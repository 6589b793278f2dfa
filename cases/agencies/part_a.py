"""Part A of a recall as a PDF that a screen reader can read (PDF/UA-1), made by typst.

What it says goes to the template as data, so that nothing anybody wrote is taken for markup.
"""

import json
from pathlib import Path

from cases.agencies.typeset import as_pdf

TEMPLATE = Path(__file__).with_name("part_a.typ")


def part_a_pdf(paper):
    """The bytes of a PDF of `cases.queries.enforcement.part_a.part_a_of`. Raises CannotPrint."""
    return as_pdf(TEMPLATE, recall=json.dumps(paper))
