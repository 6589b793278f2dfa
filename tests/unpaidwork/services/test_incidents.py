"""What is reported from a site reaches who must act on it, by a day, and whoever reported it sees that it did."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cases.models import Deadline, Information, Message, NonAssociation, Reading
from cases.reference.information import Relation
from cases.services.information import read_information
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import TODAY, UserFactory, limit
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_session import AFTER, NINE, a_session, clock, supervisor_of, the_only
from unpaidwork.models import Incident
from unpaidwork.queries.incidents import one_incident
from unpaidwork.services.incidents import answer_incident, report_incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return a_session()


@pytest.fixture
def by(session):
    return supervisor_of(session)


@pytest.fixture
def one(session):
    return the_only(session)


@pytest.fixture
def senior(one):
    return UserFactory(role=Role.SPO, team=one.case.team)


def report(session, by, now=AFTER, **given):
    usual = {"kind": "incident", "words": "He shouted at a neighbour.", "harm": False}
    return report_incident(session=session, by=by, now=now, **usual | given)


def owed(case, kind):
    return Deadline.objects.unmet().filter(case=case, kind=kind).count()


def test_its_officer_has_it_to_read_by_a_day_and_the_senior_is_not_rung_for_everything(
    session, by, one, senior
):
    done = report(session, by, about=one)

    reading = Reading.objects.get(case=one.case)
    assert reading.information == done.information
    assert session.project.name in done.information.text
    assert owed(one.case, "read_information") == 1
    assert one.case.officer.notices.count() == 1
    assert senior.notices.count() == 0
    assert one.case.crn not in Message.objects.filter(subject__startswith="Reported").values_list("body", flat=True)  # fmt: skip


def test_where_somebody_could_be_hurt_it_is_read_today_and_the_senior_hears_at_once(
    session, by, one, senior
):
    report(session, by, about=one, harm=True)

    assert owed(one.case, "read_information_today") == 1
    assert senior.notices.count() == 1
    assert Message.objects.filter(user=senior, not_before__gt=AFTER).count() == 0


def test_an_injury_is_something_that_can_hurt_whatever_is_ticked(session, by, one, senior):
    assert report(session, by, about=one, kind="injury").harm
    assert senior.notices.count() == 1


def test_a_disclosure_about_a_child_is_passed_on_as_that_in_the_persons_own_name(session, by, one):
    done = report(session, by, about=one, kind="disclosure", matter="child", harm=True)

    assert (done.information.kind, done.information.said_by) == ("child", "person")


def test_somebody_who_attacked_another_of_the_session_is_kept_apart_from_them():
    session = a_session(people=2)
    one, other = session.attendances.order_by("pk")
    by = supervisor_of(session)

    report(session, by, about=one, others=[(other, Relation.ATTACKED)], harm=True)

    pair = NonAssociation.objects.get()
    assert {pair.one_id, pair.other_id} == {one.case_id, other.case_id}
    assert Reading.objects.count() == 2
    assert owed(other.case, "read_information_today") == 1


def test_what_is_about_the_site_alone_goes_to_those_who_run_it_and_is_answered(session, by):
    who = coordinator(email="c@example.gov.uk")
    done = report(session, by, kind="near_miss", words="The ladder slipped.")

    assert not Information.objects.exists()
    assert Message.objects.get(user=who).subject == "Reported from a site: please look"
    with pytest.raises(RuleBroken, match="A coordinator says"):
        answer_incident(incident=done, answer="Thrown away.", by=by, now=AFTER)
    answer_incident(incident=done, answer="The ladder is thrown away.", by=who, now=AFTER)
    with pytest.raises(RuleBroken, match="already"):
        answer_incident(incident=done, answer="Again.", by=who, now=AFTER)

    seen = one_incident(Incident.objects.select_related("answered_by").get(), by)
    assert (seen.answer, seen.tag.text) == ("The ladder is thrown away.", "Done")


def test_whoever_reported_it_sees_that_it_was_read_and_not_what_was_made_of_it(session, by, one):
    done = report(session, by, about=one)
    assert "has it to read" in one_incident(done, by).read

    read_information(
        reading=Reading.objects.get(), read_as="nothing", because="He is known to shout.",
        by=one.case.officer, today=TODAY, now=AFTER,
    )  # fmt: skip

    seen = one_incident(Incident.objects.get(), by)
    assert seen.read == "Read by their officer."
    assert "known to shout" not in repr(seen)


def test_the_same_report_sent_again_is_not_a_second(session, by, one):
    report(session, by, about=one)

    with pytest.raises(RuleBroken, match="You reported this at 4:05pm"):
        report(session, by, about=one)
    assert Incident.objects.count() == 1


def test_the_same_words_about_somebody_else_are_another_report():
    session = a_session(people=2)
    one, other = session.attendances.order_by("pk")
    by = supervisor_of(session)

    report(session, by, about=one)
    report(session, by, about=other)

    assert Incident.objects.count() == 2


def test_what_a_tablet_sends_again_is_the_same_report_and_writes_and_tells_nothing(
    session, by, one, senior
):
    key = uuid4()
    first = report(session, by, about=one, harm=True, key=key, said_at=NINE)
    written = Information.objects.count(), Message.objects.count(), Entry.objects.count()

    again = report(session, by, about=one, harm=True, key=key, said_at=NINE, now=AFTER + timedelta(days=1))  # fmt: skip

    assert again == first
    assert written == (Information.objects.count(), Message.objects.count(), Entry.objects.count())
    assert (senior.notices.count(), Incident.objects.count()) == (1, 1)


def test_a_key_that_was_of_another_session_is_no_answer_to_this_one(session, by):
    key = uuid4()
    report(session, by, key=key)
    other = a_session()

    with pytest.raises(RuleBroken, match="of another session"):
        report(other, supervisor_of(other), key=key)


def test_what_was_said_without_a_network_says_when_and_when_it_came(session, by, one):
    done = report(session, by, about=one, key=uuid4(), said_at=clock(10, 2))

    seen = one_incident(done, by)
    assert seen.when.endswith("10:02am")
    assert seen.late == "Sent by the tablet on 1 October 2018 at 4:05pm."
    assert seen.late in done.information.text
    assert done.at == AFTER


@pytest.mark.parametrize("said_at", [AFTER + timedelta(hours=2), NINE - timedelta(days=17000)])
def test_a_clock_that_cannot_be_right_is_noted_and_the_report_is_taken(
    session, by, one, said_at, senior
):
    done = report(session, by, about=one, harm=True, key=uuid4(), said_at=said_at)

    seen = one_incident(done, by)
    assert seen.when.endswith("4:05pm")
    assert "clock was wrong" in seen.late
    assert senior.notices.count() == 1


def test_the_same_words_of_the_morning_and_of_the_afternoon_sent_together_are_two_reports(
    session, by
):
    report(session, by, key=uuid4(), said_at=clock(10))
    report(session, by, key=uuid4(), said_at=clock(14))

    with pytest.raises(RuleBroken, match="You reported this at 10am"):
        report(session, by, key=uuid4(), said_at=clock(10, 30))
    assert Incident.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": "  "}, "Say what happened"),
        ({"words": "He fell again. " * 300}, "4,000 letters"),
        ({"kind": "disclosure"}, "Say who told you"),
        ({"kind": "gossip"}, "what kind"),
    ],
)
def test_what_nobody_could_act_on_is_refused(session, by, given, said):
    with pytest.raises(RuleBroken, match=said):
        report(session, by, **given)


def test_nobody_of_another_session_or_whose_case_is_kept_from_them_is_reported_on(session, by, one):
    other = the_only(a_session())
    with pytest.raises(RuleBroken, match="on this session"):
        report(session, by, about=other)
    limit(one.case, restricted=True)
    with pytest.raises(RuleBroken, match="on this session"):
        report(session, by, about=one)
    with pytest.raises(RuleBroken, match="Only those who run"):
        report(session, supervisor_of(a_session()))
