"""Sessions and the day sheet on their pages and by the API: what a supervisor reads of a day, and never reads."""

import re
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from cases.models import NonAssociation
from staff.models import Entry
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import (
    EnquiryFactory,
    InstructionFactory,
    OffenceFactory,
    PersonFactory,
    PotentialVictimFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RestrictedAreaFactory,
    RestrictionFactory,
    UserFactory,
    WorkFactory,
    WorkSessionFactory,
    limit,
)
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_risk import cleared
from tests.unpaidwork.a_sheet import (
    DAY,
    MORNING,
    expect,
    planned,
    published,
    signed_again,
    supervisor_of,
)
from unpaidwork.models import Acknowledgement, Attendance, Instruction, WorkRisk, WorkSession
from unpaidwork.services.sheets import settle_reach

pytestmark = pytest.mark.django_db
MARK = "Qzx"  # begins every word that no supervisor may read


@pytest.fixture(autouse=True)
def morning():
    with frozen(MORNING):
        yield


def opened(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(answer):
    """As it is read: without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", text_of(answer)).split())


def flagged(code="AMHL", **said):
    case = cleared()
    InstructionFactory(registration=RegistrationFactory(case=case, type_code=code), **said)
    signed_again(case)
    return case


def test_a_supervisor_sees_their_own_sessions_and_no_others(client):
    mine, other = published(), published()
    user = supervisor_of(mine)

    page = text_of(opened(client, user, "work-sessions"))

    assert mine.project.name in page
    assert other.project.name not in page
    for name in ("work-session", "day-sheet"):
        assert opened(client, user, name, other.pk).status_code == 404


def test_a_supervisor_with_no_session_is_told_what_would_be_here(client):
    page = text_of(opened(client, UserFactory(role=Role.SUPERVISOR), "work-sessions"))

    assert "Sessions that you supervise would be here" in page


def test_a_coordinator_sees_what_each_session_lacks(client):
    case = cleared()
    RegistrationFactory(case=case, type_code="ARSO")
    session = planned(case)
    WorkSessionFactory(on=DAY, project__name="Canal")

    page = words_of(opened(client, coordinator(), "work-sessions"))

    assert "1 person without an instruction" in page
    assert "Nobody to supervise" in page
    assert "Nothing said to supervisors: 1 person" in page
    assert session.project.name in page


def test_a_coordinator_narrows_the_list_and_an_unknown_code_is_said_so(client):
    session, other = planned(), planned()
    user = coordinator()
    code = session.project.code

    narrowed = text_of(opened(client, user, "work-sessions", project=code, show="unready"))
    unknown = text_of(opened(client, user, "work-sessions", project="nowhere"))

    assert other.project.name not in narrowed.split("data-rows")[1]
    assert "Choose one of the answers" in unknown


def test_a_coordinator_publishes_staffs_and_is_told_what_stands_in_the_way(client):
    session = planned(WorkFactory().case)
    user = coordinator()
    client.force_login(user)

    page = client.post(reverse("publish-sheet", args=[session.pk]), follow=True)

    assert "The sheet is not published" in words_of(page)
    assert "No risk assessment for unpaid work is signed" in words_of(page)


def test_publishing_opens_the_sheet_to_its_supervisor(client):
    session = planned()
    client.force_login(coordinator())

    client.post(reverse("publish-sheet", args=[session.pk]))

    sheet = text_of(opened(client, supervisor_of(session), "day-sheet", session.pk))
    assert Attendance.objects.get().case.name in sheet


def test_a_supervisor_is_changed_by_a_coordinator(client):
    session, new = published(), UserFactory(role=Role.SUPERVISOR)
    before = supervisor_of(session)
    client.force_login(coordinator())

    client.post(reverse("staff-session", args=[session.pk]), {"staff": [new.pk]})

    assert opened(client, before, "day-sheet", session.pk).status_code == 404
    assert opened(client, new, "day-sheet", session.pk).status_code == 200


@pytest.mark.parametrize("name", ["publish-sheet", "staff-session"])
def test_a_supervisor_neither_publishes_nor_says_who_supervises(client, name):
    session = planned()
    client.force_login(supervisor_of(session))

    assert client.post(reverse(name, args=[session.pk])).status_code == 403


def test_nobody_is_on_a_sheet_that_is_not_published(client):
    session = planned()
    case = Attendance.objects.get().case

    page = text_of(opened(client, supervisor_of(session), "day-sheet", session.pk))

    assert case.surname not in page
    assert case.crn not in page


def test_the_sheet_says_what_not_to_allow_what_to_watch_for_what_to_do_and_whom_to_ring(client):
    session = published(
        flagged(
            must_not="Do not let them use the strimmer.",
            watch_for="Talking to themselves.",
            do="Sit with them away from the group.",
            ring="The duty officer, 01865 123456",
        )
    )

    page = words_of(opened(client, supervisor_of(session), "day-sheet", session.pk))

    at = [
        page.index(words)
        for words in (
            "You must not allow Do not let them use the strimmer.",
            "Watch for Talking to themselves.",
            "What to do, and whom to ring Sit with them away from the group.",
            "Ring the duty officer, 01865 123456",
            "Health and emergency",
        )
    ]
    assert at == sorted(at)
    assert "100 hours left" in page


def test_the_sheet_says_no_register_no_date_of_birth_and_no_offence(client):
    case = flagged("WEAP")
    session = published(case)

    page = text_of(opened(client, supervisor_of(session), "day-sheet", session.pk))

    assert case.name in page
    for words in ("Weapons", "WEAP", "4 May 1990", "04/05/1990", "1990-05-04", "Age"):
        assert words not in page


def test_nothing_written_about_somebody_is_not_called_no_risk(client):
    session = published()

    page = words_of(opened(client, supervisor_of(session), "day-sheet", session.pk))

    assert "That is not the same as no risk." in page


def test_who_not_to_pair_is_a_first_name_and_an_initial_and_only_where_both_come(client):
    one, other, absent = cleared(), cleared(), cleared()
    session = published(one, other)
    for case in (other, absent):
        first, second = sorted([one, case], key=lambda each: each.pk)
        NonAssociation.objects.create(one=first, other=second, why=f"{MARK}fight", from_on=DAY)

    page = words_of(opened(client, supervisor_of(session), "day-sheet", session.pk))

    assert page.count(f"Do not pair with {other.forename} {other.surname[0]} ") == 2
    assert absent.surname not in page
    assert MARK not in page


def test_a_supervisor_says_they_have_read_each_and_is_led_to_the_next(client):
    session = published(cleared(), cleared())
    user = supervisor_of(session)
    first, second = Attendance.objects.order_by("case__sort_name")
    page = text_of(opened(client, user, "day-sheet", session.pk))
    digest = re.findall(r'name="digest" value="(\w+)"', page)[0]

    answer = client.post(
        reverse("acknowledge-sheet", args=[session.pk, first.pk]), {"digest": digest}
    )

    assert answer["Location"].endswith(f"#place-{second.pk}")
    assert Acknowledgement.objects.get().case_id == first.case_id
    assert "Still to be read: 1 person" in words_of(client.get(answer["Location"]))


def test_what_changed_meanwhile_is_to_be_read_again(client):
    session = published(flagged())
    user = supervisor_of(session)
    page = text_of(opened(client, user, "day-sheet", session.pk))
    digest = re.findall(r'name="digest" value="(\w+)"', page)[0]
    Instruction.objects.update(do="Ring at once.")

    place = Attendance.objects.get()
    answer = client.post(
        reverse("acknowledge-sheet", args=[session.pk, place.pk]), {"digest": digest}, follow=True
    )

    assert "has changed since you opened it" in words_of(answer)
    assert not Acknowledgement.objects.exists()


def test_a_view_is_in_the_trail_of_the_case(client):
    session = published()
    user = supervisor_of(session)

    opened(client, user, "day-sheet", session.pk)

    case = Attendance.objects.get().case
    assert Entry.objects.filter(action="read_day_sheet", crn=case.crn, by=user).count() == 1


def test_a_kept_person_is_a_safety_instruction_and_whom_to_ask(client):
    case = flagged()
    session = published(case)
    user = supervisor_of(session)
    made = limit(case, kept_out=[user])
    made.safety = "Two staff at all times."
    made.save()

    for name in (
        "day-sheet",
        "api-day-sheet",
        "work-session",
        "work-sessions",
        "api-work-sessions",
    ):
        args = [] if name.endswith("sessions") else [session.pk]
        page = text_of(opened(client, user, name, *args))
        for words in (case.crn, case.surname, Instruction.objects.get().do):
            assert words not in page
    page = words_of(opened(client, user, "day-sheet", session.pk))
    assert "Limited access Two staff at all times. Ask the head of service" in page


# Victims: names and addresses reach no supervisor


def marked(case):
    """Everything about others and about the past that the record holds, in marked words."""
    victim = RelatedPersonFactory(
        case=case, kind="partner", name=f"{MARK}victim Lane", protected=True, victim=True,
        address=f"12 {MARK}street Road", postcode="QZ9 9ZQ", relationship=f"{MARK}wife",
    )  # fmt: skip
    RelatedPersonFactory(case=case, name=f"{MARK}child")
    PotentialVictimFactory(person=victim, how=f"{MARK}how")
    PersonFactory(case=case, notes=f"{MARK}notes", preferred_name=f"{MARK}preferred")
    OffenceFactory(sentence=case.sentences.get(), description=f"{MARK}offence")
    EnquiryFactory(case=case, kind="children", analysed=True, reply_text=f"{MARK}reply")
    order = RestrictionFactory(
        case=case, terms="areas", prohibits=f"{MARK}prohibits", protects=victim, made_by=f"{MARK}court",
        source=f"{MARK}source",
    )  # fmt: skip
    RestrictedAreaFactory(restriction=order, label=f"{MARK}area")
    InstructionFactory(case=case, registration=None, restriction=order)
    RegistrationFactory(case=case, type_code="INVI", notes=f"{MARK}victim contact")
    flag = RegistrationFactory(
        case=case, type_code="ADVP", type_name=f"{MARK}type", notes=f"{MARK}register", evidence=f"{MARK}evidence"
    )  # fmt: skip
    InstructionFactory(registration=flag, must_not="Do not lend them your telephone.")
    risk = signed_again(case)
    answers = {
        code: one | {"said": "yes", "words": f"{MARK}answer {MARK}victim", "source": f"{MARK}said"}
        for code, one in risk.answers.items()
    }
    WorkRisk.objects.filter(pk=risk.pk).update(answers=answers)
    return order


ADDRESSES = ("work-sessions", "work-session", "day-sheet", "api-work-sessions", "api-day-sheet")


@pytest.mark.parametrize("name", ADDRESSES)
def test_nothing_of_a_victim_an_order_or_an_offence_reaches_a_supervisor(client, name):
    case = cleared()
    session = published(case)
    marked(case)
    args = [] if name.endswith("sessions") else [session.pk]

    page = text_of(opened(client, supervisor_of(session), name, *args))

    assert not re.findall(rf"\w*{MARK}\w*|QZ9", page, re.IGNORECASE)
    if name.endswith("sheet"):
        assert "Do not lend them your telephone." in page


@pytest.mark.parametrize("name", ["day-sheet", "api-day-sheet"])
@pytest.mark.parametrize(
    "words",
    ["Ring if Robin comes.", "Not on Acacia Road.", "Not in RG9 9XX.", "He raped somebody."],
)
def test_an_instruction_that_came_to_give_somebody_away_is_kept_back_and_they_do_not_start(
    client, name, words
):
    case = flagged()
    session = published(case)
    RelatedPersonFactory(case=case, name="Robin Lane", protected=True, address="12 Acacia Road")
    Instruction.objects.update(must_not=words)

    page = text_of(opened(client, supervisor_of(session), name, session.pk))

    assert words not in page
    assert "do not start work" in page


# By the API


def api(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_the_api_gives_the_minimum_of_that_day_and_takes_that_it_was_read():
    session = published(flagged())
    client = api(supervisor_of(session))

    sheet = client.get(reverse("api-day-sheet", args=[session.pk])).json()
    (one,) = sheet["people"]
    sent = {"place": one["place"], "digest": one["digest"]}
    read = client.post(reverse("api-acknowledge-sheet", args=[session.pk]), sent, format="json")

    assert set(one) == {
        "place", "masked", "name", "crn", "comes", "held", "held_here", "must_not", "watch_for", "do", "apart", "health",
        "safety", "ask", "hours_left", "digest", "acknowledged", "changed",
    }  # fmt: skip
    assert read.json()["acknowledged"]


def test_the_api_publishes_for_a_coordinator_and_refuses_in_the_words_of_the_page():
    session = planned(WorkFactory().case)
    client = api(coordinator())
    address = reverse("api-publish-sheet", args=[session.pk])

    refused = client.post(address)

    assert refused.status_code in (400, 409, 422)
    assert "No risk assessment for unpaid work is signed" in str(refused.json())
    assert api(supervisor_of(session)).post(address).status_code == 403
    assert WorkSession.objects.get(pk=session.pk).state == "planned"


def test_the_api_lists_what_each_session_lacks():
    case = cleared()
    RegistrationFactory(case=case, type_code="WEAP")
    planned(case)

    (row,) = api(coordinator()).get(reverse("api-work-sessions")).json()["results"]

    assert row["lacks"] == [
        "1 person without an instruction",
        "1 person not allowed to start work",
    ]


# In a fixed number of statements


def capture():
    return CaptureQueriesContext(connection)


def crowded(number):
    session = WorkSessionFactory(on=DAY, state="published", project__most=200, project__ratio=200)
    session.staff.add(UserFactory(role=Role.SUPERVISOR))
    for _ in range(number):
        work = WorkFactory()
        InstructionFactory(registration=RegistrationFactory(case=work.case, type_code="AMHL"))
        RelatedPersonFactory(case=work.case)
        expect(session, work.case)
    settle_reach(sessions=[session])
    return session


def test_a_sheet_of_sixty_takes_as_many_statements_as_one_of_five(client):
    counts = []
    for number in (5, 60):
        session = crowded(number)
        user = supervisor_of(session)
        opened(client, user, "day-sheet", session.pk)
        with capture() as seen:
            page = text_of(opened(client, user, "day-sheet", session.pk))
        assert page.count("<article") == number
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_a_list_of_sixty_sessions_takes_as_many_statements_as_one_of_five(client):
    user = coordinator()
    counts = []
    for number in (5, 55):
        for _ in range(number):
            WorkSessionFactory(on=DAY + timedelta(days=1))
        opened(client, user, "work-sessions")
        with capture() as seen:
            opened(client, user, "work-sessions")
        counts.append(len(seen))

    assert counts[0] == counts[1]


# A week of sessions, one after the other


def test_whoever_supervised_a_week_ago_is_ticked_and_nobody_is_down_before_that_is_saved(client):
    site = published().project
    session = WorkSessionFactory(project=site, on=DAY + timedelta(days=7))

    page = words_of(opened(client, coordinator(), "work-session", session.pk))

    assert (
        "Ticked: who supervised here on 2 October 2018. Nobody is down until you save it." in page
    )
    assert "Nobody is down to supervise." in page
    assert not session.staff.exists()


def test_whoever_is_down_is_ticked_and_not_who_supervised_before(client):
    site = published().project
    session = planned(on=DAY + timedelta(days=7), project=site)

    page = words_of(opened(client, coordinator(), "work-session", session.pk))

    assert "Ticked: who supervised" not in page


def test_from_one_session_the_next_that_is_not_published_is_reached(client):
    session, other = planned(), published(from_at=time(17), to_at=time(20))
    later = planned(on=DAY + timedelta(days=1), project__name="The far park")
    planned(on=DAY + timedelta(days=9))

    page = words_of(opened(client, coordinator(), "work-session", session.pk))
    last = words_of(opened(client, coordinator(), "work-session", later.pk))

    assert "Next that is not published: The far park, Wednesday 3 October 2018" in page
    assert other.project.name not in page
    assert "Next that is not published" not in last


def test_a_supervisor_finds_today_first_and_what_is_over_last(client):
    user = UserFactory(role=Role.SUPERVISOR)
    for days in (-1, 0, 1):
        planned(on=MORNING.date() + timedelta(days=days)).staff.add(user)

    page = words_of(opened(client, user, "work-sessions"))

    today = page.index("Today, Tuesday 2 October 2018")
    assert today < page.index("Wednesday 3 October 2018") < page.index("Monday 1 October 2018")
