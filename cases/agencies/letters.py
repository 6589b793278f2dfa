"""Requests as letters: PDFs that a screen reader can read (PDF/UA-1), made by typst.

Whatever a request says goes to the template as data, so that nothing in a name is taken for markup.
"""

import io
import json
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from cases.agencies.typeset import as_pdf
from cases.rules.requests import as_data

TEMPLATE = Path(__file__).with_name("letter.typ")


def letter(request):
    """The letter of one request, as the bytes of a PDF. Raises CannotPrint."""
    return as_pdf(TEMPLATE, request=json.dumps(as_data(request)))


def joined(letters):
    """Several letters as one PDF to print, each from a page of its own."""
    writer = PdfWriter()
    for one in letters:
        writer.append(PdfReader(io.BytesIO(one)))
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()
