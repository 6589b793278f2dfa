"""Skills passport, certificate and closing report as PDFs that a screen reader can read (PDF/UA-1), made by typst.

What they say goes to the template as data, so that nothing anybody wrote is taken for markup.
"""

import json
from pathlib import Path

from cases.agencies.typeset import as_pdf

TEMPLATE = Path(__file__).with_name("work_paper.typ")


def work_paper(paper):
    """The bytes of the PDF. `paper`: of `unpaidwork.rules.papers`. Raises CannotPrint."""
    return as_pdf(TEMPLATE, paper=json.dumps(paper))
