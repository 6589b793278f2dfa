"""Pages on which somebody cannot be seen as usual: recorded, asked about, put right, over; and what stands still meanwhile."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now
from rest_framework.test import APIClient

from cases.models import Pause, Whereabouts
from cases.reference.codes import Register
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.views.a_case import see, words
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    DeadlineFactory,
    PauseFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RequirementFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


def post(client, user, name, case, *beside, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data, follow=True)


def begin(client, user, case, **given):
    data = {
        "kind": "warrant",
        "from_on": say_date(localdate()),
        "source": "The court’s list of warrants",
        "last_seen_on": say_date(localdate() - 9 * DAY),
    }
    return post(client, user, "begin-pause", case, **data | given)


def test_a_warrant_is_on_every_page_with_what_is_next(client, case):
    page = words(begin(client, case.officer, case))

    by = case.deadlines.get(kind="ask_whereabouts").due_on
    asked = f"The police are to be asked by {say_date(by)} where they are"
    assert by > localdate()
    assert page.count(asked) == 2  # as it is recorded, and until somebody has asked
    assert f"Nobody has asked yet. {asked}" in page
    assert "today, and each month" not in page
    assert "9 days ago" in page
    assert "Say what they answered" in page
    assert "Who could be hurt while nobody knows where they are?" in page
    since = f"Warrant out since {say_date(localdate())}"
    assert since in words(see(client, case.officer, "case-contacts", case))


def test_of_a_warrant_out_for_long_the_page_says_today_as_what_is_owed_does(client, case):
    since = localdate() - 300 * DAY

    page = words(begin(client, case.officer, case, from_on=say_date(since), last_seen_on=""))

    assert case.deadlines.get(kind="ask_whereabouts").due_on == localdate()
    assert "The police are to be asked today where they are" in page


def test_the_prison_is_asked_for_and_kept(client, case):
    refused = words(begin(client, case.officer, case, kind="custody"))
    assert "Which prison" in refused

    begin(client, case.officer, case, kind="custody", prison="HMP Bullingdon")

    assert Pause.objects.get().where == "HMP Bullingdon"


def test_what_is_to_come_may_be_called_off_in_the_same_step(client, case):
    off, stays = [AppointmentFactory(case=case, at=now() + n * DAY) for n in (2, 60)]
    page = words(see(client, case.officer, "begin-pause", case))
    assert "Which of these appointments are called off now?" in page

    begin(client, case.officer, case, kind="hospital", hospital="Ward 3", calls_off=[off.pk])

    off.refresh_from_db()
    stays.refresh_from_db()
    assert (bool(off.called_off_at), bool(stays.called_off_at)) == (True, False)


def test_the_answer_of_the_police_stands_on_the_page_without_a_protected_name(client, case):
    RelatedPersonFactory(case=case, name="Dana Hill", protected=True)
    pause = PauseFactory(case=case, from_on=localdate())
    given = {"on": "today", "asked": "Thames Valley Police", "said": "Seen near Dana Hill’s flat"}

    page = words(post(client, case.officer, "record-whereabouts", case, pause.pk, **given))

    assert Whereabouts.objects.get().said == "Seen near Dana Hill’s flat"
    assert "Thames Valley Police" in page
    hub = UserFactory(role=Role.HUB)
    assert "Dana Hill" not in words(see(client, hub, "standing-still", case))


def test_over_it_says_who_sees_them_and_goes_into_the_history(client, case):
    pause = PauseFactory(case=case, from_on=localdate() - 5 * DAY)
    given = {"to_on": "today", "because": "Arrested, and bailed by the court", "now_as": "usual"}

    page = words(post(client, case.officer, "end-pause", case, pause.pk, **given))

    assert "See them as soon as you can" in page
    assert "Arrested, and bailed by the court" in page
    assert case.deadlines.unmet().get(kind="see_again")


def test_an_end_into_custody_is_recorded_in_the_same_step(client, case):
    pause = PauseFactory(case=case, from_on=localdate())
    given = {"to_on": "today", "because": "Arrested and remanded", "now_as": "custody"}

    post(client, case.officer, "end-pause", case, pause.pk, **given, prison="HMP Bullingdon")

    assert case.pauses.running().get().where == "HMP Bullingdon"


def test_a_mistake_is_put_right(client, case):
    pause = PauseFactory(case=case, from_on=localdate())
    page = words(see(client, case.officer, "correct-pause", case, pause.pk))
    assert "The court’s list" in page
    given = {"kind": "at_large", "from_on": "today", "source": "The prison rang"}

    post(client, case.officer, "correct-pause", case, pause.pk, **given)

    pause.refresh_from_db()
    assert (pause.kind, pause.source) == ("at_large", "The prison rang")


def test_what_the_record_suggests_is_proposed_and_not_assumed(client, case):
    RegistrationFactory(case=case, type_code=Register.WARRANT)

    page = words(see(client, case.officer, "standing-still", case))

    assert "A warrant or summons is on the register" in page
    assert "Record it: warrant out" in page
    assert not Pause.objects.exists()


def test_a_curfew_alone_is_said_and_so_is_that_the_record_cannot_tell(client, case):
    sentence = SentenceFactory(case=case, order="community")
    assert "it cannot tell" in words(see(client, case.officer, "standing-still", case))

    RequirementFactory(sentence=sentence, main_code="M", main_name="Curfew")

    assert "A curfew and nothing else" in words(see(client, case.officer, "standing-still", case))


def test_whoever_may_only_look_is_offered_nothing_to_do(client, case):
    PauseFactory(case=case)

    page = words(see(client, UserFactory(role=Role.QUALITY), "standing-still", case))

    assert "Warrant out since" in page
    assert "Say that it is over" not in page
    assert "Record something else" not in page


def test_the_page_asks_the_same_number_of_questions_however_much_was_recorded(client, case):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            see(client, case.officer, "standing-still", case)
        return len(queries)

    def more(times, pause):
        for _ in range(times):
            PauseFactory(
                case=case, kind="hospital", where="Ward", to_on=localdate(), from_on=localdate() - DAY,
                ended_at=now(), ended_by=case.officer, ended_because="Home again",
            )  # fmt: skip
            Whereabouts.objects.create(
                pause=pause, on=localdate(), asked="Police", said="Not seen", at=now(), by=case.officer
            )  # fmt: skip

    pause = PauseFactory(case=case)
    DeadlineFactory(case=case, kind="home_visit", paused_on=localdate())
    more(2, pause)
    asked()  # what is asked once a process is not counted
    few = asked()
    more(20, pause)

    assert asked() == few


def test_the_same_by_the_api(case):
    api = APIClient()
    api.force_login(case.officer)
    here = reverse("api-pauses", args=[case.crn])
    today = localdate().isoformat()
    begun = {"kind": "at_large", "from_on": today, "who_said": "The prison rang"}

    made = api.post(here, begun, format="json")
    assert made.status_code == 201, made.data
    key = made.data["id"]
    asked = {"on": today, "asked": "Thames Valley Police", "said": "Not seen"}
    told = api.post(reverse("api-record-whereabouts", args=[case.crn, key]), asked, format="json")
    assert told.status_code == 201
    right = {**begun, "who_said": "The prison’s gate rang"}
    assert api.post(reverse("api-correct-pause", args=[case.crn, key]), right, format="json").status_code == 200  # fmt: skip
    over = {"to_on": today, "because": "Arrested", "now_as": "custody", "where": "HMP Bullingdon"}
    assert api.post(reverse("api-end-pause", args=[case.crn, key]), over, format="json").status_code == 200  # fmt: skip
    again = api.post(reverse("api-end-pause", args=[case.crn, key]), over, format="json")
    assert again.status_code == 422

    listed = api.get(here).data
    assert [one["kind"] for one in listed["pauses"]] == ["custody", "at_large"]
    assert listed["pauses"][1]["asked"][0]["said"] == "Not seen"
