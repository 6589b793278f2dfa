"""Contact delivered, planned and standard on the pages of a case."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate

from cases.reference.codes import Place
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    CaseFactory,
    ContactFactory,
    DeadlineFactory,
    PlanFactory,
    RelatedPersonFactory,
    SentenceFactory,
    StandingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def supervised(level="weekly", planned="monthly", because="He works nights.", **columns):
    case = CaseFactory(**{"arrived_on": None} | columns)
    StandingFactory(case=case, place=Place.GROUP, group="M50", needs="", contact_level=level)
    SentenceFactory(case=case, started_on=localdate() - 300 * DAY)
    if planned:
        answers = {"contact.level": planned, "contact.because": because}
        PlanFactory(case=case, signed=True, answers=answers)
    return case


def seen(case, days_ago, **columns):
    at = datetime.combine(localdate() - days_ago * DAY, time(10), get_current_timezone())
    return ContactFactory(case=case, started_at=at, **columns)


def test_three_numbers_stand_with_the_list_behind_each(client):
    case = supervised()
    seen(case, 3, notes="Talked about work.")
    seen(case, 10, attended=False, complied=False, outcome_code="AFTA")
    seen(case, 0, notes="Today.")

    page = see(client, case.officer, "case-contact-figures", case)
    contact = page.context["contact"]

    numbers = {cell.hidden: cell.text for cell in contact.numbers}
    assert numbers["Delivered"] == "1"
    assert numbers["Standard"] == "12"
    assert numbers["Planned"] in ("2", "3")
    behind = {one.anchor: one for one in contact.behind}
    assert len(behind["standard"].days) == 12
    assert len(behind["planned"].days) == int(numbers["Planned"])
    assert ["Talked about work" in one.text for one in behind["delivered"].items] == [True]
    assert len(behind["missed"].items) == 1
    assert "Offered on 2 days, of which 1 not kept" in words(page)


def test_every_number_leads_to_a_list_of_as_many_days(client):
    case = supervised()
    for days_ago in range(1, 30, 2):
        seen(case, days_ago)
        seen(case, days_ago, type_code="COPT")
    seen(case, 2, type_code="COUP", appointment=False)
    seen(case, 4, attended=None, outcome_code="")
    seen(case, 6, type_code="CHVS")

    contact = see(client, case.officer, "case-contact-figures", case).context["contact"]

    behind = {one.anchor: one for one in contact.behind}
    cells = [*contact.numbers, *contact.beside]
    assert sum(bool(cell.href) for cell in cells) >= 8
    for cell in cells:
        if cell.href:
            one = behind[cell.href.removeprefix("#")]
            days = len(one.days) or len({item.on[:10] for item in one.items})
            assert days == int(cell.text), cell.hidden


def test_the_reason_is_shown_where_the_plan_is_below_the_standard(client):
    below = words(see(client, *_of(supervised())))
    silent = words(see(client, *_of(supervised(because=""))))
    level = words(see(client, *_of(supervised(planned="weekly"))))

    assert "Why the plan is below the standard" in below
    assert "He works nights." in below
    assert "does not say why" in silent
    assert "below the standard" not in level


def _of(case):
    return case.officer, "case-contact-figures", case


def test_without_a_plan_that_says_it_is_not_nought(client):
    page = see(client, *_of(supervised(planned="")))

    assert [cell.text for cell in page.context["contact"].numbers][1] == "No plan"


@pytest.mark.parametrize(
    ("columns", "why"),
    [({"retained_by": "A. Officer"}, "not supervised by us"), ({"state": "closed"}, "not supervised by us")],
)  # fmt: skip
def test_of_somebody_who_is_not_ours_nothing_is_counted(client, columns, why):
    case = supervised(**columns)

    assert why in words(see(client, UserFactory(role=Role.QUALITY), "case-contact-figures", case))


def test_of_somebody_in_custody_nothing_is_counted_and_it_says_why(client):
    case = supervised()
    SentenceFactory(case=case, custody_status="D")

    assert "Not counted: in custody" in words(see(client, *_of(case)))


def test_the_overview_and_the_log_lead_there(client):
    case = supervised()
    href = reverse("case-contact-figures", args=[case.crn])

    assert "Delivered 0, planned" in words(see(client, case.officer, "case", case))
    assert href in words(see(client, case.officer, "case", case))
    assert href in words(see(client, case.officer, "case-contacts", case))


def test_protected_names_are_kept_from_whoever_may_not_see_them(client):
    case = supervised(because="Jo Bloggs asked for it.")
    RelatedPersonFactory(case=case, name="Jo Bloggs", protected=True)
    seen(case, 3, notes="Jo Bloggs rang.")

    assert "Jo Bloggs" in words(see(client, *_of(case)))
    assert "Jo Bloggs" not in words(
        see(client, UserFactory(role=Role.QUALITY), "case-contact-figures", case)
    )


def test_what_is_owed_this_month_leads_to_booking(client):
    case = supervised()
    DeadlineFactory(
        case=case,
        kind="monthly_contact",
        enquiry=None,
        triggered_on=localdate(),
        due_on=localdate(),
    )

    shown = words(see(client, case.officer, "case", case))

    assert "Offer a face-to-face appointment this month" in shown
    assert reverse("book-appointment", args=[case.crn]) in shown


def test_the_page_takes_as_many_statements_for_sixty_contacts_as_for_five(client):
    case = supervised()
    see(client, *_of(case))
    counts = []
    for rows in (5, 55):
        for n in range(rows):
            seen(case, n + 1)
        with CaptureQueriesContext(connection) as queries:
            see(client, *_of(case))
        counts.append(len(queries))

    assert counts[0] == counts[1]
