"""The weekly chase: one e-mail an agency a week, about exactly what is to be chased."""

from datetime import date, timedelta

import pytest

from cases.models import Case, Deadline, Message
from cases.queries.agencies import owing_agencies, to_chase
from cases.reference.agencies import Channel
from cases.reference.checks import CheckKind
from cases.reference.codes import CaseState
from cases.rules.references import reference_of, references_in
from cases.services.chasing import chase_agency, chase_due_agencies
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    AgencyFactory,
    CaseFactory,
    EnquiryFactory,
    SubjectFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def police():
    return AgencyFactory(name="Thames Valley Police")


def asked(agency, due_on=TODAY, **facts):
    enquiry = EnquiryFactory(
        sent=True, agency=agency, sent_on=date(2018, 9, 24), due_on=due_on, **facts
    )
    SubjectFactory(enquiry=enquiry, name="Robin Vale")
    return enquiry


def chase(agency, today=TODAY, by=None):
    now = NOW + (today - TODAY)
    return chase_agency(agency=agency, by=by or UserFactory(role=Role.HUB), today=today, now=now)


def run(today=TODAY):
    step, after, chased = chase_due_agencies(today=today, now=NOW + (today - TODAY)), 0, 0
    while after is not None:
        after, counts = step(after)
        chased += counts.get("chased", 0)
    return chased


def test_one_email_lists_what_is_to_be_chased_and_names_nobody(police):
    first, second = asked(police), asked(police, due_on=TODAY - timedelta(days=3))
    later = asked(police, due_on=TODAY + timedelta(days=1))
    other = asked(AgencyFactory())

    assert chase(police) == 2

    message = Message.objects.get()
    assert message.key == f"chase-{police.pk}-2018-40"
    assert references_in(message.body) == [first.pk, second.pk]
    assert f"{reference_of(first.pk)}, sent 24 September 2018" in message.body
    for one in (later, other):
        assert reference_of(one.pk) not in message.body
    assert "Vale" not in message.body
    assert "Marsh" not in message.body


def test_each_is_chased_with_its_step_its_clock_and_its_entry(police):
    enquiry, hub = asked(police), UserFactory(role=Role.HUB)

    chase(police, by=hub)

    enquiry.refresh_from_db()
    assert (enquiry.chases, enquiry.chased_on, enquiry.due_on) == (1, TODAY, date(2018, 10, 8))
    assert enquiry.steps.get().did == "chased"
    assert Deadline.objects.unmet().get(enquiry=enquiry).due_on == enquiry.due_on
    assert Entry.objects.filter(action="moved_enquiry", by=hub, crn=enquiry.case.crn).exists()
    assert Entry.objects.get(action="chased_agency").detail["enquiries"] == 1


def test_an_agency_is_chased_once_a_week(police):
    asked(police)
    chase(police)
    asked(police)

    with pytest.raises(RuleBroken, match="chased on 1 October 2018"):
        chase(police, TODAY + timedelta(days=4))
    assert run(TODAY + timedelta(days=4)) == 0
    assert chase(police, TODAY + timedelta(days=7)) == 2


def test_one_not_written_to_by_email_is_left_to_the_hub():
    letters = AgencyFactory(channel=Channel.LETTER, address="1 High Street")
    asked(letters)

    with pytest.raises(RuleBroken, match="not written to by e-mail"):
        chase(letters)
    assert run() == 0


def test_with_nothing_to_chase_nothing_is_written(police):
    asked(police, due_on=TODAY + timedelta(days=1))

    with pytest.raises(RuleBroken, match="Nothing is to be chased"):
        chase(police)
    assert not Message.objects.exists()


def test_the_weekly_run_chases_every_agency_that_owes_and_comes_out_the_same_twice(police):
    other = AgencyFactory(kind=CheckKind.CHILDREN)
    asked(police)
    asked(other, kind=CheckKind.CHILDREN)
    AgencyFactory()

    assert (run(), run()) == (2, 0)
    assert Message.objects.count() == 2


def test_one_of_limited_access_is_chased_too_and_a_case_no_longer_ours_is_not(police):
    kept = asked(police)
    limit(kept.case, restricted=True)
    asked(police, case=CaseFactory(state=CaseState.CLOSED))

    assert run() == 1
    assert references_in(Message.objects.get().body) == [kept.pk]


def test_what_each_agency_owes_is_counted_as_of_those_cases(police):
    for days in (10, 12, 30):
        EnquiryFactory(
            sent=True,
            agency=police,
            sent_on=TODAY - timedelta(days=days),
            due_on=TODAY - timedelta(days=1),
        )
    asked(police, due_on=TODAY)
    EnquiryFactory(sent=True, due_on=TODAY + timedelta(days=2))

    first, second = owing_agencies(Case.objects.all(), TODAY)

    assert (first.agency, first.open, first.to_chase, first.overdue) == (police, 4, 4, 3)
    assert first.median_days == 12
    assert (second.agency, second.open, second.to_chase) == (None, 1, 0)
    assert to_chase(Case.objects.none(), TODAY).count() == 0
