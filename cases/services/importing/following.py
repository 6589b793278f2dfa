"""What facts that have landed call for at once: what was raised is assessed, concerns are asked about, a victim may need to hear.

Source: product rules, raise now and checks. An imported case that nobody has taken up owes nothing yet.
"""

from cases.models import Case, InterimPlan, Raise, Registration, VictimLiaison
from cases.reference.codes import Register
from cases.services.importing.staged_rows import CASE
from cases.services.intake import open_due_enquiries
from cases.services.interim_owed import owe_interim_plans
from cases.services.raising import resolve_raises
from cases.services.victim_notices import raise_for_victims

REGISTRATION, LIAISON = Registration._meta.db_table, VictimLiaison._meta.db_table
CHANGED = f"""
    SELECT DISTINCT c.id FROM touched t JOIN {CASE} c ON c.id = t.case_id
    WHERE t.facts AND (
        NOT c.imported OR c.taken_up_on IS NOT NULL
        OR EXISTS (SELECT FROM {Raise._meta.db_table} r WHERE r.case_id = c.id AND r.assessed_on IS NULL)
        OR EXISTS (SELECT FROM {InterimPlan._meta.db_table} p WHERE p.case_id = c.id AND p.ended_on IS NULL)
    )
"""
CONCERNED = f"""
    SELECT DISTINCT t.case_id FROM touched t WHERE EXISTS (
        SELECT FROM {REGISTRATION} r WHERE r.case_id = t.case_id AND r.active AND r.type_code = %s
    ) OR EXISTS (
        SELECT FROM {LIAISON} v WHERE v.case_id = t.case_id AND v.ended_on IS NULL
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


def follow_victims(cursor, *, today, now):
    """What has happened on the cases an extract spoke of that a victim may need to hear of. It is done by itself."""
    cursor.execute(CONCERNED, [Register.VICTIM_CONTACT])
    concerned = [pk for (pk,) in cursor.fetchall()]
    if concerned:
        raise_for_victims(case_ids=concerned, today=today, now=now)
