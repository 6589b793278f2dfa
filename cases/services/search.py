"""Remembering a search, so that its words stay out of addresses."""

from django.db import transaction

from cases.models import Search
from staff.audit import record
from staff.errors import RuleBroken

LONGEST = 200


@transaction.atomic
def remember_search(*, text, by):
    """Keep what was typed, and give the key its results are found under."""
    text = " ".join(text.replace("\0", " ").split())  # what is pasted from a PDF may hold one
    if not text:
        raise RuleBroken("Type a name, CRN, date of birth or PNC number.")
    search = Search.objects.create(by=by, text=text[:LONGEST])
    record(by=by, action="searched", search=str(search.key))
    return search
