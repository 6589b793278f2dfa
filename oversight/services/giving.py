"""Giving a case to an officer by what is compared: what refuses it refuses, and a warning is answered.

Sources: features 120 and 124; product rules, gates. One that nobody holds is given by `cases.services.holding.name_officer`
alone; one that somebody holds is offered by `cases.services.transfers.offer_transfer`, and is theirs until it is accepted.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.reference.holding import TransferKind
from cases.rules.holding import check_because
from cases.services.checks import lock_case
from cases.services.holding import keep_why, lock_officers, name_officer
from cases.services.transfers import offer_transfer
from oversight.queries.giving import beside, comparison_of, considered, why_not
from oversight.rules.comparing import check_allocation
from staff.audit import record
from staff.errors import RuleBroken


@transaction.atomic
def give_case(*, case, officer, because, said, by, now):
    """Name the officer of a case that nobody holds, with why. Returns the case.

    `said`: {key of a warning: one sentence}. What is warned of is worked out again here, so that nobody is given a case
    by a page that is out of date.
    """
    case, today = lock_case(case), localtime(now).date()
    if shut := why_not(case):
        raise RuleBroken(shut)
    stood = _decided(case, officer, said, today)
    return name_officer(case=case, officer=officer, because=because, by=by, now=now, considered=stood)  # fmt: skip


@transaction.atomic
def offer_case(*, case, officer, note, because, said, by, now):
    """Offer a case that somebody holds to another officer, with why. Returns the offer. `note`: what they must know."""
    case, today = lock_case(case), localtime(now).date()
    stood = _decided(case, officer, said, today)
    because = check_because(because)
    offer = offer_transfer(
        case=case, kind=TransferKind.OFFICER, note=note, to_officer=officer, by=by, now=now
    )
    warned = keep_why(case=case, officer=officer, because=because, considered=stood, by=by, now=now)
    record(by=by, action="compared_officers", crn=case.crn, officer=officer.username, warned=warned)
    return offer


def _decided(case, officer, said, today):
    """What stands beside them now, where nothing refuses it and each warning is answered."""
    officer = lock_officers([officer.pk])[officer.pk]
    found = comparison_of(case, beside(officer), today)
    if found is None:
        raise RuleBroken(why_not(case))
    row = found.of(officer.pk)
    if row is None:
        raise RuleBroken(
            f"{officer.name} cannot hold a case: they have no open account as an officer. Choose somebody else."
        )
    return considered(found, row, check_allocation(row.found, said))
