"""The officer's own copy of an assessment: a PDF that a screen reader can read (PDF/UA-1), made by typst.

What it says goes to the template as data, so that nothing in it is taken for markup.
"""

import json
from pathlib import Path

from cases.agencies.typeset import as_pdf

TEMPLATE = Path(__file__).with_name("assessment.typ")


def assessment_pdf(paper):
    """The bytes of a PDF of `cases.queries.assessment_paper.on_paper`. Raises CannotPrint."""
    return as_pdf(TEMPLATE, assessment=json.dumps(paper))
