"""Data quality: what somebody must put right about a case, raised once and settled by itself.

Source: product rules, data quality.
"""

from django.db import transaction

from cases.models import Issue


@transaction.atomic
def set_issues(*, found, kinds, case_ids, today):
    """Of these kinds and cases: raise what was found and is not open, settle what is open and gone.

    `found` is {(case id, kind): what}. Returns (raised, settled).
    """
    standing = Issue.objects.unsettled().filter(kind__in=kinds, case__in=case_ids)
    held = {(case, kind): pk for pk, case, kind in standing.values_list("pk", "case", "kind")}
    settled = [pk for key, pk in held.items() if key not in found]
    new = [
        Issue(case_id=case, kind=kind, what=what, raised_on=today)
        for (case, kind), what in sorted(found.items())
        if (case, kind) not in held
    ]
    Issue.objects.filter(pk__in=settled).update(settled_on=today)
    Issue.objects.bulk_create(new, batch_size=2000)
    return len(new), len(settled)
