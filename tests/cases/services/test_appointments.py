"""Booking, moving, calling off and taking up an appointment; what each answers, owes and keeps."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils.timezone import localtime

from cases.models import (
    Appointment,
    Contact,
    Deadline,
    Hearing,
    LicenceCondition,
    NonAssociation,
    RouteDecision,
    Travel,
)
from cases.rules.repeats import Repeats
from cases.services import appointments as services
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    AbsenceFactory,
    AppointmentFactory,
    BreachFactory,
    CaseFactory,
    ComplianceDecisionFactory,
    ContactFactory,
    DeadlineFactory,
    DepartureFactory,
    OpeningHoursFactory,
    PlaceFactory,
    RarActivityFactory,
    RequirementFactory,
    RouteDecisionFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TUESDAY_TEN = datetime(2018, 10, 2, 9, tzinfo=UTC)  # 10am by the clock


@pytest.fixture
def case():
    return CaseFactory(sex="M")


@pytest.fixture
def sentence(case):
    return SentenceFactory(case=case)


def book(case, **asked):
    given = {
        "case": case,
        "type_code": "COAP",
        "starts_at": TUESDAY_TEN,
        "minutes": 30,
        "where": "office",
        "officer": case.officer,
        "enforces": "order",
        "by": case.officer,
        "now": NOW,
    }
    return services.book_appointment(**given | asked)


def call_off(appointment, **asked):
    given = {
        "appointment": appointment,
        "asked_by": "person",
        "because": "Their shift was changed",
        "by": appointment.officer,
        "now": NOW,
    }
    return services.call_off(**given | asked)


def move(appointment, to, **asked):
    given = {
        "appointment": appointment,
        "starts_at": to,
        "asked_by": "service",
        "because": "The officer is at court",
        "by": appointment.officer,
        "now": NOW,
    }
    return services.move_appointment(**given | asked)


def owed(case):
    return set(case.deadlines.unmet().values_list("kind", flat=True))


def codes(appointment):
    return [one["code"] for one in appointment.seen]


def test_a_booking_writes_its_line_of_the_log_and_what_stands_beside_it(case, sentence):
    place = PlaceFactory(name="Reading office")
    OpeningHoursFactory(place=place, weekday=1)

    made = book(case, place=place, prepared=" The letter from the court ", told_how="in_person")

    contact = made.contact
    assert (contact.type_code, contact.type_name) == ("COAP", "Office visit")
    assert (contact.started_at, contact.ended_at) == (
        TUESDAY_TEN,
        TUESDAY_TEN + timedelta(minutes=30),
    )
    assert (contact.appointment, contact.national_standard, contact.outcome_code) == (
        True,
        True,
        "",
    )
    assert (contact.staff_name, contact.place) == (case.officer.name, "Reading office")
    assert (contact.sentence, made.enforces, made.place) == (sentence, "order", place)
    assert (made.prepared, made.told_how, made.booked_by) == (
        "The letter from the court",
        "in_person",
        case.officer,
    )
    assert made.seen == []
    assert Entry.objects.filter(action="booked_appointment", crn=case.crn).exists()


def test_a_requirement_is_named_with_its_sentence(case, sentence):
    requirement = RequirementFactory(sentence=sentence)

    made = book(case, enforces="requirement", requirement=requirement)

    assert (made.enforces, made.contact.requirement, made.contact.sentence) == (
        "requirement",
        requirement,
        sentence,
    )


def test_a_condition_is_named(case, sentence):
    condition = LicenceCondition.objects.create(
        sentence=sentence, category="Keep in touch", text="Keep in touch.", from_on=date(2018, 1, 1)
    )

    made = book(case, enforces="condition", condition=condition)

    assert (made.enforces, made.condition) == ("condition", condition)


def test_a_voluntary_one_names_nothing(case, sentence):
    made = book(case, enforces="voluntary")

    assert (made.enforces, made.contact.requirement, made.contact.sentence) == (
        "voluntary",
        None,
        None,
    )


def test_an_activity_brings_its_requirement(case):
    activity = RarActivityFactory(requirement__sentence__case=case)

    made = book(case, type_code="RARP", enforces="requirement", rar_activity=activity)

    assert made.contact.requirement == activity.requirement
    assert made.rar_activity == activity


@pytest.mark.parametrize("what", ["another_case", "terminated"])
def test_a_requirement_that_is_none_of_theirs_is_refused(case, sentence, what):
    other = RequirementFactory(sentence=SentenceFactory() if what == "another_case" else sentence)
    if what == "terminated":
        other.terminated_on = TODAY
        other.save()

    with pytest.raises(RuleBroken, match="not a requirement or condition"):
        book(case, enforces="requirement", requirement=other)


def test_a_condition_of_another_sentence_is_refused(case, sentence):
    condition = LicenceCondition.objects.create(
        sentence=SentenceFactory(), category="Keep in touch", text="x", from_on=date(2018, 1, 1)
    )

    with pytest.raises(RuleBroken, match="not a requirement or condition"):
        book(case, enforces="condition", condition=condition)


@pytest.mark.parametrize(
    "asked, said",
    [
        ({"starts_at": NOW - timedelta(minutes=5)}, "has been"),
        ({"minutes": 0}, "lasts from"),
        ({"starts_at": NOW + timedelta(days=400)}, "year ahead"),
        ({"type_code": "CXYZ"}, "no kind of appointment"),
        ({"officer": None}, "Nobody cannot open"),
        ({"repeats": Repeats(1, 27)}, "from 2 to 26"),
        ({"repeats": Repeats(0, 3)}, "Repeat every week"),
    ],
)  # fmt: skip
def test_what_is_no_booking_is_refused(case, sentence, asked, said):
    with pytest.raises(RuleBroken, match=said):
        book(case, **asked)

    assert not Contact.objects.exists()


@pytest.mark.parametrize("columns", [{"state": "no_sentence"}, {"retained_by": "Jo Reed"}])
def test_nothing_is_booked_on_a_case_that_is_not_ours(case, sentence, columns):
    type(case).objects.filter(pk=case.pk).update(**columns)

    with pytest.raises(RuleBroken, match="not open to us"):
        book(case)


def test_nobody_is_booked_with_staff_who_cannot_open_the_case(case, sentence):
    stranger = UserFactory()

    with pytest.raises(RuleBroken, match="cannot open this case"):
        book(case, officer=stranger)


def test_nobody_is_booked_with_staff_whose_last_day_has_passed(case, sentence):
    leaving = DepartureFactory(user=case.officer, last_on=TODAY)
    book(case)
    leaving.last_on = TODAY - timedelta(days=1)
    leaving.save()

    with pytest.raises(RuleBroken, match=f"{case.officer.name} has left"):
        book(case, starts_at=TUESDAY_TEN + timedelta(days=1))


def test_a_man_is_not_booked_into_hours_kept_for_women(case, sentence):
    place = PlaceFactory()
    OpeningHoursFactory(place=place, weekday=1, women_only=True)

    with pytest.raises(RuleBroken, match="women alone"):
        book(case, place=place)


def test_a_place_that_has_closed_is_refused(case, sentence):
    with pytest.raises(RuleBroken, match="closed on 1 October 2018"):
        book(case, place=PlaceFactory(closed_on=TODAY))


def test_a_clash_is_allowed_and_kept_with_whether_it_was_read(case, sentence):
    AppointmentFactory(case=case, at=TUESDAY_TEN + timedelta(minutes=45))
    AbsenceFactory(user=case.officer, from_on=date(2018, 10, 2), to_on=date(2018, 10, 2))

    made = book(case, seen=["person_clash"])

    assert {one["code"]: one["read"] for one in made.seen} == {
        "person_clash": True,
        "officer_away": False,
    }


def test_a_day_in_court_and_one_abroad_are_warned_of_and_kept_with_the_booking(case, sentence):
    breach = BreachFactory(case=case, sentence=sentence)
    court = {"breach": breach, "court_name": "Reading Magistrates’ Court"}
    Hearing.objects.create(at=TUESDAY_TEN + timedelta(hours=5), **court)
    abroad = {
        "case": case,
        "why": "A funeral",
        "where": "Cork",
        "asked_at": NOW,
        "asked_by": case.officer,
    }
    decided = {"state": "granted", "decided_at": NOW, "because": "A short stay", **abroad}
    Travel.objects.create(from_on=date(2018, 10, 9), to_on=date(2018, 10, 11), **decided)

    made = book(case, seen=["court"])
    away = book(case, starts_at=TUESDAY_TEN + timedelta(days=8))
    other = book(case, starts_at=TUESDAY_TEN + timedelta(days=1))

    assert [(one["code"], one["read"]) for one in made.seen] == [("court", True)]
    assert made.seen[0]["text"] == "They are to be in court that day, at 3pm."
    assert (codes(away), codes(other)) == (["abroad"], [])


@pytest.mark.parametrize("over", [{"called_off": True}, {"said_at": NOW}])
def test_a_day_in_court_that_is_called_off_or_said_is_not_warned_of(case, sentence, over):
    breach = BreachFactory(case=case, sentence=sentence)
    Hearing.objects.create(
        breach=breach, at=TUESDAY_TEN, court_name="Reading", result="Off.", **over
    )

    assert codes(book(case)) == []


@pytest.mark.parametrize("over", [{"state": "refused"}, {"state": "granted", "back_on": date(2018, 10, 1)}])  # fmt: skip
def test_travel_that_is_refused_or_over_is_not_warned_of(case, sentence, over):
    asked = {
        "case": case,
        "why": "A funeral",
        "where": "Cork",
        "asked_at": NOW,
        "asked_by": case.officer,
    }
    days = {"from_on": date(2018, 10, 1), "to_on": date(2018, 10, 5)}
    Travel.objects.create(decided_at=NOW, because="Said why", **asked, **days, **over)

    assert codes(book(case)) == []


def test_somebody_kept_apart_is_warned_of_and_not_named(case, sentence):
    place = PlaceFactory()
    other = CaseFactory(surname="Qzx")
    NonAssociation.objects.create(
        one=min(case, other, key=lambda c: c.pk), other=max(case, other, key=lambda c: c.pk),
        why="One attacked the other", from_on=TODAY,
    )  # fmt: skip
    AppointmentFactory(case=other, at=TUESDAY_TEN + timedelta(minutes=30), place=place)

    made = book(case, place=place)

    assert codes(made) == ["apart"]
    assert "Qzx" not in made.seen[0]["text"]
    assert other.crn not in made.seen[0]["text"]


def test_a_series_stays_at_its_hour_when_the_clocks_go_back(case, sentence):
    first = book(case, repeats=Repeats(1, 6))

    series = Appointment.objects.filter(series=first.series).order_by("contact__started_at")
    times = [localtime(one.contact.started_at) for one in series]
    assert [at.time() for at in times] == [time(10)] * 6
    assert [(b.date() - a.date()).days for a, b in zip(times, times[1:], strict=False)] == [7] * 5
    assert {at.utcoffset() for at in times} == {timedelta(hours=1), timedelta(0)}


def test_each_of_a_series_has_its_own_clash(case, sentence):
    AppointmentFactory(case=case, at=TUESDAY_TEN + timedelta(weeks=1))

    first = book(case, repeats=Repeats(1, 3))

    series = Appointment.objects.filter(series=first.series).order_by("contact__started_at")
    assert [codes(one) for one in series] == [[], ["person_clash"], []]


def test_a_series_is_booked_whole_or_not_at_all(case, sentence):
    place = PlaceFactory(closed_on=TODAY + timedelta(days=10))

    with pytest.raises(RuleBroken):
        book(case, place=place, repeats=Repeats(1, 3))

    assert not Contact.objects.exists()


def test_called_off_it_stays_in_the_log_with_who_asked_and_why(case, sentence):
    made = book(case)

    call_off(made)

    made.refresh_from_db()
    assert (made.asked_by, made.called_off_because, made.called_off_by) == (
        "person",
        "Their shift was changed",
        case.officer,
    )
    contact = made.contact
    assert (contact.outcome_code, contact.attended, contact.complied) == ("RSOF", False, True)
    assert contact.outcome_name == "Called off, they asked"
    assert not Appointment.objects.to_come(NOW).exists()


@pytest.mark.parametrize("because", ["", "n/a", "-"])
def test_it_is_not_called_off_without_a_reason(case, sentence, because):
    with pytest.raises(RuleBroken, match="Say why"):
        call_off(book(case), because=because)


def test_what_has_been_is_neither_moved_nor_called_off(case, sentence):
    made = book(case)
    later = TUESDAY_TEN + timedelta(hours=1)

    with pytest.raises(RuleBroken, match="Say what came of it"):
        call_off(made, now=later)
    with pytest.raises(RuleBroken, match="Say what came of it"):
        move(made, TUESDAY_TEN + timedelta(days=3), now=later)


def test_nothing_is_called_off_twice(case, sentence):
    made = book(case)
    call_off(made)

    with pytest.raises(RuleBroken, match="already"):
        call_off(made)


def test_moved_it_keeps_its_history_and_what_was_agreed(case, sentence):
    made = book(
        case,
        prepared="The letter",
        interpreter="booked",
        interpreter_note="Polish, A. Nowak",
        told_how="letter",
    )
    to = TUESDAY_TEN + timedelta(days=2)

    new = move(made, to)

    made.refresh_from_db()
    assert (made.moved_to, made.asked_by, made.contact.outcome_code) == (new, "service", "RSSR")
    assert (new.contact.started_at, new.contact.ended_at) == (to, to + timedelta(minutes=30))
    assert (new.prepared, new.enforces, new.contact.sentence) == ("The letter", "order", sentence)
    assert (new.interpreter, new.interpreter_note, new.told_how) == (
        "to_book",
        "Polish, A. Nowak",
        "not_yet",
    )


def test_it_is_not_a_clash_with_itself(case, sentence):
    made = book(case)

    new = move(made, TUESDAY_TEN + timedelta(minutes=30))

    assert new.seen == []


def test_all_that_follow_are_called_off_and_none_before(case, sentence):
    first = book(case, repeats=Repeats(1, 4))
    second = Appointment.objects.filter(series=first.series).order_by("contact__started_at")[1]

    assert call_off(second, whole=True) == 3

    assert list(Appointment.objects.standing()) == [first]


def test_all_that_follow_are_moved_to_the_same_hour_over_the_change_of_clocks(case, sentence):
    first = book(case, repeats=Repeats(1, 6))

    move(first, datetime(2018, 10, 3, 13, 30, tzinfo=UTC), whole=True)

    standing = Appointment.objects.standing().order_by("contact__started_at")
    times = [localtime(one.contact.started_at) for one in standing]
    assert [(at.time(), at.weekday()) for at in times] == [(time(14, 30), 2)] * 6
    assert {one.series for one in standing} == {first.series}


def test_an_interpreter_to_book_is_owed_two_working_days_before(case, sentence):
    made = book(case, starts_at=datetime(2018, 10, 15, 9, tzinfo=UTC), interpreter="to_book")

    deadline = Deadline.objects.get(kind="book_interpreter")
    assert (deadline.due_on, deadline.appointment) == (date(2018, 10, 11), made)

    services.book_interpreter(appointment=made, note="Polish, A. Nowak", by=case.officer, now=NOW)

    made.refresh_from_db()
    assert (made.interpreter, made.interpreter_note) == ("booked", "Polish, A. Nowak")
    assert owed(case) == set()


def test_an_interpreter_is_not_owed_on_one_that_was_called_off(case, sentence):
    made = book(case, interpreter="to_book")

    call_off(made)

    assert Deadline.objects.get(kind="book_interpreter").void


@pytest.mark.parametrize(
    "kind, asked, met",
    [
        ("first_appointment", {}, True),
        ("first_appointment_licence", {}, True),
        ("first_appointment", {"type_code": "C101", "where": "elsewhere"}, False),
        ("monthly_contact", {}, True),
        ("monthly_contact", {"type_code": "COPT", "where": "telephone"}, False),
        ("monthly_contact", {"type_code": "C444", "where": "telephone"}, False),
        ("monthly_contact", {"type_code": "RARP"}, True),
        ("monthly_contact", {"starts_at": datetime(2018, 11, 20, 9, tzinfo=UTC)}, False),
        ("book_rar_day", {"type_code": "RARP"}, True),
        ("book_rar_day", {}, False),
    ],
)  # fmt: skip
def test_a_booking_answers_what_waited_for_it(case, sentence, kind, asked, met):
    DeadlineFactory(case=case, kind=kind, triggered_on=TODAY, due_on=date(2018, 10, 31))

    book(case, **asked)

    assert (kind not in owed(case)) == met


def missed(case, **columns):
    one = AppointmentFactory(case=case, at=NOW - timedelta(days=1), **columns)
    Contact.objects.filter(pk=one.pk).update(outcome_code="AFTA", attended=False, complied=False)
    ComplianceDecisionFactory(appointment=one)
    DeadlineFactory(
        case=case, kind="offer_again", appointment=one, triggered_on=TODAY, due_on=date(2018, 10, 8)
    )
    return one


def test_a_booking_answers_one_that_was_missed(case, sentence):
    missed(case)

    book(case)

    assert owed(case) == set()


def test_a_voluntary_booking_does_not_answer_one_that_had_to_be_kept(case, sentence):
    missed(case)

    book(case, enforces="voluntary")

    assert owed(case) == {"offer_again"}


def test_calling_off_the_only_one_offered_after_a_missed_one_owes_another(case, sentence):
    missed(case)
    made = book(case)

    call_off(made, asked_by="service")

    assert owed(case) == {"offer_again"}


def test_one_that_is_voluntary_does_not_stand_for_the_one_that_was_called_off(case, sentence):
    missed(case)
    made = book(case)
    book(case, enforces="voluntary", starts_at=TUESDAY_TEN + timedelta(days=1))

    call_off(made, asked_by="service")

    assert owed(case) == {"offer_again"}


def test_whoever_came_by_since_the_miss_is_owed_no_other(case, sentence):
    missed(case)
    made = book(case)
    ContactFactory(
        case=case, type_code="COUP", appointment=False, attended=None,
        started_at=NOW - timedelta(hours=2),
    )  # fmt: skip

    call_off(made, asked_by="service")

    assert owed(case) == set()


def test_a_booking_takes_the_place_of_a_route_until_it_is_called_off(case, sentence):
    requirement = RequirementFactory(sentence=sentence, main_code="F")
    senior = UserFactory(role=Role.SPO)
    route = RouteDecisionFactory(case=case, requirement=requirement, decided_by=senior)
    DeadlineFactory(case=case, kind="book_replacement", route=route, due_on=route.by_on)

    made = book(
        case, type_code="RARP", enforces="requirement", requirement=requirement, replaces=route
    )

    route.refresh_from_db()
    assert (route.appointment, route.booked_for) == (made, TUESDAY_TEN)
    assert owed(case) == set()

    new = move(made, TUESDAY_TEN + timedelta(days=1))
    route.refresh_from_db()
    assert (route.appointment, route.booked_for) == (new, new.contact.started_at)

    call_off(new)
    assert RouteDecision.objects.waiting().get() == route
    assert owed(case) == {"book_replacement"}


@pytest.mark.parametrize(
    "asked", [{"enforces": "order", "type_code": "RARP"}, {"type_code": "COAP"}]
)
def test_what_is_not_the_replacement_does_not_close_the_decision(case, sentence, asked):
    requirement = RequirementFactory(sentence=sentence, main_code="F")
    route = RouteDecisionFactory(case=case, requirement=requirement)
    named = {"enforces": "requirement", "requirement": requirement} | asked

    with pytest.raises(RuleBroken, match="takes (its|the) place"):
        book(case, replaces=route, **named)

    assert RouteDecision.objects.waiting().get() == route


def test_an_imported_appointment_is_taken_up_once(case, sentence):
    contact = ContactFactory(case=case, sentence=sentence, outcome_code="", staff_code="S1")
    officer = UserFactory(staff_code="S1")

    made = services.take_up(contact=contact, by=case.officer, now=NOW)
    again = services.take_up(contact=contact, by=case.officer, now=NOW)

    assert (made.officer, made.enforces, made.where, made.booked_by) == (
        officer,
        "order",
        "office",
        None,
    )
    assert again == made


def test_what_an_import_does_not_say_is_voluntary(case):
    contact = ContactFactory(case=case, outcome_code="")

    assert services.take_up(contact=contact, by=case.officer, now=NOW).enforces == "voluntary"


def test_a_line_of_the_log_that_is_no_appointment_is_not_taken_up(case):
    with pytest.raises(RuleBroken, match="not an appointment"):
        services.take_up(
            contact=ContactFactory(case=case, appointment=False), by=case.officer, now=NOW
        )


def test_how_they_were_told_is_kept(case, sentence):
    made = book(case)

    services.say_told(appointment=made, told_how="telephone", by=case.officer, now=NOW)

    made.refresh_from_db()
    assert made.told_how == "telephone"
