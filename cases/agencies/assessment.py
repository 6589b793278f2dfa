"""The officer's own copy of an assessment: a PDF that a screen reader can read (PDF/UA-1), made by typst.

What it says goes to the template as data, so that nothing in it is taken for markup.
"""

import json
from pathlib import Path

import typst

from cases.agencies.letters import STANDARD, CannotPrint

TEMPLATE = Path(__file__).with_name("assessment.typ")


def assessment_pdf(paper):
    """The bytes of a PDF of `cases.queries.assessment_paper.on_paper`. Raises CannotPrint."""
    try:
        return typst.compile(
            str(TEMPLATE),
            root=str(TEMPLATE.parent),
            format="pdf",
            ignore_system_fonts=True,  # the same paper on every machine
            sys_inputs={"assessment": json.dumps(paper)},
            pdf_standards=STANDARD,
        )
    except typst.TypstError as problem:
        raise CannotPrint from problem
