"""The appointments of a case on its pages: booking with what stands beside the date, moving, calling off."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.timezone import localtime

from cases.models import Appointment, Circumstance, Contact, Disability, Hearing, Message
from cases.services.outcomes import record_outcome
from staff.permissions import Role
from tests.cases.a_reminder import set_up, somebody
from tests.factories import (
    AbsenceFactory,
    AppointmentFactory,
    BreachFactory,
    CaseFactory,
    ContactFactory,
    DepartureFactory,
    OpeningHoursFactory,
    PersonFactory,
    PlaceFactory,
    RarActivityFactory,
    RelatedPersonFactory,
    RequirementFactory,
    RouteDecisionFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 10, 1, 8, tzinfo=UTC)  # a Monday, 9am by the clock


@pytest.fixture(autouse=True)
def _monday(monkeypatch):
    for page in ("booking", "moving", "appointments"):
        monkeypatch.setattr(f"cases.views.{page}.now", lambda: NOW)
    monkeypatch.setattr("staff.forms.fields.localdate", lambda: date(2018, 10, 1))


@pytest.fixture
def place():
    place = PlaceFactory(name="Reading office")
    for weekday in range(5):
        OpeningHoursFactory(place=place, weekday=weekday)
    return place


@pytest.fixture
def case(place):
    case = CaseFactory()
    SentenceFactory(case=case, description="ORA Community Order", event="1")
    return case


@pytest.fixture
def page(client, case):
    client.force_login(case.officer)
    return client


def words(answer):
    return unescape(re.sub(r"\s+", " ", strip_tags(answer.content.decode())))


def address(name, case, *rest):
    return reverse(name, args=[case.crn, *rest])


def form_of(answer):
    """What the page would send if its button were pressed at once."""
    form = answer.context["form"]
    fields = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, False)
    }
    return {name: "on" if value is True else value for name, value in fields.items()}


def first_offer(answer):
    return answer.context["form"].fields["when"].choices[0][0]


def test_the_usual_booking_is_a_time_and_a_press(page, case, place):
    form = page.get(address("book-appointment", case))

    sent = page.post(
        address("book-appointment", case), form_of(form) | {"when": first_offer(form)}, follow=True
    )

    made = Appointment.objects.get()
    assert "Booked for Monday 1 October 2018, 9:30am" in words(sent)
    assert (made.officer, made.place, made.enforces) == (case.officer, place, "order")
    assert made.contact.type_code == "COAI"


@pytest.mark.parametrize(("days", "offered"), [(0, True), (-1, False)])
def test_whoever_has_left_is_not_offered_and_on_their_last_day_they_are(
    client, case, days, offered
):
    leaves = UserFactory(team=case.team, first_name="Kathryn", last_name="Wiseman")
    DepartureFactory(user=leaves, last_on=NOW.date() + timedelta(days=days))

    for reader in (case.officer, leaves):
        client.force_login(reader)
        form = client.get(address("book-appointment", case)).context["form"]
        assert ((str(leaves.pk), leaves.name) in form.fields["officer"].choices) is offered


def test_free_times_are_offered_and_none_that_is_taken(page, case):
    AppointmentFactory(
        case=CaseFactory(officer=case.officer, team=case.team),
        at=datetime(2018, 10, 1, 8, 30, tzinfo=UTC),
    )

    said = words(page.get(address("book-appointment", case)))

    assert "Monday 1 October 2018, 9:30am" not in said
    assert "Monday 1 October 2018, 10am" in said


def test_a_woman_is_offered_the_hours_kept_for_women_first(page, case, place):
    type(case).objects.filter(pk=case.pk).update(sex="F")
    OpeningHoursFactory(place=place, weekday=3, from_at="10:00", to_at="12:00", women_only=True)

    form = page.get(address("book-appointment", case)).context["form"]

    assert (
        form.fields["when"].choices[0][1] == "Thursday 4 October 2018, 10am (hours for women only)"
    )


def test_a_clash_is_read_before_it_is_booked(page, case):
    AppointmentFactory(case=case, at=datetime(2018, 10, 3, 9, tzinfo=UTC))
    begun = page.get(address("book-appointment", case))
    data = form_of(begun) | {"when": "other", "on": "3 October 2018", "at": "10:15am"}

    read = page.post(address("book-appointment", case), data)

    assert "They have another appointment at 10am: office visit." in words(read)
    assert Contact.objects.count() == 1

    seen = read.context["seen"]
    page.post(address("book-appointment", case), data | {"seen": seen})
    assert [(one["code"], one["read"]) for one in Appointment.objects.latest("pk").seen] == [
        ("person_clash", True)
    ]


def test_a_day_in_court_is_read_before_it_is_booked_and_refuses_nothing(page, case):
    breach = BreachFactory(case=case, sentence=case.sentences.first() or SentenceFactory(case=case))
    at = datetime(2018, 10, 3, 13, 30, tzinfo=UTC)
    Hearing.objects.create(breach=breach, at=at, court_name="Reading Magistrates’ Court")
    begun = page.get(address("book-appointment", case))
    data = form_of(begun) | {"when": "other", "on": "3 October 2018", "at": "10:15am"}

    read = page.post(address("book-appointment", case), data)

    assert "They are to be in court that day, at 2:30pm." in words(read)
    page.post(address("book-appointment", case), data | {"seen": read.context["seen"]})
    assert [(one["code"], one["read"]) for one in Appointment.objects.latest("pk").seen] == [
        ("court", True)
    ]


def test_what_was_read_of_one_time_is_not_read_of_another(page, case):
    for hour in (9, 12):
        AppointmentFactory(case=case, at=datetime(2018, 10, 3, hour, tzinfo=UTC))
    data = form_of(page.get(address("book-appointment", case))) | {
        "when": "other",
        "on": "3 October 2018",
        "at": "10:15am",
    }
    seen = page.post(address("book-appointment", case), data).context["seen"]

    page.post(address("book-appointment", case), data | {"seen": seen, "at": "1:15pm"})

    assert Contact.objects.count() == 2


def test_checking_the_time_books_nothing_and_finds_no_fault(page, case):
    AbsenceFactory(user=case.officer, from_on=date(2018, 10, 3), to_on=date(2018, 10, 3))
    data = form_of(page.get(address("book-appointment", case))) | {
        "when": "other", "on": "3 October 2018", "at": "10am", "step": "look", "told_how": "",
    }  # fmt: skip

    answer = page.post(address("book-appointment", case), data)

    assert "is away from 3 October 2018 to 3 October 2018" in words(answer)
    assert not answer.context["form"].errors
    assert not Contact.objects.exists()


def test_hours_kept_for_women_refuse_a_man(page, case, place):
    OpeningHoursFactory(place=place, weekday=2, from_at="13:00", to_at="15:00", women_only=True)
    data = form_of(page.get(address("book-appointment", case))) | {
        "when": "other",
        "on": "3 October 2018",
        "at": "1:30pm",
    }

    answer = page.post(address("book-appointment", case), data)

    assert "Reading office is kept for women alone at that time." in words(answer)
    assert not Contact.objects.exists()


def test_their_circumstances_stand_beside_the_date(page, case):
    PersonFactory(case=case, needs_interpreter=True, first_language="Polish", religion="Muslim")
    Circumstance.objects.create(case=case, type_code="B", subtype_code="B13", subtype_name="Carer")
    Disability.objects.create(case=case, name="Reduced mobility")

    answer = page.get(address("book-appointment", case))

    said = words(answer)
    assert "Work: carer." in said
    assert "Disability: reduced mobility. Ask what would help." in said
    assert "Faith: Muslim. Ask which days and hours to keep clear." in said
    assert answer.context["form"]["interpreter"].value() == "to_book"


def test_several_sentences_say_which(page, case):
    other = SentenceFactory(case=case, description="ORA Suspended Sentence Order", event="2")
    RequirementFactory(sentence=other, main_name="Unpaid Work")

    said = words(page.get(address("book-appointment", case)))

    assert "under the order (ORA Community Order, event 1)" in said
    assert "Requirement: Unpaid Work (ORA Suspended Sentence Order, event 2)" in said
    assert "Nothing: it is voluntary" in said


def test_a_day_of_an_activity_is_under_its_requirement_from_the_start(page, case):
    of = RequirementFactory(sentence=case.sentences.get(), main_code="F", main_name="RAR")
    activity = RarActivityFactory(case=case, requirement=of)

    begun = page.get(
        address("book-appointment", case), {"type": "RARP", "rar_activity": activity.pk}
    )
    form = form_of(begun)
    page.post(address("book-appointment", case), form | {"when": first_offer(begun)})

    assert form["enforces"] == f"requirement-{of.pk}"
    made = Appointment.objects.get()
    assert (made.rar_activity, made.contact.requirement) == (activity, of)


def test_an_activity_named_elsewhere_is_said_to_be_odd(page, case):
    RarActivityFactory(
        requirement=RequirementFactory(
            sentence=case.sentences.get(), main_code="F", main_name="RAR"
        )
    )
    begun = page.get(address("book-appointment", case))
    data = form_of(begun) | {"when": first_offer(begun), "type_code": "RARP"}

    answer = page.post(address("book-appointment", case), data)

    assert "A day of activity is credited only under its requirement" in words(answer)
    assert not Contact.objects.exists()


def test_a_series_says_each_clash_with_its_day(page, case):
    AppointmentFactory(case=case, at=datetime(2018, 10, 10, 9, tzinfo=UTC))
    data = form_of(page.get(address("book-appointment", case))) | {
        "when": "other", "on": "3 October 2018", "at": "10am", "repeat": "1", "times": "3",
    }  # fmt: skip

    read = page.post(address("book-appointment", case), data)
    assert "10 October 2018: They have another appointment at 10am" in words(read)

    page.post(address("book-appointment", case), data | {"seen": read.context["seen"]})
    assert Appointment.objects.exclude(series=None).count() == 3


def test_the_same_again_is_one_press(page, case, place):
    done = AppointmentFactory(case=case, at=datetime(2018, 9, 24, 13, 30, tzinfo=UTC), place=place)
    begun = page.get(address("book-again", case, done.pk))

    page.post(address("book-again", case, done.pk), form_of(begun))

    made = Appointment.objects.latest("pk")
    assert localtime(made.contact.started_at) == localtime(
        datetime(2018, 10, 8, 13, 30, tzinfo=UTC)
    )
    assert (made.place, made.enforces, made.contact.type_code) == (place, "order", "COAP")


def test_the_same_again_asks_anew_where_it_names_somebody_the_reader_may_not_see(client, case):
    RelatedPersonFactory(case=case, name="Beryl Quick", protected=True)
    done = AppointmentFactory(case=case, at=NOW - timedelta(days=7), where="elsewhere")
    Contact.objects.filter(pk=done.pk).update(place="Beryl Quick's shop")
    seen = {}

    for reader in (case.officer, UserFactory(role=Role.HUB)):
        client.force_login(reader)
        form = client.get(address("book-again", case, done.pk)).context["form"]
        seen[reader.role] = form["at_words"].value()

    assert seen == {Role.OFFICER: "Beryl Quick's shop", Role.HUB: ""}


def test_a_home_visit_is_sent_to_its_own_page(page, case):
    begun = page.get(address("book-appointment", case))

    answer = page.post(
        address("book-appointment", case),
        form_of(begun) | {"type_code": "CHVS", "when": first_offer(begun)},
    )

    assert answer.status_code == 302
    assert not Contact.objects.exists()


def test_a_route_taken_away_is_closed_by_the_booking(page, case):
    requirement = RequirementFactory(sentence=case.sentences.get(), main_code="F")
    route = RouteDecisionFactory(case=case, requirement=requirement)
    begun = page.get(address("book-appointment", case), {"route": route.pk})

    page.post(address("book-appointment", case), form_of(begun) | {"when": first_offer(begun)})

    route.refresh_from_db()
    assert route.appointment == Appointment.objects.get()


@pytest.mark.parametrize(
    "given, said",
    [
        ({"when": ""}, "When?"),
        ({"when": "other", "on": "", "at": ""}, "Which day?"),
        ({"when": "other", "on": "1 September 2018", "at": "10am"}, "has been"),
        ({"officer": ""}, "Who sees them?"),
        ({"where": "elsewhere", "type_code": "COOO"}, "Say where they are to come"),
        ({"where": "telephone", "type_code": "COAP"}, "is at an office"),
        ({"repeat": "1", "times": ""}, "Say how many times in all"),
        ({"interpreter": "booked"}, "Which language, and who comes?"),
    ],
)  # fmt: skip
def test_what_is_missing_is_asked_for_again(page, case, given, said):
    begun = page.get(address("book-appointment", case))

    answer = page.post(
        address("book-appointment", case), form_of(begun) | {"when": first_offer(begun)} | given
    )

    assert said in words(answer)
    assert answer.context["form"].errors
    assert not Contact.objects.exists()


def test_it_is_moved_and_the_move_is_counted(page, case):
    made = AppointmentFactory(case=case, at=datetime(2018, 10, 2, 9, tzinfo=UTC))
    data = {
        "when": "other",
        "on": "4 October 2018",
        "at": "2pm",
        "asked_by": "person",
        "because": "Shift changed",
    }

    answer = page.post(address("move-appointment", case, made.pk), data, follow=True)

    said = words(answer)
    assert "Moved to Thursday 4 October 2018, 2pm. Tell them: nobody has yet." in said
    assert "They asked: Shift changed." in said
    assert "Moved once because they asked." in said


def test_a_move_into_a_clash_is_read_first(page, case):
    made = AppointmentFactory(case=case, at=datetime(2018, 10, 2, 9, tzinfo=UTC))
    AppointmentFactory(case=case, at=datetime(2018, 10, 4, 13, tzinfo=UTC))
    data = {
        "when": "other",
        "on": "4 October 2018",
        "at": "2pm",
        "asked_by": "person",
        "because": "Shift changed",
    }

    read = page.post(address("move-appointment", case, made.pk), data)
    assert "They have another appointment at 2pm" in words(read)

    page.post(address("move-appointment", case, made.pk), data | {"seen": read.context["seen"]})
    made.refresh_from_db()
    assert made.moved_to


def test_it_is_called_off(page, case):
    made = AppointmentFactory(case=case, at=datetime(2018, 10, 2, 9, tzinfo=UTC))

    answer = page.post(
        address("call-off-appointment", case, made.pk),
        {"asked_by": "service", "because": "Office flooded"},
        follow=True,
    )

    assert "Called off: 1 appointment." in words(answer)
    assert "Called off once because we asked." in words(answer)


def test_one_that_was_brought_in_is_called_off_too(page, case):
    contact = ContactFactory(
        case=case,
        outcome_code="",
        attended=None,
        complied=None,
        started_at=NOW + timedelta(days=1),
        staff_code="",
    )

    page.post(
        address("call-off-appointment", case, contact.pk),
        {"asked_by": "person", "because": "Unwell today"},
    )

    assert Appointment.objects.get().called_off_because == "Unwell today"


def test_an_interpreter_is_said_to_be_booked_and_how_they_were_told(page, case):
    made = AppointmentFactory(
        case=case, at=datetime(2018, 10, 2, 9, tzinfo=UTC), interpreter="to_book"
    )

    page.post(address("book-interpreter", case, made.pk), {"note": "Polish, A. Nowak"})
    page.post(address("say-told", case, made.pk), {"told_how": "telephone"})

    said = words(page.get(address("case-appointments", case)))
    assert "Interpreter booked: Polish, A. Nowak." in said
    assert "Told by telephone." in said


def test_what_became_of_each_is_said_as_the_log_says_it(page, case):
    for days, outcome in ((7, "AAME"), (3, "AFTA")):
        record_outcome(
            appointment=AppointmentFactory(case=case, at=NOW - timedelta(days=days)),
            outcome=outcome, notes="", sensitive=False, by=case.officer, now=NOW,
        )  # fmt: skip

    shown = words(page.get(address("case-appointments", case)))

    assert "Absent with good reason: health." in shown
    assert "Awaiting decision Did not attend." in shown


def test_an_empty_page_says_what_would_be_there(page, case):
    assert "None is booked." in words(page.get(address("case-appointments", case)))


def test_whoever_may_not_book_sees_the_appointments_and_no_way_to(client, case):
    AppointmentFactory(case=case, at=datetime(2018, 10, 2, 9, tzinfo=UTC))
    client.force_login(UserFactory(role=Role.QUALITY))

    answer = client.get(address("case-appointments", case))

    assert "Tuesday 2 October 2018, 10am to 10:30am" in words(answer)
    assert "Call off" not in words(answer)
    assert "Book an appointment" not in words(answer)


@pytest.mark.parametrize("name", ["case-appointments", "book-appointment"])
def test_the_page_costs_the_same_whatever_there_is(page, case, name):
    def several(number):
        for n in range(number):
            AppointmentFactory(
                case=case, at=datetime(2018, 10, 2, 9, tzinfo=UTC) + timedelta(days=n)
            )
            AppointmentFactory(
                case=case, at=datetime(2018, 9, 2, 9, tzinfo=UTC) - timedelta(days=n)
            )

    several(5)
    few = _queries(page, address(name, case))
    several(55)
    assert _queries(page, address(name, case)) == few


def _queries(client, path):
    with CaptureQueriesContext(connection) as counted:
        client.get(path)
    return len(counted)


@pytest.mark.parametrize("chosen", [{"type_code": "COPT"}, {"type_code": "C444", "where": "telephone"}])  # fmt: skip
def test_the_reminder_is_shown_as_it_would_go_before_anything_is_booked(
    client, settings, tmp_path, chosen
):
    set_up(settings, tmp_path)
    case = somebody()
    client.force_login(case.officer)
    given = {"step": "look", "when": "2018-10-09T14:00+01:00"}

    page = client.post(reverse("book-appointment", args=[case.crn]), given | chosen)

    shown = page.context["reminder"]
    assert shown.words.startswith("Hello Alex. We will ring you on Tuesday 9 October at 2pm.")
    assert "ends in 123" in page.content.decode()
    assert not Message.objects.exists()
