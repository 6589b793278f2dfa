"""Requests as letters: PDFs that a screen reader can read (PDF/UA-1), made by typst.

Whatever a request says goes to the template as data, so that nothing in a name is taken for markup.
"""

import io
import json
from pathlib import Path
from typing import Final

import typst
from pypdf import PdfReader, PdfWriter

from cases.rules.requests import as_data

TEMPLATE = Path(__file__).with_name("letter.typ")
STANDARD: Final = "ua-1"
PDF = "application/pdf"


class CannotPrint(Exception):
    """The letter holds a character that no font of ours has."""


def letter(request):
    """The letter of one request, as the bytes of a PDF. Raises CannotPrint."""
    try:
        return typst.compile(
            str(TEMPLATE),
            root=str(TEMPLATE.parent),
            format="pdf",
            ignore_system_fonts=True,  # the same letter on every machine
            sys_inputs={"request": json.dumps(as_data(request))},
            pdf_standards=STANDARD,
        )
    except typst.TypstError as problem:
        raise CannotPrint from problem


def joined(letters):
    """Several letters as one PDF to print, each from a page of its own."""
    writer = PdfWriter()
    for one in letters:
        writer.append(PdfReader(io.BytesIO(one)))
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()
