"""What decides whether interim plans are owed on many cases; the plans of one case as its pages show them.

Source: product rules, checks ("while open").
"""

from collections import defaultdict


from cases.models import Case, Deadline, Enquiry, InterimPlan
from cases.queries.protection import unprotected_cases
from cases.reference.checks import CheckKind
from cases.reference.information import Agreement
from cases.rules.checks import IN_SHORT
from cases.rules.interim import Held, InterimFacts, Waiting
from cases.rules.words import sentence
from staff.permissions import Action

OWES = "interim_plan"
SEEN_ON = Action.VIEW_CHECKS


def interim_facts(case_ids, policy, today):
    """{case: InterimFacts}, in six statements, and those of protection where a plan waits for nothing."""
    waiting, plans = _waiting(case_ids), _standing(case_ids)
    owed = Deadline.objects.unmet().filter(kind=OWES, case__in=case_ids)
    running = dict(owed.values_list("case", "due_on"))
    checked = set(
        Case.objects.checked_by_rule().filter(pk__in=case_ids).values_list("pk", flat=True)
    )
    idle = [pk for pk, plan in plans.items() if not plan.covers & {w.id for w in waiting[pk]}]
    rest_on = (
        {case.pk for case in unprotected_cases(idle, policy, today, plans=False)} if idle else ()
    )
    known = Case.objects.filter(pk__in=case_ids)
    return {
        pk: InterimFacts(
            ours=pk in checked,
            concern=bool(concern),
            taken_up_on=taken_up_on,
            waiting=tuple(waiting[pk]),
            plan=plans.get(pk),
            running_due_on=running.get(pk),
            needed=pk in rest_on,
        )
        for pk, taken_up_on, concern in known.values_list("pk", "taken_up_on", "standing__concern")
    }


def _waiting(case_ids):
    found = defaultdict(list)
    rows = Enquiry.objects.unfinished().filter(case__in=case_ids).order_by("pk")
    for case, pk, kind, triggered_on in rows.values_list("case", "pk", "kind", "triggered_on"):
        found[case].append(Waiting(pk, sentence(IN_SHORT[CheckKind(kind)]), triggered_on))
    return found


def _standing(case_ids):
    plans = list(InterimPlan.objects.standing().filter(case__in=case_ids))
    covers = defaultdict(set)
    rows = InterimPlan.enquiries.through.objects.filter(interimplan__in=plans)
    for plan, enquiry in rows.values_list("interimplan", "enquiry"):
        covers[plan].add(enquiry)
    return {one.case_id: held(one, covers[one.pk]) for one in plans}


def held(plan, covers):
    """A plan as the rules know it."""
    returned = plan.agreement == Agreement.RETURNED
    returned_on = plan.answered_on if returned else None
    return Held(plan.pk, frozenset(covers), plan.expires_on, returned_on)


def standing_of(case):
    """The plan that stands on one case as the rules know it, or None."""
    return _standing([case.pk]).get(case.pk)


def standing_plan(case):
    """The plan that stands on the case, or None."""
    return case.interim_plans.standing().select_related("made_by", "answered_by").first()


def find_plan(case, pk):
    return case.interim_plans.select_related("made_by", "answered_by").filter(pk=pk).first()
