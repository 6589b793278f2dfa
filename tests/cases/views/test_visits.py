"""Home visits on the pages and in the API: who sees what, what each refuses, and that nothing typed is lost."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, now
from rest_framework.test import APIClient

from cases.models import Deadline, Enquiry, HomeVisit, RelatedPerson, VisitSafety
from cases.reference.codes import Register
from cases.services.visit_safety import decide_visit_safety
from cases.services.visit_watch import alert_missed_check_ins
from cases.services.visits import set_out
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.a_visit import arranged, colleague, decided, proposed, visited_case
from tests.cases.views.a_case import see, words
from tests.clock import frozen
from tests.factories import (
    NOW,
    AddressFactory,
    AppointmentFactory,
    CaseFactory,
    DeadlineFactory,
    DepartureFactory,
    EnquiryFactory,
    HomeVisitFactory,
    InformationFactory,
    PersonFactory,
    ReadingFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    TeamFactory,
    UserFactory,
    VisitSafetyFactory,
    limit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_nine_on_a_monday():
    with frozen(NOW):
        yield


@pytest.fixture
def case():
    return visited_case()


@pytest.fixture
def senior(case):
    return colleague(case, Role.SPO)


@pytest.fixture
def buddy(case):
    return colleague(case, first_name="Ada", last_name="Byron", mobile="07700 900123")


@pytest.fixture
def visit(case, buddy):
    """Today in a quarter of an hour; its safety was decided by the officer."""
    safety = proposed(case, now=now())
    return arranged(
        case, safety=safety, buddy=buddy, starts_at=now() + timedelta(minutes=15), now=now()
    )


def post(client, user, name, case, *beside, follow=True, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data, follow=follow)


def say_safety(client, user, case, **given):
    data = {
        "address": case.addresses.get().pk, "endangers": "no", "signal": "good", "way": "alone",
        "because": "We know the house.",
    }  # fmt: skip
    return post(client, user, "visit-safety", case, **data | given)


def arrange(client, case, safety, buddy, **given):
    day = localdate() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    data = {
        "safety": safety.pk, "on": say_date(day), "at": "10am", "minutes": "45",
        "officer": case.officer_id, "second": "", "buddy": buddy.pk, "told_how": "in_person",
        "enforces": f"order-{case.sentences.get().pk}", "prepared": "Meet his mother.", "seen": "",
    }  # fmt: skip
    return post(client, case.officer, "arrange-visit", case, **data | given)


# How staff may visit


def test_the_officers_own_decision_stands_and_is_shown_with_until_when(client, case):
    page = words(say_safety(client, case.officer, case))

    assert "This is how staff visit there until" in page
    assert "4 Example Street, Reading" in page
    assert "One officer, with a buddy who knows" in page


def test_where_a_senior_decides_it_is_on_their_list_and_nobody_goes_before(client, case, senior):
    RegistrationFactory(case=case, type_code=Register.RISK_TO_STAFF)
    form = words(see(client, case.officer, "visit-safety", case))
    said = words(say_safety(client, case.officer, case))
    arranging = words(see(client, case.officer, "arrange-visit", case))
    client.force_login(senior)
    work = words(client.get(reverse("my-work")))
    deciding = words(see(client, senior, "decide-visit-safety", case))
    refused = post(client, case.officer, "decide-visit-safety", case, way="alone", because="x")
    asked = VisitSafety.objects.get()
    sent = {"of": asked.pk, "seen": asked.seen, "way": "paired", "because": "Two go."}
    done = words(post(client, senior, "decide-visit-safety", case, **sent))

    assert "A senior decides this, whatever you answer" in form
    assert "Nobody visits before that" in said
    assert "The safety decision waits for a senior." in arranging
    assert "Decide how staff may visit" in work
    assert "risk to staff" in deciding
    assert refused.status_code == 403
    assert "Decided: two staff together" in done
    assert VisitSafety.objects.get().decided_by == senior


def test_what_is_missing_is_said_at_the_form_and_what_was_typed_stays(client, case):
    page = words(
        say_safety(client, case.officer, case, signal="none", because="A typed reason to keep.")
    )

    assert "Say how you are reached without a signal" in page
    assert "A typed reason to keep." in page
    assert not VisitSafety.objects.exists()


def test_what_has_changed_since_is_named_and_bringing_it_up_to_date_begins_with_what_stood(
    client, case
):
    safety = proposed(case, now=now(), staff_risk="A dog called Rex.")
    ReadingFactory(case=case, information=InformationFactory(harm=True))

    page = words(see(client, case.officer, "case-visits", case))
    form = words(see(client, case.officer, "visit-safety", case, of=safety.pk))

    assert "somebody could be hurt" in page
    assert f"?of={safety.pk}" in page
    assert "A dog called Rex." in form


def test_once_something_has_changed_whether_a_visit_endangers_anybody_is_answered_anew(
    client, case
):
    safety = proposed(case, now=now(), staff_risk="A dog called Rex.")

    def begun():
        form = see(client, case.officer, "visit-safety", case, of=safety.pk).context["form"]
        return {name: form[name].value() for name in ("endangers", "way", "signal", "staff_risk")}

    same = {"signal": "good", "staff_risk": "A dog called Rex."}
    assert begun() == same | {"endangers": "no", "way": "alone"}

    ReadingFactory(case=case, information=InformationFactory(harm=True))

    assert begun() == same | {"endangers": None, "way": None}


def test_what_was_written_of_one_address_decides_no_other(client, case, senior):
    read = proposed(case, ask_senior=True, now=now())
    other = proposed(case, address=None, where="The hostel", ask_senior=True, now=now())
    decide_visit_safety(safety=read, way="paired", because="Two go.", seen=(), by=senior, now=now())

    sent = {"of": read.pk, "way": "alone", "because": "His mother is always in."}
    page = words(post(client, senior, "decide-visit-safety", case, **sent))

    assert "It may have been decided meanwhile" in page
    other.refresh_from_db()
    assert other.decided_at is None


def test_what_came_while_the_page_was_read_is_shown_before_anybody_decides(client, case, senior):
    asked = proposed(case, ask_senior=True, now=now())
    RegistrationFactory(case=case, type_code=Register.RISK_TO_STAFF)
    sent = {"of": asked.pk, "seen": asked.seen, "way": "alone", "because": "We know the house."}

    refused = post(client, senior, "decide-visit-safety", case, **sent)

    asked.refresh_from_db()
    assert asked.decided_at is None
    assert "This has come on the record since you opened the page: On the register" in words(
        refused
    )
    assert "We know the house." in words(refused)
    post(client, senior, "decide-visit-safety", case, **sent | {"seen": refused.context["seen"]})
    asked.refresh_from_db()
    assert asked.decided_at


def test_nothing_to_decide_leads_back_to_the_case(client, case, senior):
    client.force_login(senior)

    answer = client.get(reverse("decide-visit-safety", args=[case.crn]), follow=True)

    assert "Nothing waits for a decision" in words(answer)


def test_who_lives_there_is_named_only_for_those_who_may_see(client, case, senior):
    RelatedPersonFactory(case=case, name="Robin Lane", protected=True, lives_with=True)
    mate = colleague(case)

    assert "Robin Lane" in words(see(client, case.officer, "visit-safety", case))
    hidden = words(see(client, mate, "visit-safety", case))
    assert "Robin" not in hidden
    assert "A child (protected) lives with them" in hidden


# Arranging


def test_arranging_leads_to_the_sheet_and_tells_who_the_buddy_is(client, case, buddy):
    page = words(arrange(client, case, proposed(case, now=now()), buddy))

    assert "Ada Byron is the buddy and has been told" in page
    assert "Nobody has set out yet." in page
    assert "Meet his mother." in page
    assert HomeVisit.objects.get().appointment.told_how == "in_person"


def test_without_a_decision_the_page_leads_to_making_one(client, case):
    page = words(see(client, case.officer, "arrange-visit", case))

    assert "First say how staff may visit" in page
    assert reverse("visit-safety", args=[case.crn]) in page


def test_whoever_has_left_is_not_offered_to_go_or_to_watch(client, case, buddy):
    gone = colleague(case, first_name="Gone", last_name="Away")
    proposed(case, now=now())
    assert words(see(client, case.officer, "arrange-visit", case)).count("Gone Away") == 3

    DepartureFactory(user=gone, last_on=localdate() - timedelta(days=1))

    page = words(see(client, case.officer, "arrange-visit", case))
    assert "Gone Away" not in page
    assert "Ada Byron" in page


def test_two_staff_without_a_second_is_refused_at_the_form(client, case, senior, buddy):
    safety = decided(case, senior, way="paired", now=now())

    page = words(arrange(client, case, safety, buddy))

    assert "Two staff go together there" in page
    assert "Meet his mother." in page
    assert not HomeVisit.objects.exists()


def test_what_stands_beside_the_date_is_shown_once_and_booked_when_it_is_sent_again(
    client, case, buddy
):
    safety = proposed(case, now=now())
    first = words(arrange(client, case, safety, buddy))
    assert HomeVisit.objects.count() == 1
    again = arrange(client, case, safety, buddy, at="10:15am")

    page = words(again)
    booked = words(arrange(client, case, safety, buddy, at="10:15am", seen=read_in(page)))

    assert "Nobody has set out yet" in first
    assert "Beside that date stands this" in page
    assert "Nobody has set out yet" in booked
    assert HomeVisit.objects.count() == 2


def test_that_they_need_an_interpreter_is_read_before_a_visit_is_booked(client, case, buddy):
    PersonFactory(case=case, needs_interpreter=True, first_language="Polish")
    safety = proposed(case, now=now())

    page = words(arrange(client, case, safety, buddy))

    assert "They need an interpreter for Polish, and none is asked for" in page
    assert not HomeVisit.objects.exists()


def read_in(page):
    """What the page sends back as read."""
    return page.split('name="seen" value="')[1].split('"')[0]


def test_what_stands_beside_the_date_for_the_second_is_read_and_of_another_second_anew(
    client, case, senior, buddy
):
    safety = decided(case, senior, way="paired", now=now())
    day = localdate() + timedelta(days=1)
    at = datetime.combine(day, time(10), get_current_timezone())
    first, second = colleague(case), colleague(case)
    for one in (first, second):
        AppointmentFactory(officer=one, at=at)

    shown = words(arrange(client, case, safety, buddy, second=first.pk))
    other = arrange(client, case, safety, buddy, second=second.pk, seen=read_in(shown))
    booked = arrange(client, case, safety, buddy, second=second.pk, seen=read_in(words(other)))

    assert f"{first.name} sees somebody else from 10am to" in shown
    assert f"{second.name} sees somebody else from 10am to" in words(other)
    assert "Nobody has set out yet" in words(booked)
    assert HomeVisit.objects.get().appointment.seen[0]["read"] is True


def test_the_diary_of_the_second_stands_beside_the_date_that_a_visit_is_moved_to(
    client, case, senior, buddy
):
    safety, second = decided(case, senior, way="paired", now=now()), colleague(case)
    visit = arranged(case, safety=safety, second=second, buddy=buddy, now=now())
    to = visit.appointment.contact.started_at + timedelta(days=1)
    AppointmentFactory(officer=second, at=to)
    asked = {"when": "other", "on": say_date(to.date()), "at": "10am", "step": "look"}

    page = words(post(client, case.officer, "move-appointment", case, visit.pk, **asked))

    assert f"{second.name} sees somebody else from 10am to" in page


def test_a_visit_that_is_booked_is_given_its_company_once_what_stands_beside_it_is_read(
    client, case, senior, buddy
):
    safety, second = decided(case, senior, way="paired", now=now()), colleague(case)
    booked = AppointmentFactory(case=case, type_code="CHVS", where="home")
    AppointmentFactory(officer=second, at=booked.contact.started_at)
    client.force_login(case.officer)
    address = f"{reverse('arrange-visit', args=[case.crn])}?of={booked.pk}"
    asked = {"safety": safety.pk, "second": second.pk, "buddy": buddy.pk}

    shown = words(client.post(address, asked))
    kept = words(client.post(address, asked | {"seen": read_in(shown)}, follow=True))

    assert f"{second.name} sees somebody else" in shown
    assert "The visit is arranged for" in kept
    assert HomeVisit.objects.get(pk=booked.pk).with_whom == second


# The sheet


def test_the_sheet_has_what_somebody_at_the_door_must_know(client, case, visit):
    RelatedPersonFactory(case=case, name="Robin Lane", lives_with=True)
    VisitSafety.objects.update(staff_risk="A dog called Rex.", signal="none", fallback="Shop at 6")

    page = words(see(client, case.officer, "visit-sheet", case, visit.pk))

    for said in ("4 Example Street", "A dog called Rex.", "No signal", "Shop at 6", "Ada Byron",
                 'href="tel:07700900123"', "Robin Lane", "Who did you see?"):  # fmt: skip
        assert said in page
    assert page.index("Staff safety") < page.index("Where, and how you are reached")


def test_once_it_is_recorded_the_sheet_asks_nobody_to_look_for_anything(client, case, visit):
    HomeVisit.objects.update(seen={"met": ["person"]})

    page = words(see(client, case.officer, "visit-sheet", case, visit.pk))

    assert "What was seen" in page
    assert "What to look for" not in page


def test_out_and_back_by_the_buttons_of_the_sheet(client, case, visit):
    wrong = words(post(client, case.officer, "set-out-on-visit", case, visit.pk, out_by="soon"))
    past = words(post(client, case.officer, "set-out-on-visit", case, visit.pk, out_by="9am"))
    out = words(post(client, case.officer, "set-out-on-visit", case, visit.pk, out_by="11am"))
    stay = words(post(client, case.officer, "stay-on-visit", case, visit.pk, out_by="midday"))
    back = words(post(client, case.officer, "back-from-visit", case, visit.pk))

    assert "There is a problem" in wrong
    assert "still to come" in past
    assert "Ada Byron has been told, and rings you if they have not heard by 11am." in out
    assert "I am out and safe" in out
    assert "Ada Byron waits until midday." in stay
    assert "Now say what came of the visit" in back
    visit.refresh_from_db()
    assert visit.back_said_by == case.officer


def test_what_has_come_since_it_was_arranged_takes_the_button_away(client, case, visit):
    RegistrationFactory(case=case, type_code=Register.WEAPONS)

    page = words(see(client, case.officer, "visit-sheet", case, visit.pk))

    assert "Do not go yet." in page
    assert "Setting out" not in page


def test_somebody_who_does_not_go_sees_the_sheet_and_no_buttons(client, case, visit, senior):
    page = words(see(client, senior, "visit-sheet", case, visit.pk))

    assert "Staff safety" in page
    assert "Setting out" not in page


def test_the_buddy_who_opens_the_sheet_is_led_to_where_they_say_what_they_heard(
    client, case, visit, buddy
):
    set_out(visit=visit, call_by=now() + timedelta(hours=1), by=case.officer, now=now())

    theirs = words(see(client, buddy, "visit-sheet", case, visit.pk))
    own = words(see(client, case.officer, "visit-sheet", case, visit.pk))

    assert "I am out and safe" in own
    assert "I am out and safe" not in theirs
    assert f"{reverse('check-ins')}#visit-{visit.pk}" in theirs
    assert "Say what you heard from them" not in own


def test_where_they_stay_longer_a_later_time_than_they_said_is_proposed(client, case, visit):
    set_out(visit=visit, call_by=now() + timedelta(hours=1), by=case.officer, now=now())

    page = words(see(client, case.officer, "visit-sheet", case, visit.pk))

    assert 'value="11:30am"' in page


def test_an_address_that_they_have_left_is_said_to_be_and_arranges_nothing(client, case, buddy):
    proposed(case, now=now())
    case.addresses.update(to_on=localdate())

    page = words(see(client, case.officer, "case-visits", case))
    arranging = words(see(client, case.officer, "arrange-visit", case))

    assert "By the record they left this address on" in page
    assert "Say how staff may visit where they live now." in arranging
    assert "Arrange it" not in arranging


def test_what_stands_in_the_way_leads_to_where_it_is_put_right(client, case, buddy, senior):
    decision = decided(case, senior, now=now())
    RegistrationFactory(case=case, type_code=Register.WEAPONS)

    page = words(see(client, case.officer, "arrange-visit", case))

    assert "Something has changed since the safety decision" in page
    assert f'{reverse("visit-safety", args=[case.crn])}?of={decision.pk}"' in page


def test_what_waits_for_a_senior_is_not_said_anew_by_the_officer(client, case, buddy, senior):
    proposed(case, now=now(), ask_senior=True)

    page = words(see(client, case.officer, "arrange-visit", case))

    assert "The safety decision waits for a senior." in page
    assert "?of=" not in page


def test_a_visit_of_another_case_is_not_found(client, case, visit):
    other = CaseFactory(officer=case.officer, team=case.team)

    assert see(client, case.officer, "visit-sheet", other, visit.pk).status_code == 404


# Check-ins


def under_way(case, buddy, ago=timedelta(minutes=12), **given):
    at = now()
    return HomeVisitFactory(
        case=case, buddy=buddy, set_out_at=at - timedelta(hours=1), call_by=at - ago, **given
    )


def test_a_buddy_who_may_not_open_the_case_sees_who_where_and_when_and_nothing_of_it(client, case):
    stranger = UserFactory(role=Role.HUB, team=TeamFactory())
    limit(case, restricted=True)
    case.officer.mobile = "07700 900789"
    case.officer.save()
    safety = VisitSafetyFactory(
        case=case, where="9 Example Road", signal="none", staff_risk="Angry",
        fallback=f"Ring {case.surname} senior at the shop",
    )  # fmt: skip
    visit = under_way(case, stranger, safety=safety)
    client.force_login(stranger)

    page = words(client.get(reverse("check-ins")))

    for said in (case.officer.name, "07700 900789", "9 Example Road", "No signal there.",
                 "Nobody has heard since", "999"):  # fmt: skip
        assert said in page
    for kept in (case.crn, case.surname, case.forename, "Angry"):
        assert kept not in page
    assert see(client, stranger, "visit-sheet", case, visit.pk).status_code == 403


def test_the_address_is_shown_to_the_buddy_only_once_they_have_set_out(client, case, buddy):
    safety = VisitSafetyFactory(case=case, where="9 Example Road")
    visit = HomeVisitFactory(case=case, buddy=buddy, safety=safety)
    visit.appointment.contact.__class__.objects.filter(pk=visit.pk).update(
        started_at=now() + timedelta(hours=2)
    )
    client.force_login(buddy)

    before = words(client.get(reverse("check-ins")))
    HomeVisit.objects.update(set_out_at=now(), call_by=now() + timedelta(hours=1))
    after = words(client.get(reverse("check-ins")))

    assert "You are their buddy" in before
    assert "9 Example Road" not in before
    assert "9 Example Road" in after


def test_a_buddy_whom_an_exclusion_keeps_out_by_now_learns_not_even_the_day(client, case, buddy):
    HomeVisitFactory(case=case, buddy=buddy)
    client.force_login(buddy)
    before = words(client.get(reverse("check-ins")))
    limit(case, kept_out=[buddy])

    after = words(client.get(reverse("check-ins")))

    assert "Goes on 2 October 2018" in before
    assert "Goes on" not in after


def test_the_buddy_says_they_have_spoken_to_them_and_another_cannot(client, case, buddy):
    visit = under_way(case, buddy)
    client.force_login(colleague(case))
    other = client.post(reverse("say-visitor-safe", args=[visit.pk]))
    client.force_login(buddy)

    page = words(client.post(reverse("say-visitor-safe", args=[visit.pk]), follow=True))

    assert other.status_code == 404
    assert f"Kept: {case.officer.name} is out and safe." in page
    assert "would be here" in page


def test_the_buddy_waits_longer_and_a_time_nobody_understands_is_said(client, case, buddy):
    visit = under_way(case, buddy)
    client.force_login(buddy)

    wrong = words(
        client.post(reverse("say-visitor-later", args=[visit.pk]), {"out_by": "soon"}, follow=True)
    )
    past = words(
        client.post(reverse("say-visitor-later", args=[visit.pk]), {"out_by": "00:00"}, follow=True)
    )

    assert "Say a time, for example 2:30pm." in wrong
    assert "still to come" in past


def test_a_senior_who_was_alarmed_finds_the_visit_there_and_others_of_the_team_do_not(
    client, case, senior, buddy
):
    under_way(case, buddy)
    alert_missed_check_ins(now=now())

    client.force_login(senior)
    assert case.officer.name in words(client.get(reverse("check-ins")))
    client.force_login(colleague(case))
    assert case.officer.name not in words(client.get(reverse("check-ins")))


def test_whoever_has_no_number_is_asked_for_it(client, case):
    client.force_login(case.officer)

    assert "Your mobile number is not known" in words(client.get(reverse("check-ins")))


def test_many_check_ins_take_as_many_statements_as_a_few(client, case, buddy):
    client.force_login(buddy)

    def statements(number):
        for _ in range(number):
            under_way(CaseFactory(), buddy)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("check-ins"))
        return len(queries)

    statements(1)
    assert statements(4) == statements(55)


# Recording


def record(client, case, visit, **given):
    data = {
        "saw_met": ["person", "children"], "saw_children": "1", "saw_of_children": "Playing.",
        "complied": "yes", "notes": "We spoke of work.", "ask_children": "on", "ask_person": "on",
        "ask_address": "on", "ask_safety": "on",
    }  # fmt: skip
    return post(client, case.officer, "record-visit", case, visit.pk, **data | given)


@pytest.fixture
def over(case, visit):
    """They have been and are out."""
    starts = now() - timedelta(hours=1)
    visit.appointment.contact.__class__.objects.filter(pk=visit.pk).update(started_at=starts)
    return visit


def test_a_child_who_was_seen_is_asked_about_by_the_tick_that_stands_there_already(
    client, case, over
):
    form = words(see(client, case.officer, "record-visit", case, over.pk))
    page = words(record(client, case, over))

    tick = form.split('name="ask_children"')[1].split(">")[0]
    assert "checked" in tick
    assert "social care is to be asked" in page
    assert Enquiry.objects.get(case=case, kind="children").because == "home_visit"
    assert "Playing." in page


def test_a_tick_taken_away_asks_nobody(client, case, over):
    record(client, case, over, ask_children="")

    assert not Enquiry.objects.filter(case=case, kind="children").exists()
    assert HomeVisit.objects.get(pk=over.pk).seen


def test_where_social_care_is_being_asked_the_page_says_so_instead_of_a_tick(client, case, over):
    EnquiryFactory(case=case, kind="children", sent=True)

    form = words(see(client, case.officer, "record-visit", case, over.pk))

    assert 'name="ask_children"' not in form
    assert "social care:" in form


def test_somebody_new_and_a_risk_to_staff_follow_from_one_save(client, case, over, senior):
    page = words(
        record(client, case, over, new_name="Jo Lane", new_kind="partner", saw_signs=["dogs"])
    )

    assert RelatedPerson.objects.get(case=case).name == "Jo Lane"
    assert "nobody goes again until it is decided anew how" in page
    shown = words(see(client, case.officer, "case-visits", case))
    assert "dog that was not kept away" in shown


def test_what_is_left_out_is_said_and_nothing_typed_is_lost(client, case, over):
    page = words(record(client, case, over, saw_met=[], notes="Words that took an hour."))
    unsaid = words(record(client, case, over, saw_of_children="", notes="Words that took an hour."))

    for one in (page, unsaid):
        assert "There is a problem" in one
        assert "Words that took an hour." in one
    assert not HomeVisit.objects.get(pk=over.pk).seen


def test_why_it_was_not_done_is_kept_and_the_visit_shows_it(client, case, over):
    form = {"not_done": "nobody_in", "because": "Curtains drawn, no answer.", "ask_safety": "on"}
    half = words(
        post(client, case.officer, "visit-not-done", case, over.pk, next_on="1 June 2030", **form)
    )
    page = words(post(client, case.officer, "visit-not-done", case, over.pk, **form))
    again = words(see(client, case.officer, "case-visits", case))

    assert "Say both the day and the time" in half
    assert "Not done: nobody in." in page
    assert "Curtains drawn, no answer." in again
    assert case.contacts.get(pk=over.pk).outcome_code == "AFTA"


def test_a_visit_that_is_recorded_is_not_recorded_again(client, case, over):
    record(client, case, over)

    client.force_login(case.officer)
    answer = client.get(reverse("record-visit", args=[case.crn, over.pk]), follow=True)
    assert "recorded already" in words(answer)


# The case's page and the list


def test_the_page_of_a_case_says_what_is_owed_and_why(client, case):
    RegistrationFactory(case=case, started_on=localdate())

    page = words(see(client, case.officer, "case-visits", case))

    assert "A visit is due by" in page
    assert "Nobody has said it yet, so nobody visits yet." in page


def test_a_case_with_many_visits_shows_a_page_of_them(client, case):
    for n in range(25):
        one = HomeVisitFactory(case=case, safety__replaced_on=localdate())
        one.appointment.contact.__class__.objects.filter(pk=one.pk).update(
            started_at=now() - timedelta(days=n)
        )

    first = see(client, case.officer, "case-visits", case)

    assert words(first).count("Visit: arranged") == 20
    following = words(first).split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert words(client.get(following)).count("Visit: arranged") == 5


def in_the_list(client, user, **codes):
    client.force_login(user)
    return words(client.get(reverse("home-visits"), codes))


def test_the_list_follows_a_visit_through_its_stages(client, case, buddy, senior):
    RegistrationFactory(case=case, started_on=localdate())
    DeadlineFactory(case=case, kind="home_visit", enquiry=None, due_on=localdate())
    due = in_the_list(client, case.officer)
    visit = HomeVisitFactory(case=case, buddy=buddy)
    visit.appointment.contact.__class__.objects.filter(pk=visit.pk).update(started_at=now())
    rest = in_the_list(client, case.officer)
    arranged_now = in_the_list(client, case.officer, state="arranged")
    HomeVisit.objects.update(set_out_at=now(), call_by=now() + timedelta(hours=1))
    out = in_the_list(client, senior, state="under_way")
    HomeVisit.objects.update(
        back_at=now(), back_said_by=buddy, not_done="nobody_in", not_done_because="Curtains drawn."
    )
    undone = in_the_list(client, senior, state="not_done")

    assert "Visit them at home" in due
    assert "Arrange it" in due
    assert "Visit them at home" not in rest
    assert "Home visit: arranged" in arranged_now
    assert case.list_name in out
    assert "Nobody in. Curtains drawn." in undone


def test_an_officers_list_holds_their_own_and_what_they_go_on_unless_they_ask_for_more(
    client, case
):
    mate = colleague(case)
    one = HomeVisitFactory(case=case)
    one.appointment.contact.__class__.objects.filter(pk=one.pk).update(started_at=now())

    assert case.crn not in in_the_list(client, mate, state="arranged")
    assert case.crn in in_the_list(client, mate, state="arranged", whose="all")
    HomeVisit.objects.update(with_whom=mate)
    assert case.crn in in_the_list(client, mate, state="arranged")


def test_a_case_of_limited_access_is_one_masked_row_of_the_list(client, case):
    DeadlineFactory(case=case, kind="home_visit", enquiry=None)
    mate = colleague(case)
    limit(case, restricted=True)

    page = in_the_list(client, mate, whose="all")

    assert "Limited access" in page
    assert case.surname not in page


@pytest.mark.parametrize("state", ["arranged", "due", "not_done"])
def test_the_list_takes_as_many_statements_for_many_as_for_a_few(client, case, senior, state):
    def statements(number):
        for _ in range(number):
            other = CaseFactory(team=case.team, officer=case.officer)
            DeadlineFactory(case=other, kind="home_visit", enquiry=None)
            if state != "due":
                undone = (
                    {"not_done": "other", "not_done_because": "x"} if state == "not_done" else {}
                )
                one = HomeVisitFactory(case=other, **undone)
                one.appointment.contact.__class__.objects.filter(pk=one.pk).update(started_at=now())
        client.force_login(senior)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("home-visits"), {"state": state})
        return len(queries)

    statements(1)
    assert statements(4) == statements(40)


@pytest.mark.parametrize("state", ["due", "arranged", "under_way", "not_done", "done"])
def test_an_empty_list_says_what_would_be_there(client, senior, state):
    assert "would be here" in in_the_list(client, senior, state=state)


def test_a_long_name_and_a_long_address_stand_on_every_page(client, case, buddy):
    case.surname, case.forename = "Featherstonehaugh-Cholmondeley" * 2, "Maximilian"
    case.save()
    case.addresses.update(lines="Flat 12b, " + "The Old Telegraph Works " * 8)
    visit = HomeVisitFactory(case=case, buddy=buddy)

    for page in ("case-visits", "visit-safety", "arrange-visit"):
        assert see(client, case.officer, page, case).status_code == 200
    for page in ("visit-sheet", "record-visit", "visit-not-done"):
        assert see(client, case.officer, page, case, visit.pk).status_code == 200


@pytest.mark.parametrize(
    "page", ["case-visits", "visit-safety", "arrange-visit", "api-visit-safety"]
)
def test_a_page_takes_as_many_statements_for_many_rows_as_for_a_few(client, case, page):
    def statements(number):
        for _ in range(number):
            RelatedPersonFactory(case=case, lives_with=True)
            ReadingFactory(case=case, information=InformationFactory(harm=True))
            one = HomeVisitFactory(case=case, safety__address=AddressFactory(case=case))
            one.appointment.contact.__class__.objects.filter(pk=one.pk).update(started_at=now())
        client.force_login(case.officer)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(page, args=[case.crn]))
        return len(queries)

    statements(1)
    assert statements(4) == statements(55)


# The API


def test_a_visit_from_the_safety_decision_to_its_record_by_the_api(case, buddy, senior):
    api = APIClient()
    api.force_authenticate(case.officer)
    said = api.post(
        reverse("api-visit-safety", args=[case.crn]),
        {
            "address": case.addresses.get().pk, "endangers": "no", "signal": "good",
            "way": "paired", "because": "Two go.",
        },
        format="json",
    ).json()  # fmt: skip
    too_soon = api.post(
        reverse("api-home-visits", args=[case.crn]),
        _booking(case, said["id"], buddy),
        format="json",
    )
    api.force_authenticate(senior)
    decision = api.post(
        reverse("api-decide-visit-safety", args=[case.crn, said["id"]]),
        {"way": "alone", "because": "His mother is there.", "seen": list(said["record"])},
        format="json",
    ).json()
    api.force_authenticate(case.officer)
    booked = api.post(
        reverse("api-home-visits", args=[case.crn]),
        _booking(case, said["id"], buddy),
        format="json",
    )
    key = booked.json()["id"]
    HomeVisit.objects.get(pk=key).appointment.contact.__class__.objects.filter(pk=key).update(
        started_at=now()
    )
    out = api.post(
        reverse("api-set-out-on-visit", args=[case.crn, key]),
        {"call_by": (now() + timedelta(hours=1)).isoformat()},
        format="json",
    )
    api.force_authenticate(buddy)
    watched = api.get(reverse("api-check-ins")).json()
    safe = api.post(reverse("api-say-visitor-safe", args=[key]))
    api.force_authenticate(case.officer)
    recorded = api.post(
        reverse("api-record-visit", args=[case.crn, key]),
        {
            "seen": {"met": ["person", "children"], "children": 1, "of_children": "Well."},
            "follow_on": ["children"],
        },
        format="json",
    )

    assert said["in_the_way"] == ["The safety decision waits for a senior."]
    assert too_soon.status_code == 422
    assert decision["decided_by"] == senior.username
    assert booked.status_code == 201
    assert out.json()["state"] == "under way"
    assert [one["id"] for one in watched] == [key]
    assert safe.status_code == 204
    assert recorded.json()["seen"]["How many children did you see?"] == "1"
    assert Enquiry.objects.filter(case=case, kind="children").exists()


def _booking(case, safety, buddy):
    day = localdate() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return {
        "safety": safety, "starts_at": f"{day}T10:00:00Z", "minutes": 45,
        "officer": case.officer.username, "buddy": buddy.username,
    }  # fmt: skip


def test_a_visit_not_done_and_what_nobody_knows_are_answered_by_the_api(case, over):
    api = APIClient()
    api.force_authenticate(case.officer)

    undone = api.post(
        reverse("api-visit-not-done", args=[case.crn, over.pk]),
        {"not_done": "moved", "because": "A neighbour says they left in May."},
        format="json",
    )
    nobody = api.post(
        reverse("api-home-visits", args=[case.crn]),
        _booking(case, over.safety_id, UserFactory(role=Role.MENTOR)),
        format="json",
    )
    listed = api.get(reverse("api-home-visits", args=[case.crn])).json()

    assert undone.json()["state"] == "not done, they do not live there"
    assert "cannot be on this visit" in str(nobody.json())
    assert [one["id"] for one in listed] == [over.pk]
    assert Deadline.objects.filter(case=case, kind="call_same_day").exists()


def test_setting_out_for_another_tells_nobody(case, visit, senior):
    api = APIClient()
    api.force_authenticate(senior)

    answer = api.post(
        reverse("api-set-out-on-visit", args=[case.crn, visit.pk]),
        {"call_by": (now() + timedelta(hours=1)).isoformat()},
        format="json",
    )

    assert "Only those who go" in str(answer.json())
    assert set_out(
        visit=visit, call_by=now() + timedelta(hours=1), by=case.officer, now=now()
    ).set_out_at


def test_taking_a_filter_away_widens_the_list(client, case, senior):
    chips = in_the_list(client, senior).split("Remove this filter")[0].rsplit('href="', 1)[1]

    wide = words(client.get(chips.split('"')[0].replace("&amp;", "&")))

    assert "Showing only" not in wide
