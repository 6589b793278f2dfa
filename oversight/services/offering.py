"""Offering the cases of somebody who leaves, one by one: each officer is compared first, as for a case that is offered alone.

Sources: features 123 and 124; product rules, gates. They are offered by `cases.services.departures.offer_all` alone.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.services.departures import offer_all
from cases.services.holding import keep_why
from oversight.queries.offering import offering_of
from oversight.rules.sharing_said import check_said
from staff.audit import record
from staff.errors import RuleBroken

NAMED_AT_ONCE = 10  # of those that cannot be offered as chosen, in one refusal
CHOSEN = "Offered with the other cases of somebody who leaves."


@transaction.atomic
def offer_leavers_cases(*, departure, offers, note, said, by, now):
    """Offer these cases, all or none. `offers`: [(case, officer, words for that case)]. Returns the hand-overs.

    `said`: {key of a warning: why it is right all the same}, one sentence for all cases of that kind.
    """
    made = offer_all(departure=departure, offers=offers, note=note, by=by, now=now)
    found = offering_of([(case, officer) for case, officer, _ in offers], localtime(now).date())
    if shut := found.refused:
        more = f" And {len(shut) - NAMED_AT_ONCE:,} more." if len(shut) > NAMED_AT_ONCE else ""
        named = " ".join(f"{crn}: {why}" for crn, why in shut[:NAMED_AT_ONCE])
        raise RuleBroken(f"Choose somebody else for what they cannot be given. {named}{more}")
    answers = check_said(found.warned, said)
    for case, officer, words in offers:
        stood = found.considered(case.pk, answers)
        because = words.strip() or CHOSEN
        warned = keep_why(case=case, officer=officer, because=because, considered=stood, by=by, now=now)  # fmt: skip
        record(by=by, action="compared_officers", crn=case.crn, officer=officer.username, warned=warned)  # fmt: skip
    return made
