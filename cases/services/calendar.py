"""Moving what is running when the list of bank holidays changes.

Source: product rules, clocks (a working day is Monday to Friday less bank holidays).
"""

from django.db import connection, transaction

from cases.models import Case, Deadline
from cases.reference.deadlines import CHECK_KINDS
from cases.rules.deadlines import redated
from staff.audit import record_many

WRITE = """
    UPDATE cases_deadline AS deadline SET due_on = new.due_on
    FROM unnest(%s::bigint[], %s::date[]) AS new (id, due_on) WHERE deadline.id = new.id
"""
MIRROR = """
    UPDATE cases_enquiry AS enquiry SET due_on = deadline.due_on FROM cases_deadline AS deadline
    WHERE deadline.enquiry_id = enquiry.id AND deadline.id = ANY(%s) AND deadline.kind = ANY(%s)
"""


@transaction.atomic
def redate_deadlines(*, before, now, by):
    """Give each unmet deadline as many working days as it had. Returns how many moved.

    `before` and `now` are the bank holidays beyond those the library knows.
    """
    changed = before ^ now
    unmet = Deadline.objects.unmet().filter(due_on__gte=min(changed), triggered_on__lt=max(changed))
    cases = Case.objects.filter(pk__in=unmet.values("case"))
    crns = dict(cases.order_by("pk").select_for_update(no_key=True).values_list("pk", "crn"))
    moved = {}
    for row in unmet.order_by("pk"):
        due = redated(row.kind, row.triggered_on, row.due_on, before, now)
        if due != row.due_on:
            moved[row.pk] = (due, row.case_id)
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [list(moved), [due for due, _ in moved.values()]])
        cursor.execute(MIRROR, [list(moved), list(CHECK_KINDS)])
    record_many(
        by=by,
        action="redated_deadlines",
        crns=sorted({crns[case] for _, case in moved.values()}),
        bank_holidays=sorted(day.isoformat() for day in changed),
    )
    return len(moved)
