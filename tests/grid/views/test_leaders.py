"""The page of whoever leads groups: nobody is listed as a woman, what runs out is said, and what needs cover is named."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Absence
from grid.models import LeaderHours, LeaderTraining
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import AbsenceFactory, TeamFactory, UserFactory
from tests.grid.planned_series import FIRST, NOW, TUESDAYS, facilitator, planned

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DAY = timedelta(days=1)
LATER = NOW + timedelta(days=22)  # 25 September: four of the Tuesdays lie in the next four weeks


@pytest.fixture(autouse=True)
def _clock():
    with frozen(NOW):
        yield


def sign_in(client, role, **known):
    user = UserFactory(role=role, first_name="Rea", last_name="Der", **known)
    client.force_login(user)
    return user


def see(client, name="leaders", *args):
    return " ".join(client.get(reverse(name, args=args)).content.decode().split())


def send(client, name, *args, **said):
    answer = client.post(reverse(name, args=args), said, follow=True)
    return " ".join(answer.content.decode().split())


def row_of(page, name):
    """The words of one row."""
    (row,) = [
        one for one in page.split('<tr class="govuk-table__row" data-row>') if name in one[:300]
    ]
    return row.split("</tr>")[0]


def test_each_is_listed_with_training_leave_hours_and_sessions(client):
    sign_in(client, Role.OFFICER)
    fran = facilitator(team=TeamFactory(name="Programmes"))
    LeaderTraining.objects.create(
        user=fran, skill="HEAL", from_on=date(2017, 1, 1), until=date(2018, 10, 1), recorded_at=NOW, recorded_by=fran
    )  # fmt: skip
    AbsenceFactory(user=fran, cover=None, from_on=date(2018, 12, 3), to_on=date(2018, 12, 7))
    LeaderHours.objects.create(user=fran, weekday=0, from_at=time(9), to_at=time(12))
    LeaderHours.objects.create(user=fran, weekday=0, from_at=time(13), to_at=time(20))
    planned(leaders=[fran])
    facilitator("Gil Gray", skill="")

    row = row_of(see(client), "Fran Field")

    assert "Facilitator, Programmes" in row
    assert "Making Amends: does not run out" in row
    assert "<strong>HEAL: until 1 October 2018: runs out in 28 days</strong>" in row
    assert "from 3 December 2018 to 7 December 2018" in row
    assert "Monday: 9am to midday, 1pm to 8pm" in row
    assert ">0</td>" in row  # the first is on 2 October, 29 days ahead
    other = row_of(see(client), "Gil Gray")
    assert "Nothing recorded" in other
    assert "Not recorded" in other


def test_sessions_of_the_next_four_weeks_are_counted(client):
    fran = facilitator()
    planned(leaders=[fran])
    with frozen(LATER):
        sign_in(client, Role.OFFICER)
        assert ">3</td>" in row_of(see(client), "Fran Field")


def test_whoever_cannot_lead_what_they_are_named_for_is_named_with_why_and_where_cover_is_named(
    client,
):
    fran = facilitator()
    series = planned(leaders=[fran])
    AbsenceFactory(user=fran, cover=None, from_on=TUESDAYS[1], to_on=TUESDAYS[1])
    with frozen(LATER):
        sign_in(client, Role.OFFICER)
        page = see(client)

    assert "To be covered in the next 4 weeks" in page
    link = f'<a class="govuk-link govuk-link--no-visited-state" href="{reverse("series", args=[series.pk])}">'
    assert (
        f"{link}Making Amends, session 2 on 9 October 2018</a>: Fran Field is away on 9 October 2018."
        in page
    )
    assert "session 1 on" not in page


@pytest.mark.parametrize("role", [Role.SPO, Role.FACILITATOR, Role.HEAD])
@pytest.mark.parametrize(
    ("sex", "words"),
    [("woman", "Yes"), ("man", "No"), ("not_said", "Has not stated"), ("", "Has not stated")],
)
def test_those_who_name_leaders_are_told_who_may_lead_groups_for_women(client, role, sex, words):
    sign_in(client, role)
    facilitator(sex=sex)

    page = see(client)

    assert f'data-label="May lead groups for women">{words}</td>' in row_of(page, "Fran Field")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HUB, Role.QUALITY, Role.AUDITOR])
def test_those_who_name_nobody_are_not_told_of_anybody_and_not_by_what_is_to_be_covered(
    client, role
):
    fran = facilitator(sex="woman")
    series = planned(leaders=[fran])
    series.led_by_women = True
    series.save()
    fran.sex = "man"
    fran.save()
    with frozen(LATER):
        sign_in(client, role)
        page = see(client)

    for told in ("for women", "not a woman", "Has not stated", "To be covered"):
        assert told not in page


def test_a_facilitator_finds_their_own_row_first_and_where_they_state_it(client):
    facilitator("Aa First")
    sign_in(client, Role.FACILITATOR)

    page = see(client)

    assert page.index("Rea Der (you)") < page.index("Aa First")
    assert "Groups for women: has not stated." in row_of(page, "Rea Der")
    assert f"{reverse('account')}#stating" in page
    assert "Record training" not in page


def test_a_senior_records_for_others_and_not_their_own_training(client):
    senior = sign_in(client, Role.SPO)
    LeaderTraining.objects.create(
        user=senior, skill="HEAL", from_on=TODAY, recorded_at=NOW, recorded_by=senior
    )
    facilitator()

    page = see(client)

    own, other = row_of(page, "Rea Der"), row_of(page, "Fran Field")
    for words in ("Record training", "Record days away", "Say when it runs out"):
        assert words in other
        assert words not in own
    assert "Set hours" in own
    assert "Set hours" in other


def test_nobody_yet_is_said(client):
    sign_in(client, Role.HEAD)

    assert "Until there is somebody, no group can be planned" in see(client)


def test_training_hours_and_leave_are_recorded_and_what_then_needs_cover_is_said(client):
    sign_in(client, Role.SPO)
    officer = UserFactory(role=Role.MENTOR, first_name="Olu", last_name="Ade")
    said = {"skill": "Making Amends", "from_on": "1 May 2018", "until": ""}

    page = send(client, "add-leader", user=officer.username, **said)
    assert "Olu Ade may lead Making Amends from 1 May 2018." in page
    planned(leaders=[officer])
    page = send(client, "record-leader-training", officer.pk, **said | {"skill": "HEAL"})
    assert "Olu Ade may lead HEAL" in page
    page = send(client, "leader-hours", officer.pk, hours_1="5pm to 9pm")
    assert "Tuesday: 5pm to 9pm" in page
    page = send(client, "record-leader-leave", officer.pk, from_on="2/10/2018", to_on="9/10/2018")
    assert "They are named for 2 sessions on those days: name cover" in page
    page = send(client, "cancel-leader-leave", Absence.objects.get().pk)
    assert "Olu Ade is not away" in page
    row = LeaderTraining.objects.get(skill="Making Amends")
    page = send(client, "end-leader-training", row.pk, until="16 October 2018")
    assert "They are named for 3 sessions after it: name cover" in page
    assert "until 16 October 2018: runs out in 43 days" in page
    page = send(client, "end-leader-training", row.pk, until="")
    assert "Making Amends does not run out for Olu Ade" in page


def test_what_is_refused_is_said_on_the_form(client):
    sign_in(client, Role.SPO)
    fran = facilitator()
    said = {"skill": "HEAL", "from_on": "1 May 2018", "until": "30 April 2018"}

    assert "cannot be before 1 May 2018" in send(client, "record-leader-training", fran.pk, **said)
    page = send(client, "leader-hours", fran.pk, hours_0="5pm to 9am")
    assert "9am is not after 5pm" in page
    assert "5pm to 9am" in page
    page = send(client, "leader-hours", fran.pk, hours_0="5am to 9am")
    assert "Groups are held between 7am and 10pm" in page
    page = send(client, "record-leader-leave", fran.pk, from_on="5/10/2018", to_on="4/10/2018")
    assert "cannot be before the first" in page
    assert not LeaderHours.objects.exists()
    assert not Absence.objects.exists()


def test_what_is_kept_is_there_when_a_form_is_opened(client):
    sign_in(client, Role.SPO)
    fran = facilitator()
    LeaderHours.objects.create(user=fran, weekday=0, from_at=time(9), to_at=time(12))
    row = LeaderTraining.objects.get(user=fran)
    row.until = FIRST
    row.save()

    assert "9am to midday" in see(client, "leader-hours", fran.pk)
    assert "2 October 2018" in see(client, "end-leader-training", row.pk)


def test_somebody_who_leads_nothing_is_not_found_and_leave_of_those_who_hold_cases_is_arranged_elsewhere(
    client,
):
    senior = sign_in(client, Role.SPO)
    officer = UserFactory(role=Role.OFFICER)
    absence = AbsenceFactory(user=officer, cover=None, from_on=FIRST, to_on=FIRST)
    own = LeaderTraining.objects.create(
        user=senior, skill="HEAL", from_on=TODAY, recorded_at=NOW, recorded_by=officer
    )

    for name in ("record-leader-training", "leader-hours", "record-leader-leave"):
        assert client.get(reverse(name, args=[officer.pk])).status_code == 404
    assert client.get(reverse("end-leader-training", args=[own.pk])).status_code == 404
    cancel = reverse("cancel-leader-leave", args=[absence.pk])
    assert client.post(cancel).status_code == 404
    LeaderTraining.objects.create(
        user=officer, skill="HEAL", from_on=TODAY, recorded_at=NOW, recorded_by=senior
    )
    assert client.post(cancel).status_code == 404
    assert client.get(cancel).status_code == 405


def test_sixty_leaders_of_long_names_take_as_many_statements_as_five(client):
    sign_in(client, Role.SPO)
    counts = []
    see(client)
    for rows in (5, 55):
        for n in range(rows):
            user = facilitator(f"{'F' * 100} {rows}{n}{'L' * 100}")
            AbsenceFactory(user=user, cover=None, from_on=FIRST, to_on=FIRST)
            LeaderHours.objects.create(user=user, weekday=0, from_at=time(9), to_at=time(12))
        with CaptureQueriesContext(connection) as queries:
            page = see(client)
        counts.append(len(queries))

    assert "60 people" in page
    assert counts[0] == counts[1]
