"""What facts that have landed call for at once: what was raised is assessed, concerns are asked about.

Source: product rules, raise now and checks. An imported case that nobody has taken up owes nothing yet.
"""

from cases.models import Case, InterimPlan, Raise
from cases.services.importing.staged_rows import CASE
from cases.services.intake import open_due_enquiries
from cases.services.interim_owed import owe_interim_plans
from cases.services.raising import resolve_raises

CHANGED = f"""
    SELECT DISTINCT c.id FROM touched t JOIN {CASE} c ON c.id = t.case_id
    WHERE t.facts AND (
        NOT c.imported OR c.taken_up_on IS NOT NULL
        OR EXISTS (SELECT FROM {Raise._meta.db_table} r WHERE r.case_id = c.id AND r.assessed_on IS NULL)
        OR EXISTS (SELECT FROM {InterimPlan._meta.db_table} p WHERE p.case_id = c.id AND p.ended_on IS NULL)
    )
"""


def follow_facts(cursor, *, by, today, now):
    """Settle the cases in our care whose facts the extract changed."""
    cursor.execute(CHANGED)
    changed = [pk for (pk,) in cursor.fetchall()]
    if not changed:
        return
    resolve_raises(case_ids=changed, today=today, now=now)
    checked = Case.objects.checked_by_rule().filter(pk__in=changed)
    open_due_enquiries(case_ids=list(checked.values_list("pk", flat=True)), by=by, today=today)
    owe_interim_plans(case_ids=changed, by=by, today=today)
