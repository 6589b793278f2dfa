"""Papers as PDFs that a screen reader can read (PDF/UA-1), made by typst.

What they say goes to the template as data, so that nothing anybody wrote is taken for markup.
"""

from typing import Final

import typst

STANDARD: Final = "ua-1"
PDF = "application/pdf"


class CannotPrint(Exception):
    """The paper holds a character that no font of ours has."""


def as_pdf(template, **said):
    """The bytes of the PDF. `template`: its path; `said`: texts, by the names it reads them by. Raises CannotPrint."""
    try:
        return typst.compile(
            str(template),
            root=str(template.parent),
            format="pdf",
            ignore_system_fonts=True,  # the same paper on every machine
            sys_inputs=said,
            pdf_standards=STANDARD,
        )
    except typst.TypstError as problem:
        raise CannotPrint from problem
