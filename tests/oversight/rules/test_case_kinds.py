"""What sort of case it is, and in which ways there is less to do, from the record."""

from datetime import date

import pytest

from cases.rules.contact_figures import Supervised
from oversight.reference.workload import Inactive, Kind
from oversight.rules.case_kinds import inactive_of, kind_of, to_weigh

TODAY = date(2018, 10, 8)


def known(**given):
    return Supervised(**({"began_on": date(2018, 9, 3), "level": "weekly"} | given))


@pytest.mark.parametrize(
    ("given", "statuses", "pauses", "kind"),
    [
        ({}, [""], [], Kind.COMMUNITY),
        ({}, [], [], Kind.COMMUNITY),
        ({}, ["", "B"], [], Kind.LICENCE),
        ({}, ["P", "B"], [], Kind.LICENCE),
        ({}, ["P"], [], Kind.POST_SENTENCE),
        ({"held": True}, ["D", "B"], [], Kind.CUSTODY),
        ({}, ["B"], ["custody"], Kind.CUSTODY),
        ({"unpaid_work_alone": True}, [""], [], Kind.UNPAID_WORK),
        ({"curfew_alone": True}, [""], [], Kind.CURFEW),
        ({"held": True, "unpaid_work_alone": True}, [""], [], Kind.CUSTODY),
        ({}, [""], ["hospital"], Kind.COMMUNITY),
    ],
)
def test_the_record_says_what_sort_of_case_it_is(given, statuses, pauses, kind):
    assert kind_of(known(**given), statuses, pauses) == kind


@pytest.mark.parametrize(
    ("ends", "pauses", "kind", "found"),
    [
        (None, [], Kind.COMMUNITY, set()),
        (TODAY, [], Kind.COMMUNITY, set()),
        (date(2018, 10, 7), [], Kind.COMMUNITY, {Inactive.OVERDUE}),
        (None, ["warrant"], Kind.COMMUNITY, {Inactive.WARRANT}),
        (None, ["at_large"], Kind.LICENCE, {Inactive.WARRANT}),
        (None, ["custody"], Kind.CUSTODY, set()),
        (None, [], Kind.UNPAID_WORK, {Inactive.UNPAID_WORK}),
        (date(2018, 1, 1), ["warrant"], Kind.UNPAID_WORK, set(Inactive)),
    ],
)
def test_there_is_less_to_do_past_the_end_and_while_they_are_looked_for(ends, pauses, kind, found):
    assert inactive_of(known(ends_on=ends), pauses, TODAY, kind) == found


@pytest.mark.parametrize(
    ("began", "day"), [(date(2018, 10, 8), 0), (date(2018, 9, 3), 35), (None, None), (date(2018, 10, 9), None)]
)  # fmt: skip
def test_days_are_counted_from_when_supervision_began(began, day):
    assert to_weigh(known(began_on=began), [""], [], "M50", TODAY).day == day
