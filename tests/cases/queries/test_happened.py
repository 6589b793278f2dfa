from datetime import UTC, date, datetime, timedelta

import pytest

from cases.models import Intervention
from cases.queries.happened import answered_before, events_of, events_since
from cases.reference.checks import Reply
from cases.reference.codes import ContactLevel, CustodyStatus
from cases.reference.information import InformationKind, RaiseKind, Relation
from cases.reference.reviews import Answered, EventKind, ReviewState
from tests.factories import (
    TODAY,
    AddressFactory,
    AgencyMeetingFactory,
    AllocationFactory,
    AppointmentFactory,
    CaseFactory,
    ComplianceDecisionFactory,
    ContactFactory,
    EnquiryFactory,
    HomeVisitFactory,
    InformationFactory,
    ObjectiveFactory,
    OverrideFactory,
    PlanActionFactory,
    PlanFactory,
    PotentialVictimFactory,
    RaiseFactory,
    RarActivityFactory,
    ReadingFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RequirementFactory,
    ReviewedEventFactory,
    ReviewFactory,
    RouteDecisionFactory,
    SentenceFactory,
)

pytestmark = pytest.mark.django_db
SINCE = TODAY - timedelta(days=90)
LATELY = TODAY - timedelta(days=10)
AT = datetime(LATELY.year, LATELY.month, LATELY.day, 11, tzinfo=UTC)


@pytest.fixture
def case():
    return CaseFactory()


def found(case, since=SINCE):
    return [(one.kind, one.significant) for one in events_since(case, since, TODAY)]


def test_a_call_out_that_came_in_is_an_event_of_the_case_it_is_about(case):
    told = InformationFactory(kind=InformationKind.CALL_OUT, happened_on=LATELY, at=AT)
    ReadingFactory(information=told, case=case, main=True)

    [event] = events_since(case, SINCE, TODAY)

    assert (event.key, event.kind, event.on) == (
        f"information-{told.pk}",
        EventKind.CALL_OUT,
        LATELY,
    )
    assert event.significant


def test_what_happened_long_ago_and_came_to_light_since_is_news(case):
    told = InformationFactory(happened_on=SINCE - timedelta(days=400), at=AT)
    ReadingFactory(information=told, case=case, main=True)

    [event] = events_since(case, SINCE, TODAY)

    assert event.on == SINCE - timedelta(days=400)


def test_an_attack_is_one_on_both_cases(case):
    other = CaseFactory()
    told = InformationFactory(kind=InformationKind.OTHER, happened_on=LATELY, at=AT)
    ReadingFactory(information=told, case=case, main=True)
    ReadingFactory(information=told, case=other, main=False, relation=Relation.ATTACKED_BY)

    assert found(case) == found(other) == [(EventKind.ATTACK, True)]


@pytest.mark.parametrize(
    ("reply", "matters"),
    [
        (Reply.INFORMATION, True),
        (Reply.PARTIAL, True),
        (Reply.NO_TRACE, False),
        (Reply.REFUSED, False),
    ],
)
def test_a_reply_matters_where_it_tells_something(case, reply, matters):
    EnquiryFactory(case=case, analysed=True, reply=reply, replied_on=LATELY)

    assert found(case) == [(EventKind.REPLY, matters)]


def test_a_new_register_matters_and_one_raised_here_is_told_once(case):
    RegistrationFactory(case=case, type_code="ADVP", started_on=LATELY)
    RaiseFactory(
        case=case, kind=RaiseKind.CONTACT, contact_level=ContactLevel.WEEKLY, registration=None, at=AT
    )  # fmt: skip

    assert sorted(found(case)) == [(EventKind.RAISED, True), (EventKind.REGISTER, True)]


@pytest.mark.parametrize("signed_on", [SINCE, LATELY], ids=["before", "that day"])
def test_somebody_known_before_and_named_once_the_plan_was_signed_is_news(case, signed_on):
    known = RelatedPersonFactory(case=case, kind="partner", from_on=date(2015, 1, 1))
    signed_at = AT.replace(year=signed_on.year, month=signed_on.month, day=signed_on.day)
    PlanFactory(case=case, signed=True, signed_at=signed_at)
    PotentialVictimFactory(person=known, since_on=LATELY)

    [event] = events_since(case, SINCE, TODAY)

    assert event.what == (
        "Named as somebody who could be hurt, and in no step of the plan: partner or former partner"
    )
    assert (event.on, event.significant, event.known_to_them) == (LATELY, True, False)


def test_somebody_the_plan_protects_or_no_plan_could_yet_is_no_news(case):
    known = RelatedPersonFactory(case=case, kind="partner", from_on=date(2015, 1, 1))
    named = PotentialVictimFactory(person=known, since_on=LATELY)
    assert found(case) == []

    plan = PlanFactory(case=case, signed=True, signed_at=AT)
    step = PlanActionFactory(case=case, objective=ObjectiveFactory(plan=plan), protects=named)

    assert found(case) == []
    step.protects = None
    step.save()
    assert found(case) == [(EventKind.NEW_PERSON, True)]


def test_somebody_named_before_the_plan_in_force_was_signed_is_no_news(case):
    known = RelatedPersonFactory(case=case, kind="partner", from_on=date(2015, 1, 1))
    PotentialVictimFactory(person=known, since_on=LATELY - timedelta(days=1))
    PlanFactory(case=case, signed=True, signed_at=AT)

    assert found(case) == []


def test_somebody_new_and_named_at_once_is_one_piece_of_news(case):
    PlanFactory(case=case, signed=True, signed_at=AT)
    PotentialVictimFactory(person=RelatedPersonFactory(case=case, kind="child"), since_on=LATELY)

    assert found(case) == [(EventKind.NEW_PERSON, True)]


def test_somebody_new_around_them_is_named_nowhere(case):
    RelatedPersonFactory(case=case, name="Farah Ofori", kind="partner", from_on=LATELY)

    [event] = events_since(case, SINCE, TODAY)

    assert (event.kind, event.significant) == (EventKind.NEW_PERSON, True)
    assert "Farah" not in f"{event}"


def test_a_partner_who_leaves_matters(case):
    RelatedPersonFactory(case=case, kind="partner", from_on=date(2015, 1, 1), to_on=LATELY)

    assert found(case) == [(EventKind.OTHER, True)]


def test_a_move_is_an_event_and_the_first_home_is_none(case):
    AddressFactory(case=case, from_on=LATELY - timedelta(days=30))
    assert found(case) == []

    AddressFactory(case=case, from_on=LATELY)

    assert found(case) == [(EventKind.NEW_ADDRESS, True)]


def missed(case, day, **more):
    at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    given = {"outcome_code": "AFTA", "attended": False, "complied": False, "appointment": True}
    return ContactFactory(case=case, started_at=at, **given | more)


def test_one_missed_appointment_is_listed_and_two_matter(case):
    first = missed(case, LATELY)
    assert found(case) == [(EventKind.MISSED, False)]

    missed(case, LATELY + timedelta(days=2))

    [event] = events_since(case, SINCE, TODAY)
    assert (event.key, event.what, event.significant) == (
        f"missed-{first.pk}",
        "2 appointments missed",
        True,
    )


def test_an_appointment_missed_before_the_day_asked_for_does_not_count(case):
    missed(case, SINCE - timedelta(days=1))
    missed(case, LATELY)

    assert found(case) == [(EventKind.MISSED, False)]


@pytest.mark.parametrize(
    "outcome",
    [
        {"outcome_code": "ABNS"},
        {"outcome_code": "APPK", "attended": True, "complied": None},
    ],
)
def test_a_voluntary_absence_and_an_attendance_are_no_events(case, outcome):
    missed(case, LATELY, **outcome)

    assert found(case) == []


def test_appointments_moved_or_missed_for_a_good_reason_are_listed_as_one(case):
    missed(case, LATELY, outcome_code="RSOF", complied=True)
    missed(case, LATELY + timedelta(days=1), outcome_code="AAME", complied=True)

    [event] = events_since(case, SINCE, TODAY)

    assert event.what == "2 appointments moved or missed for a good reason"
    assert not event.significant


def test_a_failure_is_known_from_its_decision_and_an_acceptable_absence_is_none(case):
    for state in ("failure", "acceptable"):
        appointment = AppointmentFactory(contact=missed(case, LATELY - timedelta(days=1)))
        ComplianceDecisionFactory(
            appointment=appointment, case=case, state=state, because="Said so.", decided_at=AT,
            decided_by=case.officer, happened_on=LATELY - timedelta(days=1), became_aware_on=LATELY,
        )  # fmt: skip

    events = {one.kind: one for one in events_since(case, LATELY, TODAY)}

    assert set(events) == {EventKind.FAILURE}
    assert events[EventKind.FAILURE].on == LATELY - timedelta(days=1)


def test_breach_is_one_event_however_many_steps_it_takes(case):
    for days, code in ((0, "AIBR"), (3, "BSII"), (5, "ABPC")):
        ContactFactory(case=case, type_code=code, started_at=AT + timedelta(days=days))

    [event] = events_since(case, SINCE, TODAY)

    assert (event.kind, event.what, event.on) == (EventKind.FAILURE, "Breach, in 3 steps", LATELY)


def test_a_breach_asked_for_and_a_programme_that_ended_are_told_apart(case):
    for number, (code, day) in enumerate((("BRE", "referred_on"), ("NPS001", "ended_on"))):
        Intervention.objects.create(
            case=case, source_id=str(number), type_code=code, active=False, **{day: LATELY}
        )

    assert sorted(found(case)) == [(EventKind.FAILURE, True), (EventKind.PROGRAMME, True)]


def test_recall_and_release_are_read_from_the_history_of_the_sentence(case):
    sentence = SentenceFactory(case=case, custody_status=CustodyStatus.ON_LICENCE)
    sentence.custody_status = CustodyStatus.RECALLED
    sentence.save()
    sentence.refresh_from_db()
    on = sentence.events.get().pgh_created_at.date()

    [event] = events_since(case, on - timedelta(days=1), on + timedelta(days=1))

    assert (event.kind, event.what) == (EventKind.FAILURE, "Recall")


def test_a_sentence_after_the_first_is_a_new_offence(case):
    SentenceFactory(case=case, convicted_on=LATELY - timedelta(days=20), released_on=None)
    SentenceFactory(case=case, convicted_on=LATELY, released_on=None)

    assert found(case) == [(EventKind.ARREST, True)]


def test_routes_requirements_activities_and_another_officer_are_told(case):
    RouteDecisionFactory(case=case, decided_on=LATELY)
    sentence = SentenceFactory(case=case, convicted_on=date(2017, 1, 1), released_on=None)
    requirement = RequirementFactory(sentence=sentence, terminated_on=LATELY, active=False)
    RarActivityFactory(
        case=case, requirement=requirement, ended_on=LATELY, ended_because="Done.", planned_on=SINCE
    )
    AllocationFactory(case=case, from_on=date(2017, 1, 1))
    AllocationFactory(case=case, from_on=LATELY)

    assert sorted(found(case)) == sorted(
        [
            (EventKind.ROUTE, True),
            (EventKind.PROGRAMME, True),
            (EventKind.PROGRAMME, True),
            (EventKind.OFFICER, False),
        ]
    )


def test_a_conference_is_known_from_the_day_somebody_said_what_it_decided(case):
    said = {
        "case": case,
        "came_to": "A plan was made",
        "answered_by": case.officer,
        "answered_at": AT,
    }
    AgencyMeetingFactory(
        **said, kind="conference", took_part="absent", held_at=AT - timedelta(days=400)
    )
    AgencyMeetingFactory(**said, kind="conference", took_part="not_held", held_at=AT)
    AgencyMeetingFactory(case=case, kind="marac", held_at=AT)

    assert found(case) == [(EventKind.OTHER, True)]


def test_what_was_seen_at_home_matters_when_it_must_be_acted_on(case):
    appointment = AppointmentFactory(contact=ContactFactory(case=case, started_at=AT))
    visit = HomeVisitFactory(
        appointment=appointment, seen={"home": ["warm", "food"], "children": 2}
    )
    assert found(case) == [(EventKind.VISIT, False)]

    visit.seen = {"signs": ["fear"]}
    visit.save()

    assert found(case) == [(EventKind.VISIT, True)]


def test_going_ahead_is_listed_when_approved_and_matters_once_it_has_run_out(case):
    one = OverrideFactory(
        case=case, assessment__case=case, state="approved", decided_at=AT, decided_by=CaseFactory().officer,
        expires_on=LATELY + timedelta(days=3),
    )  # fmt: skip
    assert found(case) == [(EventKind.OVERRIDE, False)]

    one.state = "expired"
    one.save()

    assert sorted(found(case)) == [(EventKind.OVERRIDE, False), (EventKind.OVERRIDE, True)]


def test_a_line_marked_as_significant_matters_and_one_that_speaks_of_police_is_listed(case):
    ContactFactory(case=case, type_code="CSEV", started_at=AT)
    ContactFactory(
        case=case, type_code="COAP", started_at=AT, notes="Police were called to the flat."
    )

    assert sorted(found(case)) == [(EventKind.OTHER, False), (EventKind.OTHER, True)]


def test_keys_are_the_same_however_often_they_are_asked_for(case):
    missed(case, LATELY)
    EnquiryFactory(case=case, analysed=True, replied_on=LATELY)
    first = [one.key for one in events_since(case, SINCE, TODAY)]

    again = [one.key for one in events_since(case, SINCE, TODAY)]

    assert first == again
    assert len(set(first)) == 2


def test_what_a_review_that_waits_answered_is_known(case):
    waiting = ReviewFactory(case=case, state=ReviewState.SIGNED)
    ReviewedEventFactory(
        review=waiting, key="reply-1", answer=Answered.NOTHING, words="It says what the plan assumes.",
        answered_at=AT,
    )  # fmt: skip

    assert answered_before([case.pk]) == {case.pk: {("reply-1", "Police call-out")}}


def test_what_a_completed_review_answered_is_known(case):
    done = ReviewFactory(
        case=case, state=ReviewState.COMPLETE, signed_at=AT, signed_by=case.officer,
        completed_on=LATELY, person_view="declined",
    )  # fmt: skip
    ReviewedEventFactory(
        review=done, key="reply-1", answer=Answered.NOTHING, words="It says what the plan assumes.",
        answered_at=AT,
    )  # fmt: skip
    ReviewedEventFactory(review=done, key="reply-2")

    assert answered_before([case.pk]) == {case.pk: {("reply-1", "Police call-out")}}


@pytest.mark.parametrize("number", [2, 12])
def test_many_cases_cost_as_many_statements_as_one(number, django_assert_num_queries):
    cases = CaseFactory.create_batch(number)
    for case in cases:
        missed(case, LATELY)
        EnquiryFactory(case=case, analysed=True, replied_on=LATELY)

    with django_assert_num_queries(21):
        events = events_of([one.pk for one in cases], {one.pk: SINCE for one in cases}, TODAY)

    assert {len(one) for one in events.values()} == {2}
