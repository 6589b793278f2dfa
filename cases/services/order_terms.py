"""Whether the terms of an order are still to be seen: each night for many cases, and at once after a change.

Source: product rules, gates ("terms not seen" for a court order); report 4.1 (a code without the terms).
"""

from django.db import transaction

from cases.models import Case
from cases.queries.restrictions import terms_not_seen
from cases.rules.words import counted
from cases.services.deadline_sets import DeadlineRow, meet_deadlines, open_deadlines

CHUNK = 500  # cases
OWES = "see_order_terms"


def owe_order_terms_chunk(*, after, today, size=CHUNK):
    """Settle the clock of the next so many cases. A step of `cases.services.jobs.run_job`."""
    cases = Case.objects.checked_by_rule().filter(pk__gt=after)
    keys = list(cases.order_by("pk").values_list("pk", flat=True)[:size])
    owed = settle_order_terms(case_ids=keys, today=today, void=True) if keys else 0
    return (keys[-1] if len(keys) == size else None), {"owed": owed}


@transaction.atomic
def settle_order_terms(*, case_ids, today, by=None, void=False):
    """Start the clock where terms are to be seen, and stop it where none are any more. Returns on how many it started.

    `void`: where none are any more that was nobody's doing: the order has ended.
    """
    held = Case.objects.checked_by_rule().filter(pk__in=case_ids).order_by("pk")
    keys = [one.pk for one in held.select_for_update(no_key=True)]
    unseen = terms_not_seen(keys, today) if keys else {}
    seen = [pk for pk in keys if pk not in unseen]
    meet_deadlines(kind=OWES, case_ids=seen, by=by, today=today, void=void)
    rows = [DeadlineRow(pk, today, _why(unseen[pk])) for pk in keys if pk in unseen]
    return open_deadlines(kind=OWES, rows=rows, by=by, today=today)


def _why(sentences):
    more = len(sentences) - 1
    return f"{sentences[0]} And {counted(more, 'other')}." if more else sentences[0]
