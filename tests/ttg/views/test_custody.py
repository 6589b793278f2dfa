"""The page of custody and each act on it, sent once; and what refuses."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    AssignmentFactory,
    CaseFactory,
    CustodyFactory,
    PrisonFactory,
    PrisonStayFactory,
    RelatedPersonFactory,
    SentenceFactory,
    UserFactory,
)
from ttg.models import Custody, Prison, ReleaseChange
from ttg.queries.custody import ACTS
from ttg.reference.custody import ReleaseKind

pytestmark = pytest.mark.django_db
NAMES = [name for _, name in ACTS]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def officer(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def case(officer):
    return CaseFactory(officer=officer, forename="Alan", surname="Smith", born_on=date(1980, 1, 1))


@pytest.fixture
def stay(case):
    custody = CustodyFactory(case=case, received_on=date(2018, 1, 8))
    PrisonStayFactory(custody=custody)
    return custody


def words(answer):
    return " ".join(answer.content.decode().split())


def seen(client, case, name="custody"):
    return words(client.get(reverse(name, args=[case.crn])))


def send(client, case, name, **said):
    return words(client.post(reverse(name, args=[case.crn]), said, follow=True))


def test_whoever_was_never_in_prison_has_a_page_that_says_so(client, case):
    text = seen(client, case)

    assert "They are not recorded as in prison" in text
    assert reverse("receive-into-custody", args=[case.crn]) in text
    assert not any(reverse(name, args=[case.crn]) in text for name in NAMES)


def test_somebody_is_recorded_as_in_prison(client, case):
    prison = PrisonFactory()

    text = send(
        client, case, "receive-into-custody",
        kind="sentenced", received_on="today", prison=prison.pk, source="Reception, by telephone",
    )  # fmt: skip

    assert "It is recorded. Reckon the dates next" in text
    assert Custody.objects.get().prison == prison


def test_a_second_stay_is_not_offered(client, stay):
    text = seen(client, stay.case, "receive-into-custody")

    assert "in prison already" in text
    assert "Record it</button>" not in text


def test_a_form_that_is_not_whole_says_how_to_mend(client, case):
    text = send(client, case, "receive-into-custody", kind="", received_on="tomorrow")

    assert "There is a problem" in text
    assert "is still to come" in text
    assert not Custody.objects.exists()


def test_the_screening_is_recorded(client, stay):
    text = send(client, stay.case, "record-screening", on="today", whom="P. Okoro")

    assert "P. Okoro" in text
    assert "five working days after it" in text


def test_the_dates_are_reckoned_and_the_working_is_shown(client, case):
    CustodyFactory(case=case, received_on=date(2018, 1, 8), release_on=None, release_kind="")

    text = send(
        client, case, "reckon-release",
        seen="0", kind="determinate", sentenced_on_1="8 January 2018", months_1="6", offence_on_1="1/6/2017",
        remand_days="30",
    )  # fmt: skip

    # 6 months less 30 days: half way on 9 March 2018, a Friday
    assert "How the dates were worked out" in text
    assert "Friday 9 March 2018" in text
    assert "6 months, imposed 8 January 2018, offence of 1 June 2017" in text
    assert "Criminal Justice Act 2003 ss. 240ZA" in text
    assert "Version: 1" in text


def test_what_was_reckoned_from_is_in_its_boxes_again(client, case):
    CustodyFactory(case=case, received_on=date(2018, 1, 8), release_on=None, release_kind="")
    send(client, case, "reckon-release", seen="0", kind="determinate", sentenced_on_1="8 January 2018", months_1="6",
         sentenced_on_2="8 January 2018", weeks_2="3", consecutive_2="yes", bail_days="21")  # fmt: skip

    text = seen(client, case, "reckon-release")

    assert box(text, "sentenced_on_1") == "8 January 2018"
    assert box(text, "weeks_2") == "3"
    assert box(text, "bail_days") == "21"
    assert box(text, "seen") == "1"


def box(text, name):
    return re.search(rf'name="{name}"[^>]*?value="([^"]*)"|value="([^"]*)"[^>]*?name="{name}"', text)[1]  # fmt: skip


def test_the_record_fills_in_what_it_knows_of_the_sentence(client, case):
    SentenceFactory(
        case=case, custody_status="D", started_on=date(2018, 9, 3), length=10, length_unit="Months"
    )
    CustodyFactory(case=case, release_on=None, release_kind="")

    text = seen(client, case, "reckon-release")

    assert box(text, "sentenced_on_1") == "3 September 2018"
    assert box(text, "months_1") == "10"


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"months_1": "6"}, "Enter the day on which sentence 1 was passed"),
        ({"sentenced_on_1": "8 January 2018"}, "Enter how long each sentence is"),
        ({}, "at least one sentence"),
        ({"sentenced_on_1": "8/1/2018", "months_1": "6", "recall": "fixed"}, "come back to prison"),
    ],
)
def test_a_sentence_that_is_not_whole_is_not_reckoned(client, stay, said, word):
    text = send(client, stay.case, "reckon-release", seen="0", kind="determinate", **said)

    assert word in text
    assert Custody.objects.get().reckoned == {}


def test_a_life_sentence_is_said_to_be_set_by_hand(client, stay):
    send(client, stay.case, "reckon-release", seen="0", kind="by_hand")

    stay.refresh_from_db()
    assert "set by hand" in stay.reckoned["notes"][0]
    assert stay.release_on == TODAY + timedelta(days=84)


def test_the_day_is_set_and_the_one_before_stays_visible(client, stay):
    text = send(
        client, stay.case, "set-release-day",
        seen="0", on="5 April 2019", kind="hdc", because="Granted, letter of 3 May",
    )  # fmt: skip

    assert "To Friday 5 April 2019, home detention curfew" in text
    assert "It is a Friday" in text
    assert "Granted, letter of 3 May" in text


def test_two_people_who_set_the_day_are_told_of_each_other_and_lose_no_word(client, stay):
    send(client, stay.case, "set-release-day", seen="0", on="5 April 2019", kind="hdc", because="Granted by the governor")  # fmt: skip

    said = {"on": "9 April 2019", "kind": "other", "because": "A court decided otherwise"}
    text = send(client, stay.case, "set-release-day", seen="0", **said)

    assert "Somebody has changed this stay since you opened the page: they leave 5 April 2019" in text  # fmt: skip
    assert "A court decided otherwise" in text
    assert ReleaseChange.objects.count() == 1
    # Sent again as the page now stands, it is written knowingly
    send(client, stay.case, "set-release-day", seen=box(text, "seen"), **said)
    stay.refresh_from_db()
    assert (stay.release_on, stay.release_kind) == (date(2019, 4, 9), ReleaseKind.OTHER)


def test_a_move_is_recorded_and_where_they_are_is_not_offered(client, stay):
    woodhill = PrisonFactory(name="HMP Woodhill")

    offered = seen(client, stay.case, "move-prison")
    text = send(client, stay.case, "move-prison", prison=woodhill.pk, on="today", because="Nearer home")  # fmt: skip

    assert f'value="{woodhill.pk}"' in offered
    assert f'<option value="{stay.prison_id}"' not in offered
    assert "HMP Woodhill" in text
    assert "Nearer home" in text


def test_a_release_is_recorded_and_the_stay_stays_to_be_read(client, stay):
    text = send(client, stay.case, "record-release", on="today")

    assert "Say where they sleep tonight" in text
    assert "Last day known" in text
    assert reverse("receive-into-custody", args=[stay.case.crn]) in text
    assert reverse("record-release", args=[stay.case.crn]) not in text


def test_a_release_recorded_by_mistake_is_undone_from_the_page_of_custody(client, stay):
    send(client, stay.case, "record-release", on="today")
    assert reverse("undo-release", args=[stay.case.crn]) in seen(client, stay.case)

    text = send(client, stay.case, "undo-release", because="Meant for another case")

    assert "Not released after all: Meant for another case" in text
    assert reverse("record-release", args=[stay.case.crn]) in text
    assert reverse("undo-release", args=[stay.case.crn]) not in text


def test_there_is_no_release_to_undo_of_somebody_in_prison(client, stay):
    text = send(client, stay.case, "undo-release", because="Meant for another case")

    assert "No release is recorded" in text


def test_a_worker_of_through_the_gate_may_not_undo_a_release(client, stay):
    worker = UserFactory(role=Role.RESETTLEMENT)
    AssignmentFactory(case=stay.case, user=worker, capacity="resettlement")
    Custody.objects.update(released_on=TODAY)
    client.force_login(worker)

    assert reverse("undo-release", args=[stay.case.crn]) not in seen(client, stay.case)
    assert client.post(reverse("undo-release", args=[stay.case.crn]), {}).status_code == 403


def test_a_stay_recorded_by_mistake_is_kept_with_the_reason(client, stay):
    text = send(
        client, stay.case, "end-custody", because="Recorded on the wrong case", mistaken="yes"
    )

    assert "Earlier stays in prison" in text
    assert "Recorded on the wrong case" in text


@pytest.mark.parametrize(
    ("name", "role", "called"),
    [("name-resettlement-worker", Role.RESETTLEMENT, "worker"), ("name-mentor", Role.MENTOR, "mentor")],
)  # fmt: skip
def test_somebody_is_named(client, stay, name, role, called):
    other = UserFactory(role=Role.HUB)
    chosen = UserFactory(role=role, first_name="Dana", last_name="Okoro")

    offered = seen(client, stay.case, name)
    text = send(client, stay.case, name, person=chosen.pk)
    stay.refresh_from_db()

    assert f'value="{other.pk}"' not in offered
    assert "Dana Okoro" in text
    assert getattr(stay, called) == chosen


def test_where_nobody_may_be_named_that_is_said(client, stay):
    assert "Nobody who works here may be named" in seen(client, stay.case, "name-mentor")


@pytest.mark.parametrize("name", NAMES)
def test_of_somebody_who_is_not_held_nothing_is_asked(client, case, name):
    text = words(client.get(reverse(name, args=[case.crn]), follow=True))

    assert "They are not recorded as in prison, so there is nothing to change" in text


@pytest.mark.parametrize("name", ["custody", "receive-into-custody", *NAMES])
def test_each_page_names_the_case_by_its_number_and_asks_once(client, stay, name):
    text = seen(client, stay.case, name)
    title = re.search("<title>(.*?)</title>", text)[1]

    assert stay.case.crn in title
    assert "Smith" not in title
    assert text.count("<h1") == 1


def test_somebody_who_may_only_read_is_offered_nothing(client, stay):
    client.force_login(UserFactory(role=Role.AUDITOR))

    text = seen(client, stay.case)

    assert "HMP Bullingdon" in text
    assert not any(reverse(name, args=[stay.case.crn]) in text for name in NAMES)


def test_the_worker_records_custody_of_the_cases_they_have(client, stay):
    worker = UserFactory(role=Role.RESETTLEMENT)
    client.force_login(worker)
    address = reverse("record-screening", args=[stay.case.crn])

    assert client.get(address).status_code == 404
    AssignmentFactory(case=stay.case, user=worker, from_on=TODAY)
    assert client.get(address).status_code == 200


def test_a_protected_name_is_kept_from_whoever_may_not_see_it(client, stay):
    RelatedPersonFactory(case=stay.case, name="Robin Lane", protected=True)
    Custody.objects.update(source="Robin Lane rang", prison_officer="Knows Robin Lane")
    stay.changes.create(was_on=None, release_on=TODAY, kind="other", because="Robin Lane asked", at=NOW)  # fmt: skip

    client.force_login(UserFactory(role=Role.HUB))
    kept = seen(client, stay.case)
    client.force_login(UserFactory(role=Role.HEAD))
    shown = seen(client, stay.case)

    assert "Robin Lane" not in kept
    assert shown.count("Robin Lane") == 3


def test_where_the_record_has_other_days_both_are_shown(client, stay):
    stay.sentence = SentenceFactory(case=stay.case, custody_status="D", expected_release_on=date(2019, 1, 7))  # fmt: skip
    stay.save()

    text = seen(client, stay.case)

    assert "nDelius says another day" in text
    assert "7 January 2019" in text


def test_the_page_of_many_stays_and_changes_takes_as_many_statements_as_that_of_few(client, stay):
    def statements():
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("custody", args=[stay.case.crn]))
        return len(found)

    def add(number):
        for n in range(number):
            day = TODAY + timedelta(days=n)
            stay.changes.create(release_on=day, kind="other", because="x", at=NOW, by=UserFactory())
            prison = PrisonFactory(name=f"HMP {number} {n}")
            stay.stays.create(prison=prison, from_on=TODAY, to_on=TODAY)
            CustodyFactory(
                case=stay.case, prison=prison, received_on=date(2017, 1, 1), released_on=date(2017, 2, 1)
            )  # fmt: skip

    add(5)
    statements()
    few = statements()
    add(60)

    assert statements() == few


def test_the_book_of_prisons_counts_who_is_held_there_among_the_cases_open_to_the_reader(client, stay):  # fmt: skip
    CustodyFactory(case=CaseFactory())
    PrisonFactory(name="HMP Woodhill", closed_on=TODAY)

    mine = words(client.get(reverse("prisons")))
    client.force_login(UserFactory(role=Role.HEAD))
    all_of_them = words(client.get(reverse("prisons")))

    assert "1 person" in mine
    assert "2 people" in all_of_them
    assert "Closed" in mine
    assert reverse("add-prison") not in mine
    assert reverse("add-prison") in all_of_them


def test_the_book_of_prisons_takes_as_many_statements_for_many_as_for_few(client):
    client.force_login(UserFactory(role=Role.HUB))

    def statements(number):
        for n in range(number):
            CustodyFactory(prison=PrisonFactory(name=f"HMP {number} {n}"), case=CaseFactory())
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("prisons"))
        return len(found)

    statements(1)
    assert statements(5) == statements(60)


def test_a_prison_is_added_changed_and_refused_twice(client):
    client.force_login(UserFactory(role=Role.HUB))
    said = {"name": "HMP Springhill", "resettles": "yes", "gate": "At the small door"}

    added = words(client.post(reverse("add-prison"), said, follow=True))
    twice = words(client.post(reverse("add-prison"), said, follow=True))
    prison = Prison.objects.get()
    client.post(reverse("change-prison", args=[prison.pk]), said | {"closed_on": "1/1/2019"})
    prison.refresh_from_db()

    assert "At the small door" in added
    assert "HMP Springhill is in the book already" in twice
    assert prison.closed_on == date(2019, 1, 1)


def test_nobody_is_sent_to_a_prison_that_has_closed(client, case):
    closed = PrisonFactory(name="HMP Reading", closed_on=TODAY)

    assert f'value="{closed.pk}"' not in seen(client, case, "receive-into-custody")
