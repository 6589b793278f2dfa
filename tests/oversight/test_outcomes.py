from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, now

from cases.models import Appointment, Contact, Limit
from staff.permissions import Role
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    ContactFactory,
    HomeVisitFactory,
    SentenceFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def at(days):
    return datetime.combine(localdate() + timedelta(days=days), time(10), get_current_timezone())


@pytest.fixture
def officer():
    return UserFactory(team=TeamFactory())


@pytest.fixture
def case(officer):
    case = CaseFactory(officer=officer, team=officer.team)
    SentenceFactory(case=case)
    return case


def brought(case, days=-1, **given):
    known = {"outcome_code": "", "outcome_name": "", "attended": None, "complied": None}
    return ContactFactory(case=case, started_at=at(days), **known | given)


def page_of(client, user, **query):
    client.force_login(user)
    return client.get(reverse("outcomes-to-log"), query)


def keys(page):
    return [row.key for row in page.context["rows"]]


def test_what_has_been_and_has_no_outcome_is_listed_the_oldest_first(client, officer, case):
    late, later = AppointmentFactory(case=case, at=at(-2)), AppointmentFactory(case=case, at=at(-1))
    oldest = brought(case, -300)
    AppointmentFactory(case=case, at=at(1))
    ContactFactory(case=case, started_at=at(-1))
    off = AppointmentFactory(case=case, at=at(-3))
    Appointment.objects.filter(pk=off.pk).update(
        called_off_at=now(), asked_by="service", called_off_because="Snow."
    )

    assert keys(page_of(client, officer)) == [oldest.pk, late.pk, later.pk]


def test_mine_are_those_i_see_and_the_teams_are_all_of_its_cases(client, officer, case):
    colleague = UserFactory(team=officer.team)
    theirs = AppointmentFactory(case=case, at=at(-1), officer=colleague)
    AppointmentFactory(at=at(-1))

    assert keys(page_of(client, officer)) == []
    assert keys(page_of(client, officer, whose="team")) == [theirs.pk]
    assert keys(page_of(client, colleague)) == [theirs.pk]


def test_a_row_is_logged_where_it_stands(client, officer, case):
    held = AppointmentFactory(case=case, at=at(-1))

    page = page_of(client, officer, open=held.pk)
    assert 'name="outcome"' in page.content.decode()
    answer = client.post(
        f"{reverse('outcomes-to-log')}?open={held.pk}", {"outcome": "ATTC", "notes": "He came."}
    )

    assert answer.status_code == 302
    line = Contact.objects.get(pk=held.pk)
    assert (line.outcome_code, line.notes) == ("ATTC", "He came.")


def test_whoever_did_not_come_is_shown_with_what_is_to_be_done_now(client, officer, case):
    missed = AppointmentFactory(case=case, at=at(-1))
    client.force_login(officer)

    answer = client.post(
        f"{reverse('outcomes-to-log')}?open={missed.pk}",
        {"outcome": "AFTA", "became_aware_on": "today"},
        follow=True,
    )

    assert answer.redirect_chain[0][0].startswith(
        reverse("appointment", args=[case.crn, missed.pk])
    )
    assert reverse("record-call", args=[case.crn, missed.pk]) in answer.content.decode()


def test_what_is_refused_is_said_in_the_row_and_typed_words_stay(client, officer, case):
    held = AppointmentFactory(case=case, at=at(-1))
    client.force_login(officer)

    page = client.post(
        f"{reverse('outcomes-to-log')}?open={held.pk}", {"outcome": "accepted", "notes": "Ill."}
    ).content.decode()

    assert "Which reason?" in page
    assert "Ill." in page
    assert Contact.objects.get(pk=held.pk).outcome_code == ""


def test_several_of_my_own_are_logged_as_kept_at_once(client, officer, case):
    held = [AppointmentFactory(case=case, at=at(-n)) for n in (1, 2)]
    old = brought(case, -30, sentence=case.sentences.get())
    client.force_login(officer)

    page = client.post(
        reverse("outcomes-to-log"), {"kept": [held[0].pk, old.pk]}, follow=True
    ).content.decode()

    assert "2 appointments are recorded as attended" in page
    codes = dict(Contact.objects.values_list("pk", "outcome_code"))
    assert codes == {held[0].pk: "ATTC", old.pk: "ATTC", held[1].pk: ""}


def test_a_visit_at_home_leads_to_its_sheet_and_is_not_logged_in_the_list(client, officer, case):
    visit = HomeVisitFactory(case=case, appointment__at=at(-1)).appointment

    page = page_of(client, officer, open=visit.pk)

    said = page.content.decode()
    assert page.context["form"] is None
    assert reverse("visit-sheet", args=[case.crn, visit.pk]) in said
    assert f'name="kept" value="{visit.pk}"' not in said


def test_nothing_of_somebody_else_is_logged_with_them(client, officer, case):
    other = AppointmentFactory(at=at(-1))
    client.force_login(officer)

    page = client.post(reverse("outcomes-to-log"), {"kept": [other.pk, "x"]}, follow=True)

    assert "Choose at least one appointment." in page.content.decode()
    assert Contact.objects.get(pk=other.pk).outcome_code == ""


def test_with_nothing_ticked_it_asks_for_one(client, officer, case):
    AppointmentFactory(case=case, at=at(-1))
    client.force_login(officer)

    page = client.post(reverse("outcomes-to-log"), {"log": "kept"}, follow=True)

    assert "Choose at least one appointment." in page.content.decode()


def test_every_appointment_is_on_exactly_one_page(client, officer, case):
    made = {brought(case, -n // 3 - 1).pk for n in range(115)}
    address, seen = reverse("outcomes-to-log"), []
    client.force_login(officer)

    while address:
        page = client.get(address)
        seen += keys(page)
        address = page.context["next"]

    assert len(seen) == 115
    assert set(seen) == made


def test_a_case_kept_from_the_reader_shows_its_masked_row_and_nothing_else(client, officer, case):
    held = AppointmentFactory(case=case, at=at(-1))
    Limit.objects.create(case=case, restricted=True, message="Kept from you.", ask="A. Head")

    page = page_of(client, officer)

    assert keys(page) == []
    assert case.surname not in page.content.decode()
    assert "Kept from you." in page.content.decode()
    assert page_of(client, officer, open=held.pk).context["opened"] is None


def test_with_nothing_to_log_it_says_so(client, officer):
    assert "Nothing is owed." in page_of(client, officer).content.decode()


def test_a_row_says_where_it_came_from_and_leads_to_its_page(client, officer, case):
    old = brought(case)

    page = page_of(client, officer).content.decode()

    assert "from the extract" in page
    assert reverse("appointment", args=[case.crn, old.pk]) in page


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SPO])
def test_the_list_takes_as_many_statements_for_many_rows_as_for_few(
    client, django_assert_max_num_queries, role
):
    counts = []
    for rows in (5, 60):
        user = UserFactory(role=role, team=TeamFactory())
        for n in range(rows):
            case = CaseFactory(officer=user, team=user.team)
            AppointmentFactory(case=case, at=at(-n - 1))
            brought(case, -n - 1)
        client.force_login(user)
        with django_assert_max_num_queries(60) as captured:
            client.get(reverse("outcomes-to-log"))
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_the_api_lists_the_same_a_page_at_a_time(client, officer, case):
    made = {AppointmentFactory(case=case, at=at(-1)).pk, brought(case, -2).pk}
    Limit.objects.create(
        case=CaseFactory(officer=officer, team=officer.team),
        restricted=True, message="Kept from you.", ask="A. Head",
    )  # fmt: skip
    client.force_login(officer)

    answer = client.get(reverse("api-outcomes-to-log")).json()

    assert {row["id"] for row in answer["results"]} == made
    assert [row["brought"] for row in answer["results"]] == [True, False]
    assert answer["limited_access"][0]["message"] == "Kept from you."
    assert answer["next_after"] is None
