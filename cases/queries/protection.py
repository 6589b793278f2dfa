"""What looks after the concerns about each of many cases, in a fixed number of statements.

Source: product rules, checks; `cases.rules.protection` says what it comes to.
"""

from collections import defaultdict

from cases.models import Case, Enquiry, InterimPlan, Registration
from cases.queries.enquiries import CONCERNS, check_facts
from cases.reference.checks import CheckKind, EnquiryState
from cases.rules.protection import Question, Watched, counts_from, unprotected


def unprotected_cases(case_ids, policy, today, *, plans=True):
    """{case: (its check facts, the concerns that nothing looks after)}, of those of ours that have any.

    Without `plans`, as if no interim plan stood.
    """
    on_register = Registration.objects.current().filter(type_code__in=CONCERNS)
    cases = Case.objects.ours().filter(pk__in=case_ids, registrations__in=on_register)
    held = list(cases.distinct().order_by("pk"))
    if not held:
        return {}
    facts, questions = check_facts(held, today), _questions(held)
    until = _plans(held, today) if plans else {}
    found = {}
    for case in held:
        known = facts[case.pk]
        began = known.began_on, known.sentenced_on
        concerns = {one: counts_from(since, *began) for one, since in known.concerns.items()}
        watched = Watched(concerns, tuple(questions[case.pk]), until.get(case.pk))
        if left := unprotected(watched, policy, today):
            found[case] = known, left
    return found


def _questions(cases):
    found = defaultdict(list)
    rows = Enquiry.objects.filter(case__in=cases).order_by("pk")
    for case, kind, state, triggered_on, replied_on, reply in rows.values_list(
        "case", "kind", "state", "triggered_on", "replied_on", "reply"
    ):
        asked = Question(CheckKind(kind), EnquiryState(state), triggered_on, replied_on, reply)
        found[case].append(asked)
    return found


def _plans(cases, today):
    live = InterimPlan.objects.live(today).filter(case__in=cases)
    return dict(live.values_list("case", "expires_on"))
