"""Lists as files: sent as they are made, some lines at a time, and harmless to whatever opens them."""

import csv
from io import StringIO
from itertools import islice

from django.http import StreamingHttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r")
SENT_AT_ONCE = 500  # lines: to hand each on by itself costs more than to make it


def csv_of(rows, name):
    """The answer that hands over these rows as a file of this name."""
    answer = StreamingHttpResponse(_sent(iter(rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _sent(rows):
    """The head by itself, so that whoever waits sees the file begin before the first row is found."""
    yield _lines(islice(rows, 1))
    while lines := _lines(islice(rows, SENT_AT_ONCE)):
        yield lines


def _lines(rows):
    text = StringIO(newline="")
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def harmless(cell):
    """A cell that no spreadsheet will run: one that looks like a formula is led by a quote."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
