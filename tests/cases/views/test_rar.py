"""The page of rehabilitation activity, and what is filled in there."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate

from cases.models import RarActivity, RarEnough
from staff.kit import on
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    ContactFactory,
    DeadlineFactory,
    ObjectiveFactory,
    PlanFactory,
    RarActivityFactory,
    RelatedPersonFactory,
    RequirementFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def case():
    return CaseFactory(arrived_on=None)


@pytest.fixture
def requirement(case):
    return ordered(case)


def ordered(case, days=10, **columns):
    today = localdate()
    sentence = SentenceFactory(
        case=case, started_on=today - 100 * DAY, expected_end_on=today + 200 * DAY
    )
    return RequirementFactory(
        sentence=sentence, main_code="F", main_name="Rehabilitation Activity Requirement",
        length=days, length_unit="Days", imposed_on=None, **columns,
    )  # fmt: skip


def moment(days):
    return datetime.combine(localdate() + days * DAY, time(10), get_current_timezone())


def credited(requirement, days_ago, activity=None):
    case = requirement.sentence.case
    given = {"type_code": "RARP", "rar_activity": True, "requirement": requirement}
    contact = ContactFactory(case=case, started_at=moment(-days_ago), **given)
    if activity:
        AppointmentFactory(contact=contact, rar_activity=activity, case=case)
    return contact


def booked(activity, days):
    return AppointmentFactory(
        case=activity.case, at=moment(days), type_code="RARP", rar_activity=activity
    )


def post(client, case, page, *beside, by=None, **data):
    client.force_login(by or case.officer)
    return client.post(reverse(page, args=[case.crn, *beside]), data, follow=True)


PLANNED = {
    "theme": "NPS004",
    "what": "Alcohol awareness",
    "route": "group",
    "days": "4",
    "objective": "",
}


def test_the_four_numbers_stand_with_the_days_behind_each(client, case, requirement):
    activity = RarActivityFactory(requirement=requirement, days=6)
    credited(requirement, 10, activity)
    credited(requirement, 10)
    booked(activity, 5)

    page = see(client, case.officer, "case-rar", case)
    (found,) = page.context["requirements"]

    assert [cell.text for cell in found.cells] == ["10", "6", "1", "1", "9"]
    days = {each.title: [day.day for day in each.days] for each in found.lists}
    assert [text.endswith(on(localdate() - 10 * DAY)) for text in days["Credited"]] == [True]
    assert [text.endswith(on(localdate() + 5 * DAY)) for text in days["Booked"]] == [True]
    assert "1 credited, 1 booked and 8 not booked, of 10 ordered" in words(page)
    assert "Show as table" in words(page)


def test_a_stalled_requirement_says_so_and_leads_to_booking(client, case, requirement):
    activity = RarActivityFactory(requirement=requirement)
    credited(requirement, 40)

    page = see(client, case.officer, "case-rar", case)

    assert f"Stalled: no day credited or booked since {on(localdate() - 40 * DAY)}" in words(page)
    book = reverse("book-appointment", args=[case.crn])
    assert f"{book}?type=RARP&amp;rar_activity={activity.pk}" in words(page)


def test_ndelius_own_count_is_shown_beside_and_never_added(client, case):
    requirement = ordered(case, completed=4)
    credited(requirement, 10)

    page = see(client, case.officer, "case-rar", case)

    assert "nDelius counts 4 completed. We count 1" in words(page)
    assert page.context["requirements"][0].cells[3].text == "1"


def test_days_under_no_activity_and_days_without_a_plan_are_said(client, case, requirement):
    credited(requirement, 10)

    page = words(see(client, case.officer, "case-rar", case))

    assert "1 day is credited under no activity that was planned" in page
    assert "9 days left have no activity planned" in page


def test_the_days_left_are_forecast_with_the_stalls_and_what_to_do_next(client, case):
    """Of ten, one is credited and two are booked, the second after eight weeks; the order ends in 200 days."""
    requirement = ordered(case)
    activity = RarActivityFactory(requirement=requirement, days=9)
    credited(requirement, 3, activity)
    booked(activity, 5)
    booked(activity, 61)

    page = see(client, case.officer, "case-rar", case)
    (found,) = page.context["requirements"]

    end = localdate() + 200 * DAY
    assert found.forecast.words == (
        f"Even if every day is kept, 7 of the 9 days left are unused when the order ends on {on(end)} (2 booked)."
    )
    assert found.forecast.stalls == [
        f"Nothing between {on(localdate() + 5 * DAY)} and {on(localdate() + 61 * DAY)}: 8 weeks.",
        f"Nothing between {on(localdate() + 61 * DAY)} and {on(end)}: 19 weeks.",
    ]
    assert (found.forecast.next.text, found.forecast.wrong) == ("Book a day", [])
    assert found.forecast.words in words(page)


def test_days_booked_beyond_the_order_or_after_it_are_named_with_what_to_do(client, case):
    requirement = ordered(case, days=2)
    activity = RarActivityFactory(requirement=requirement, days=2)
    for days in (5, 10, 15, 201, 205):
        booked(activity, days)

    page = see(client, case.officer, "case-rar", case)
    late, spare = page.context["requirements"][0].forecast.wrong

    assert "2 days are booked after the order ends" in late.words
    assert [day.day.split(" ", 1)[1] for day in late.days] == [
        on(localdate() + 201 * DAY),
        on(localdate() + 205 * DAY),
    ]
    assert "1 day is booked beyond what the court ordered" in spare.words
    assert [day.day.split(" ", 1)[1] for day in spare.days] == [on(localdate() + 15 * DAY)]
    assert f"used up on {on(localdate() + 10 * DAY)} (2 booked)" in words(page)
    assert page.context["requirements"][0].forecast.next is None


def test_with_no_day_left_nothing_is_forecast_but_what_is_booked_beyond_it(client, case):
    requirement = ordered(case, days=1)
    credited(requirement, 3)
    assert see(client, case.officer, "case-rar", case).context["requirements"][0].forecast is None
    booked(RarActivityFactory(requirement=requirement, days=1), 5)

    found = see(client, case.officer, "case-rar", case).context["requirements"][0].forecast

    assert (found.words, found.stalls, len(found.wrong)) == ("", [], 1)


def test_whoever_may_not_book_reads_the_forecast_without_what_to_do(client, case, requirement):
    page = see(client, UserFactory(role=Role.QUALITY), "case-rar", case)

    found = page.context["requirements"][0].forecast
    assert found.words.startswith("Nothing is booked in time: the 10 days left are unused")
    assert found.next is None


def test_where_the_court_ordered_none_the_page_says_so(client, case):
    assert "The court ordered none" in words(see(client, case.officer, "case-rar", case))


def test_an_activity_is_planned_changed_and_ended(client, case, requirement):
    goal = ObjectiveFactory(plan=PlanFactory(case=case, signed=True), what="Drink less")
    planned = post(
        client, case, "plan-rar-activity", requirement=requirement.pk, **PLANNED | {"objective": goal.pk},
    )  # fmt: skip
    activity = RarActivity.objects.get()
    changed = post(client, case, "change-rar-activity", activity.pk, **PLANNED | {"days": "5"})
    activity.refresh_from_db()
    days = activity.days
    ended = post(
        client, case, "end-rar-activity", activity.pk, because="The group does not run in Reading."
    )

    assert "Alcohol awareness" in words(planned)
    assert "Drink less" in words(planned)
    assert days == 5
    assert "It is changed" in words(changed)
    assert "The group does not run in Reading." in words(ended)
    assert "10 days left have no activity planned" in words(ended)


def test_what_is_refused_is_said_on_the_form_and_what_was_typed_is_kept(client, case, requirement):
    page = post(
        client, case, "plan-rar-activity", requirement=requirement.pk, **PLANNED | {"days": "40"}
    )

    assert "there is room for 10 days" in words(page)
    assert "Alcohol awareness" in words(page)
    assert not RarActivity.objects.exists()


@pytest.mark.parametrize("name", ["theme", "what", "route", "days", "requirement"])
def test_what_is_left_out_is_asked_for(client, case, requirement, name):
    given = {"requirement": requirement.pk, **PLANNED}
    del given[name]

    page = post(client, case, "plan-rar-activity", **given)

    assert page.context["form"].errors.keys() == {name}


def test_the_days_done_may_be_enough(client, case, requirement):
    credited(requirement, 40)
    page = post(
        client, case, "say-rar-enough", requirement.pk, because="He has kept his job all summer"
    )

    assert "that the days done are enough: he has kept his job all summer." in words(page)
    assert "Stalled" not in words(page)
    assert RarEnough.objects.get().said_by == case.officer


def test_a_reason_that_says_nothing_is_refused(client, case, requirement):
    page = post(client, case, "say-rar-enough", requirement.pk, because="n/a")

    assert "Say why" in words(page)
    assert not RarEnough.objects.exists()


def test_without_a_requirement_that_runs_there_is_nothing_to_plan(client, case):
    page = see(client, case.officer, "plan-rar-activity", case)

    assert "nothing can be planned" in words(page)


def test_what_is_of_another_case_or_has_ended_is_not_found(client, case, requirement):
    other = RarActivityFactory()
    ended = RarActivityFactory(
        requirement=requirement, ended_on=localdate(), ended_because="It has finished."
    )

    for page in ("change-rar-activity", "end-rar-activity"):
        for key in (other.pk, ended.pk):
            assert see(client, case.officer, page, case, key).status_code == 404
    assert (
        see(client, case.officer, "say-rar-enough", case, other.requirement_id).status_code == 404
    )


def test_protected_names_are_kept_from_whoever_may_not_see_them(client, case, requirement):
    RelatedPersonFactory(case=case, name="Jo Bloggs", protected=True)
    RarActivityFactory(requirement=requirement, what="Contact with Jo Bloggs")
    reader = UserFactory(role=Role.QUALITY)

    assert "Jo Bloggs" in words(see(client, case.officer, "case-rar", case))
    assert "Jo Bloggs" not in words(see(client, reader, "case-rar", case))


def test_a_reader_who_may_not_write_is_led_nowhere_to_write(client, case, requirement):
    activity = RarActivityFactory(requirement=requirement)

    page = words(see(client, UserFactory(role=Role.QUALITY), "case-rar", case))

    assert "Plan an activity" not in page
    assert reverse("change-rar-activity", args=[case.crn, activity.pk]) not in page


@pytest.mark.parametrize("page", ["case", "case-sentence", "plan"])
def test_overview_sentence_and_plan_say_how_the_days_stand(client, case, requirement, page):
    RarActivityFactory(requirement=requirement, days=6)

    shown = words(see(client, case.officer, page, case))

    assert "Days ordered 10, planned 6, booked 0, credited 0. Stalled" in shown
    assert reverse("case-rar", args=[case.crn]) in shown


def test_what_is_owed_leads_to_the_page(client, case, requirement):
    DeadlineFactory(
        case=case, kind="book_rar_day", enquiry=None, triggered_on=localdate(), due_on=localdate()
    )

    shown = words(see(client, case.officer, "case", case))

    assert "Book a rehabilitation activity day" in shown
    assert reverse("case-rar", args=[case.crn]) in shown


def test_the_page_takes_as_many_statements_for_sixty_days_as_for_five(client, case, requirement):
    counts = []
    see(client, case.officer, "case-rar", case)
    for rows in (5, 55):
        for n in range(rows):
            activity = RarActivityFactory(requirement=requirement, days=1, what="A" * 300)
            credited(requirement, n + 1, activity)
        ordered(case)
        with CaptureQueriesContext(connection) as queries:
            see(client, case.officer, "case-rar", case)
        counts.append(len(queries))

    assert counts[0] == counts[1]
