"""Giving a case that nobody holds to an officer, by what is compared: what refuses it refuses, and a warning is answered.

Sources: features 120 and 124; product rules, gates. The officer is named by `cases.services.holding.name_officer` alone.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.services.checks import lock_case
from cases.services.holding import lock_officers, name_officer
from oversight.queries.giving import beside, comparison_of, considered, why_not
from oversight.rules.comparing import check_allocation
from staff.errors import RuleBroken


@transaction.atomic
def give_case(*, case, officer, because, said, by, now):
    """Name the officer of a case, with why. Returns the case.

    `said`: {key of a warning: one sentence}. What is warned of is worked out again here, so that nobody is given a case
    by a page that is out of date.
    """
    case, today = lock_case(case), localtime(now).date()
    officer = lock_officers([officer.pk])[officer.pk]
    if shut := why_not(case):
        raise RuleBroken(shut)
    found = comparison_of(case, beside(officer), today)
    row = found.of(officer.pk) if found else None
    if row is None:
        raise RuleBroken(
            f"{officer.name} cannot hold a case: they have no open account as an officer. Choose somebody else."
        )
    cleared = check_allocation(row.found, said)
    return name_officer(
        case=case,
        officer=officer,
        because=because,
        by=by,
        now=now,
        considered=considered(found, row, cleared),
    )
