"""Giving a case to an officer by what is compared: what refuses it refuses, and a warning is answered.

Sources: features 120 and 124; product rules, gates. One that nobody holds is given by `cases.services.holding.name_officer`
alone; one that somebody holds is offered by `cases.services.transfers.offer_transfer`, and is theirs until it is accepted.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.reference.holding import TransferKind
from cases.rules.gaps import gates
from cases.rules.holding import check_because
from cases.services.checks import lock_case
from cases.services.holding import keep_why, lock_officers, name_officer
from cases.services.transfers import offer_transfer
from oversight.queries.giving import beside, comparison_of, considered, names_officers, why_not
from oversight.rules.comparing import check_allocation, for_the_holder
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
def offer_case(*, case, officer, note, because, said, by, now, caretaker=None):
    """Offer a case that somebody holds to another officer, with why. Returns the offer. `note`: what they must know.

    Whoever may not name an officer is told nothing that is between the colleague and those who answer for them: where
    anything of that is warned of, a senior offers it.
    """
    case, today = lock_case(case), localtime(now).date()
    offer = offer_transfer(
        case=case, kind=TransferKind.OFFICER, note=note, to_officer=officer, caretaker=caretaker, by=by, now=now
    )  # fmt: skip
    stood = _decided(case, officer, said, today, names=names_officers(by))
    because = check_because(because)
    warned = keep_why(case=case, officer=officer, because=because, considered=stood, by=by, now=now)
    record(by=by, action="compared_officers", crn=case.crn, officer=officer.username, warned=warned)
    return offer


@transaction.atomic
def hand_over(
    *, case, kind, note, by, now, to_officer=None, outside="", outside_officer="", caretaker=None, because="", said=None
):  # fmt: skip
    """Offer a case to another holder. A colleague is compared first; whoever holds cases outside, or takes one in, is not."""
    if kind == TransferKind.OFFICER and to_officer is not None:
        return offer_case(
            case=case, officer=to_officer, note=note, because=because, said=said or {}, caretaker=caretaker, by=by, now=now
        )  # fmt: skip
    return offer_transfer(
        case=case, kind=kind, note=note, to_officer=to_officer, outside=outside, outside_officer=outside_officer,
        caretaker=caretaker, by=by, now=now,
    )  # fmt: skip


def _decided(case, officer, said, today, *, names=True):
    """What stands beside them now, where nothing refuses it and each warning is answered. `names`: whoever decides may name one."""
    officer = lock_officers([officer.pk])[officer.pk]
    found = comparison_of(case, beside(officer), today)
    if found is None:
        raise RuleBroken(why_not(case))
    row = found.of(officer.pk)
    if row is None:
        raise RuleBroken(
            f"{officer.name} cannot hold a case: they have no open account as an officer. Choose somebody else."
        )
    told = row.found if names or gates(row.found) else for_the_holder(row.found, officer.name)
    return considered(found, row, check_allocation(told, said))
