"""Supervision of an officer: its agenda from the record, its steps, and that it is nobody else's to read."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now
from rest_framework.test import APIClient

from cases.models import Deadline, SeniorAction
from cases.queries.work import owed_by
from cases.services.policy import supervision_policy
from oversight.models import AgreedAction, Supervision, WorkloadWeek
from oversight.queries.agenda import agenda_for
from oversight.queries.workload import monday_of
from oversight.reference.supervision import Topic
from oversight.services.supervision import (
    agree_action,
    begin_supervision,
    call_off_supervision,
    do_agreed_action,
    move_supervision,
    plan_supervision,
    read_supervision,
    sign_supervision,
    withdraw_agreed_action,
)
from staff.errors import RuleBroken
from staff.kit import on
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    AgreedActionFactory,
    CaseFactory,
    ContactFactory,
    DeadlineFactory,
    OverrideFactory,
    ReviewFactory,
    RouteDecisionFactory,
    SupervisionFactory,
    TeamFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
SAID = "We talked about two cases and about the course."


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def officer(team):
    return UserFactory(team=team)


@pytest.fixture
def spo(team):
    return UserFactory(role=Role.SPO, team=team)


@pytest.fixture
def held(officer, spo):
    return SupervisionFactory(officer=officer, senior=spo, state="held", held_on=localdate())


def day(days):
    return localdate() + timedelta(days=days)


def case_of(officer, **known):
    return CaseFactory(officer=officer, team=officer.team, officer_since=day(-400), **known)


def owed(case, kind, days, **known):
    due = {"due_on": day(days), "triggered_on": day(days - 5)}
    return DeadlineFactory(case=case, kind=kind, owner_role=Role.OFFICER, **due | known)


def agenda(officer, reader):
    found = agenda_for(officer, reader, localdate(), supervision_policy(localdate()))
    return {one.topic: (one.count, one.crns) for one in (*found.strengths, *found.red)}


# The agenda


def test_each_red_item_is_counted_from_the_record_with_its_cases(officer, spo):
    case, other = case_of(officer), case_of(officer)
    owed(case, "first_ten_days", -3)
    owed(other, "first_ten_days", -2)
    owed(case, "monthly_contact", -2)
    owed(case, "see_amendment", -2)
    owed(case, "place_person", 3)
    route = RouteDecisionFactory(case=case)
    DeadlineFactory(
        case=case, kind="book_replacement", route=route, owner_role=Role.SPO, due_on=day(2)
    )
    ReviewFactory(case=case, state="waiting", hollow=True, signed_at=now(), signed_by=officer)

    found = agenda(officer, spo)

    assert found[Topic.LATE_PERSON] == (2, (case.crn, other.crn))
    assert found[Topic.LATE_SENTENCE] == (1, (case.crn,))
    assert found[Topic.NO_ROUTE] == (1, (case.crn,))
    assert found[Topic.HOLLOW] == (1, (case.crn,))
    assert found[Topic.LATE_RECORD] == (1, (case.crn,))


def test_what_was_late_when_they_were_given_the_case_is_said_to_have_been(client, officer, spo):
    case = CaseFactory(officer=officer, team=officer.team, officer_since=day(-4))
    owed(case, "first_ten_days", -5)  # late on the day on which they were given it
    owed(case, "interim_plan", -4)
    owed(case, "monthly_contact", -2)

    found = agenda_for(officer, spo, localdate(), supervision_policy(localdate()))
    page = see(client, officer, "officer-supervision", officer.pk).content.decode()
    one = plan_supervision(officer=officer, planned_on=localdate(), by=spo, today=localdate())
    begin_supervision(supervision=one, by=spo, today=localdate())
    told = see(client, spo, "supervision", one.pk).context["agenda"]

    assert [(item.count, item.before) for item in found.red] == [(2, (case.crn,)), (1, ())]
    assert "<strong>2</strong>, 1 of it late already when the case was given to them" in page
    assert [(item.count, item.before) for item in told.red] == [(2, 1), (1, 0)]


def test_an_override_is_open_until_its_last_day_and_has_run_out_after_it(officer, spo):
    known = {"state": "approved", "decided_at": now(), "decided_by": spo}
    OverrideFactory(assessment__case=case_of(officer), expires_on=day(0), **known)
    OverrideFactory(assessment__case=case_of(officer), expires_on=day(-1), **known)

    found = agenda(officer, spo)

    assert (found[Topic.GATE_OPEN][0], found[Topic.RUN_OUT][0]) == (1, 1)


def test_an_excessive_workload_is_said_in_weeks(officer, spo):
    monday = monday_of(localdate())
    for weeks in range(4):
        WorkloadWeek.objects.create(
            user=officer, week=monday - timedelta(weeks=weeks), points=2400, available=2000, percent=120,
            cases=60, policy_version=1, kept_at=now(),
        )  # fmt: skip

    assert agenda(officer, spo)[Topic.WORKLOAD] == (4, ())


def test_strengths_are_what_was_done_on_time_since_they_had_the_case(officer, spo):
    case = case_of(officer)
    owed(case, "first_ten_days", 1, met_on=localdate())
    owed(case, "monthly_contact", 0, met_on=localdate())
    owed(case, "read_information", -4, met_on=localdate())  # late
    owed(case, "make_plan", 2, met_on=localdate(), void=True)  # not owed any more
    before = CaseFactory(officer=officer, team=officer.team, officer_since=day(-1))
    owed(before, "first_ten_days", -3, met_on=day(-4), triggered_on=day(-9))  # somebody else's
    for days in (-3, -10):
        ContactFactory(
            case=case,
            appointment=True,
            attended=True,
            complied=True,
            started_at=now() + timedelta(days=days),
        )

    found = agenda(officer, spo)

    assert found == {
        Topic.SAFE_ON_TIME: (1, (case.crn,)),
        Topic.ON_TIME: (1, (case.crn,)),
        Topic.KEPT: (1, (case.crn,)),
    }


def test_what_was_kept_before_they_had_the_case_is_not_their_strength(officer, spo):
    case = CaseFactory(officer=officer, team=officer.team, officer_since=day(-5))
    for days in (-3, -10):
        ContactFactory(case=case, started_at=now() + timedelta(days=days))
    assert agenda(officer, spo) == {}

    ContactFactory(case=case, started_at=now() - timedelta(days=5))

    assert agenda(officer, spo)[Topic.KEPT] == (1, (case.crn,))


def test_one_appointment_alone_or_one_missed_is_no_strength(officer, spo):
    alone, missed = case_of(officer), case_of(officer)
    for case, kept in ((alone, True), (missed, True), (missed, False)):
        ContactFactory(
            case=case,
            appointment=True,
            attended=kept,
            complied=kept,
            started_at=now() - timedelta(days=2),
        )

    assert agenda(officer, spo) == {}


def test_it_looks_back_to_the_last_supervision(officer, spo):
    owed(case_of(officer), "first_ten_days", -20, met_on=day(-21), triggered_on=day(-30))
    assert Topic.SAFE_ON_TIME in agenda(officer, spo)

    SupervisionFactory(officer=officer, signed=True, held_on=day(-7))

    assert agenda(officer, spo) == {}


def test_a_case_that_is_kept_from_the_reader_is_not_counted_and_no_other_officers_is(officer, spo):
    kept = case_of(officer)
    owed(kept, "first_ten_days", -3)
    owed(case_of(UserFactory(team=officer.team)), "first_ten_days", -3)
    limit(kept, kept_out=[spo])

    assert agenda(officer, spo) == {}
    assert agenda(officer, officer)[Topic.LATE_PERSON] == (1, (kept.crn,))


def test_an_agenda_takes_as_many_statements_for_forty_cases_as_for_two(officer, spo):
    taken = []
    for count in (2, 38):
        for _ in range(count):
            case = case_of(officer)
            owed(case, "first_ten_days", -3)
            owed(case, "monthly_contact", 0, met_on=localdate())
            ReviewFactory(case=case, complete=True, signed_by=officer)
        with CaptureQueriesContext(connection) as found:
            agenda(officer, spo)
        taken.append(len(found))

    assert taken[0] == taken[1] <= 11


# Its steps


def test_it_is_planned_held_signed_and_read_and_the_next_is_planned(officer, spo):
    today = localdate()
    owed(case_of(officer), "first_ten_days", -3)
    one = plan_supervision(officer=officer, planned_on=day(3), by=spo, today=today)
    move_supervision(supervision=one, planned_on=day(2), by=spo, today=today)
    begin_supervision(supervision=one, by=spo, today=today)
    sign_supervision(
        supervision=one, discussed=SAID, next_on=day(40), by=spo, today=today, now=now()
    )
    read = read_supervision(supervision=one, by=officer, answer="I agree.", now=now())

    assert (read.state, read.planned_on, read.held_on, read.answer) == (
        "read",
        day(2),
        today,
        "I agree.",
    )
    assert [item["topic"] for item in read.agenda["items"]] == ["late_person"]
    assert officer.supervisions.unfinished().get().planned_on == day(40)
    did = set(Entry.objects.values_list("action", flat=True))
    assert {
        "planned_supervision",
        "began_supervision",
        "signed_supervision",
        "read_supervision",
    } <= did


def test_the_agenda_stays_as_it_stood_when_it_began(officer, spo):
    deadline = owed(case_of(officer), "first_ten_days", -3)
    one = plan_supervision(officer=officer, planned_on=localdate(), by=spo, today=localdate())
    begun = begin_supervision(supervision=one, by=spo, today=localdate())

    Deadline.objects.filter(pk=deadline.pk).update(met_on=localdate())

    assert begun.agenda["items"][0]["count"] == 1
    assert agenda(officer, spo) == {}


def test_what_is_agreed_on_a_case_is_a_deadline_of_the_officer(officer, spo, held):
    case = case_of(officer)

    made = agree_action(
        supervision=held, what="Ring his mother.", why="Nobody has.", due_on=day(5), case=case, by=spo,
        today=localdate(), now=now(),
    )  # fmt: skip

    (deadline,) = owed_by(officer, localdate())
    assert deadline.senior_action == made.on_case
    assert (made.what, made.due_on) == ("", None)


def test_what_is_agreed_on_no_case_stands_in_the_session_until_it_is_done(officer, spo, held):
    known = {
        "what": "Do the course.",
        "why": "It comes up.",
        "by": spo,
        "today": localdate(),
        "now": now(),
    }
    made = agree_action(supervision=held, due_on=day(5), **known)
    other = agree_action(supervision=held, due_on=day(9), **known)

    done = do_agreed_action(agreed=made, because="I did it in May.", by=officer, today=localdate())
    off = withdraw_agreed_action(agreed=other, because="It is full.", by=spo, today=localdate())

    assert (done.state, off.state) == ("done", "withdrawn")
    assert not AgreedAction.objects.unsettled().exists()
    with pytest.raises(RuleBroken, match="nothing more"):
        do_agreed_action(agreed=made, because="Once more.", by=officer, today=localdate())


def test_a_case_of_somebody_else_is_not_theirs_to_do(spo, held):
    with pytest.raises(RuleBroken, match="does not hold this case"):
        agree_action(
            supervision=held, what="Ring.", why="Nobody has.", due_on=day(5),
            case=CaseFactory(team=spo.team), by=spo, today=localdate(), now=now(),
        )  # fmt: skip
    assert not SeniorAction.objects.exists()


def test_nothing_is_done_out_of_turn(officer, spo, held):
    today, other = localdate(), UserFactory(role=Role.SPO, team=spo.team)
    sign = {"discussed": SAID, "next_on": day(30), "today": today, "now": now()}
    with pytest.raises(RuleBroken, match="is planned for"):
        plan_supervision(officer=officer, planned_on=day(3), by=spo, today=today)
    with pytest.raises(RuleBroken, match="signs it"):
        sign_supervision(supervision=held, by=other, **sign)
    with pytest.raises(RuleBroken):
        sign_supervision(supervision=held, by=spo, **sign | {"discussed": "n/a"})
    with pytest.raises(RuleBroken):
        read_supervision(supervision=held, by=officer, now=now())

    signed = sign_supervision(supervision=held, by=spo, **sign)

    with pytest.raises(RuleBroken, match="Only"):
        read_supervision(supervision=signed, by=spo, now=now())
    with pytest.raises(RuleBroken):
        call_off_supervision(supervision=signed, because="She is ill.", by=spo, today=today)
    with pytest.raises(RuleBroken):
        move_supervision(supervision=signed, planned_on=day(2), by=spo, today=today)
    with pytest.raises(RuleBroken):
        agree_action(supervision=signed, what="More.", why="Later.", due_on=day(2), by=spo, today=today, now=now())  # fmt: skip


def test_one_that_began_and_whose_senior_is_gone_is_called_off_by_another(
    client, officer, spo, held
):
    agreed = AgreedActionFactory(supervision=held, due_on=day(9))
    other = UserFactory(role=Role.SPO, team=spo.team)
    spo.is_active = False
    spo.save()
    because = "Sam left before it was written up."
    assert reverse("call-off-supervision", args=[held.pk]) in see(client, other, "supervision", held.pk).content.decode()  # fmt: skip

    assert "It is called off" in send(client, other, "call-off-supervision", held.pk, because=because)  # fmt: skip

    held.refresh_from_db()
    assert (held.state, held.called_off_by, held.discussed) == ("called_off", other, "")
    assert list(AgreedAction.objects.unsettled()) == [agreed]
    plan_supervision(officer=officer, planned_on=day(3), by=other, today=localdate())


def test_a_crn_is_refused_wherever_words_are_on_no_case(officer, spo, held):
    known = {"by": spo, "today": localdate()}
    crn = case_of(officer).crn
    say = f"Look at {crn} first."
    agreed = AgreedActionFactory(supervision=held, due_on=day(9))
    for refused in (
        lambda: agree_action(supervision=held, what=say, why="It is late.", due_on=day(5), now=now(), **known),
        lambda: agree_action(supervision=held, what="Look at one.", why=say, due_on=day(5), now=now(), **known),
        lambda: do_agreed_action(agreed=agreed, because=say, by=officer, today=localdate()),
        lambda: sign_supervision(supervision=held, discussed=say, next_on=day(40), now=now(), **known),
        lambda: call_off_supervision(supervision=held, because=say, **known),
    ):  # fmt: skip
        with pytest.raises(RuleBroken, match="Leave the CRN out"):
            refused()
    signed = sign_supervision(supervision=held, discussed=SAID, next_on=day(40), now=now(), **known)
    with pytest.raises(RuleBroken, match="Leave the CRN out"):
        read_supervision(supervision=signed, by=officer, answer=say, now=now())

    signed.refresh_from_db()
    assert (signed.state, signed.answer) == ("signed", "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "held"},
        {"state": "signed", "held_on": localdate(), "signed_at": now()},
        {"state": "read", "held_on": localdate(), "signed_at": now(), "discussed": SAID},
        {"state": "called_off"},
        {"answer": "Unread."},
    ],
)
def test_the_database_refuses_a_session_that_is_half_there(officer, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        SupervisionFactory(officer=officer, **wrong)
    assert not Supervision.objects.exists()


# Its pages


def see(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args), follow=True)


def send(client, user, name, *args, **data):
    client.force_login(user)
    return client.post(reverse(name, args=args), data, follow=True).content.decode()


def test_the_team_is_listed_by_name_with_what_is_overdue_said(client, team, spo):
    late = UserFactory(team=team, first_name="Zoe", last_name="Abel")
    never = UserFactory(team=team, first_name="Amy", last_name="Young")
    one = SupervisionFactory(officer=late, signed=True, held_on=day(-60))
    AgreedActionFactory(supervision=one, due_on=day(-1))
    AgreedActionFactory(supervision=one, due_on=day(9))

    page = see(client, spo, "supervisions").content.decode()

    assert page.index(late.name) < page.index(never.name)
    assert "Overdue" in page
    assert "2 (1 late)" in page
    assert reverse("plan-supervision", args=[never.pk]) in page


def test_a_page_of_each_kind_says_what_would_be_there_where_nothing_is(client, officer, spo):
    assert "None was recorded yet" in see(client, officer, "supervisions").content.decode()
    assert "Nothing is late, open or run out" in see(client, spo, "officer-supervision", officer.pk).content.decode()  # fmt: skip


def test_a_senior_plans_begins_agrees_and_signs_and_the_officer_answers(client, officer, spo):
    case = case_of(officer)
    owed(case, "first_ten_days", -3)
    said = f"{day(1):%d/%m/%Y}"

    assert "It is planned for" in send(client, spo, "plan-supervision", officer.pk, planned_on=said)
    one = Supervision.objects.get()
    assert case.crn in see(client, officer, "supervision", one.pk).content.decode()
    planned = see(client, spo, "supervision", one.pk).content.decode()
    main = planned[planned.index("<main") : planned.index("</main>")]
    assert main.count('class="govuk-button"') == 1  # to begin it
    assert "stand the cases it comes from, 12 at most" in planned
    assert "It has begun" in send(client, spo, "begin-supervision", one.pk)
    agreed = {
        "what": "Ring his mother.",
        "why": "Nobody has.",
        "due_on": said,
        "crn": case.crn.lower(),
    }
    assert "stands in the officer" in send(client, spo, "agree-action", one.pk, **agreed)
    other = agreed | {"crn": "X999999"}
    assert "holds no case with this CRN" in send(client, spo, "agree-action", one.pk, **other)
    next_on = f"{day(42):%d/%m/%Y}"
    signed = send(client, spo, "sign-supervision", one.pk, discussed=SAID, next_on=next_on)
    assert "reads it next" in signed
    assert "to read and answer" in see(client, officer, "my-work").content.decode()
    read = send(
        client, officer, "read-supervision", one.pk, answer="I would like more time for it."
    )

    assert "I would like more time for it." in read
    assert "Ring his mother." in read
    assert SAID in read


def test_what_is_on_no_case_waits_on_my_work_with_late_said(client, officer, held):
    AgreedActionFactory(supervision=held, due_on=day(-1))
    made = AgreedActionFactory(supervision=held, due_on=day(5))

    page = see(client, officer, "my-work").content.decode()
    done = send(client, officer, "do-agreed-action", made.pk, because="I did it in May.")

    assert "2 things agreed in supervision, on no case, 1 of them late" in page
    assert "your senior sees so" in done


def test_one_that_began_before_its_day_waits_on_my_work_to_be_signed(client, officer, spo):
    one = plan_supervision(officer=officer, planned_on=day(30), by=spo, today=localdate())
    head = UserFactory(role=Role.HEAD)
    for user in (spo, head):
        assert "to hold or sign" not in see(client, user, "my-work").content.decode()

    begin_supervision(supervision=one, by=spo, today=localdate())

    for user in (spo, head):
        assert "1 supervision to hold or sign" in see(client, user, "my-work").content.decode()


@pytest.mark.parametrize("name", ["agree-action", "sign-supervision", "call-off-supervision"])
def test_each_page_on_which_something_is_done_says_with_whom(client, officer, spo, held, name):
    page = see(client, spo, name, held.pk).content.decode()

    assert f"With {officer.name}, planned for {on(held.planned_on)}." in page


def test_a_box_that_says_nothing_is_refused_and_the_rest_is_kept(client, spo, held):
    next_on = f"{day(42):%d/%m/%Y}"

    page = send(client, spo, "sign-supervision", held.pk, discussed="n/a", next_on=next_on)

    assert "Say what you talked about" in page
    assert next_on in page


def test_the_team_takes_as_many_statements_for_thirty_officers_as_for_three(client, team, spo):
    taken = []
    for count in (3, 27):
        for _ in range(count):
            one = SupervisionFactory(officer=UserFactory(team=team), signed=True)
            AgreedActionFactory(supervision=one)
        client.force_login(spo)
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("supervisions"))
        taken.append(len(found))

    assert taken[0] == taken[1]


# Nobody else's


PAGES = ("officer-supervision", "supervision")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    "role, near, status",
    [
        (Role.OFFICER, True, 404),  # a colleague of the same team
        (Role.SPO, True, 200),
        (Role.SPO, False, 404),
        (Role.HEAD, False, 200),
        (Role.QUALITY, False, 403),
        (Role.AUDITOR, False, 403),
        (Role.HUB, False, 403),
        (Role.SYSTEM, False, 403),
    ],
)
def test_it_is_read_by_the_officer_their_seniors_and_the_head_and_by_nobody_else(
    client, team, held, name, role, near, status
):
    user = UserFactory(role=role, team=team if near else TeamFactory())
    key = held.pk if name == "supervision" else held.officer_id

    assert see(client, user, name, key).status_code == status
    api = APIClient()
    api.force_login(user)
    assert api.get(reverse("api-supervision", args=[held.pk])).status_code == status


def test_the_officer_reads_their_own_and_holds_none(client, officer, held):
    assert see(client, officer, "supervision", held.pk).status_code == 200
    opened = Entry.objects.get(action="opened_supervision")
    assert (opened.by, opened.detail["supervision"]) == (officer, held.pk)
    assert see(client, officer, "sign-supervision", held.pk).status_code == 403


def test_whoever_moves_to_another_team_takes_their_supervision_along(client, officer, spo, held):
    officer.team = TeamFactory()
    officer.save()

    assert see(client, spo, "supervision", held.pk).status_code == 404


def test_what_is_on_a_case_kept_from_the_reader_is_not_named(client, officer, spo, held):
    case = case_of(officer)
    agree_action(
        supervision=held, what="Ring Qzxkeptmother.", why="Qzxkeptwhy.", due_on=day(5), case=case, by=spo,
        today=localdate(), now=now(),
    )  # fmt: skip
    held.agenda = {
        "items": [{"topic": "late_person", "count": 1, "crns": [case.crn]}],
        "left_off": 0,
    }
    held.save()
    limit(case, kept_out=[spo])
    api = APIClient()
    api.force_login(spo)

    shown = [
        see(client, spo, "supervision", held.pk),
        see(client, spo, "officer-supervision", officer.pk),
    ]
    shown.append(api.get(reverse("api-supervision", args=[held.pk])))

    for page in shown:
        assert "Qzxkept" not in page.content.decode()
        assert case.crn not in page.content.decode()
    assert "Qzxkeptmother" in see(client, officer, "supervision", held.pk).content.decode()


def test_a_case_kept_from_whoever_reads_a_kept_agenda_is_not_counted_there(client, officer, spo, held):  # fmt: skip
    kept, open_, gone = case_of(officer), case_of(officer), CaseFactory()
    crns = [kept.crn, kept.crn, open_.crn, gone.crn]
    held.agenda = {
        "items": [
            {"topic": "late_person", "count": 4, "crns": crns},
            {"topic": "no_route", "count": 1, "crns": [kept.crn]},
        ],
        "left_off": 0,
    }
    held.save()
    limit(kept, kept_out=[spo])
    api = APIClient()
    api.force_login(spo)

    page = see(client, spo, "supervision", held.pk)
    told = api.get(reverse("api-supervision", args=[held.pk])).data["agenda"]
    to_officer = see(client, officer, "supervision", held.pk).context["agenda"]

    (item,) = page.context["agenda"].red
    assert (item.count, [one.text for one in item.cases], item.others) == (2, [open_.crn, gone.crn], 0)  # fmt: skip
    assert "Limited access: 1, counted nowhere above." in page.content.decode()
    assert [(one["count"], one["crns"], one["others"]) for one in told["red"]] == [(2, [open_.crn, gone.crn], 0)]  # fmt: skip
    assert told["limited_access"] == 1
    assert [(one.count, one.others) for one in to_officer.red] == [(4, 1), (1, 0)]
    assert to_officer.kept == 0


# The API


def test_the_api_moves_calls_off_and_settles_as_the_pages_do(officer, spo, held):
    api, agreed = APIClient(), [AgreedActionFactory(supervision=held, due_on=day(9)) for _ in range(2)]  # fmt: skip

    def post(user, name, key, **data):
        api.force_login(user)
        return api.post(reverse(name, args=[key]), data, format="json")

    refused = post(spo, "api-supervision-move", held.pk, planned_on=day(3).isoformat())
    not_theirs = post(spo, "api-agreed-done", agreed[0].pk, because="The course is done.")
    done = post(officer, "api-agreed-done", agreed[0].pk, because="The course is done.")
    off = post(spo, "api-agreed-no-longer", agreed[1].pk, because="It is full until March.")
    called = post(spo, "api-supervision-call-off", held.pk, because="Both were called to court.")
    case = case_of(officer)
    one = plan_supervision(officer=officer, planned_on=day(2), by=spo, today=localdate())
    moved = post(spo, "api-supervision-move", one.pk, planned_on=day(3).isoformat())
    post(spo, "api-supervision-begin", one.pk)
    said = {"what": "Ring his mother.", "why": "Nobody has.", "due_on": day(5).isoformat()}
    on_case = post(spo, "api-supervision-agree", one.pk, crn=f" {case.crn.lower()} ", **said)

    assert [one.status_code for one in (refused, not_theirs, done, off, called, moved, on_case)] == [422, 403, 200, 200, 200, 200, 200]  # fmt: skip
    assert [(row["id"], row["said"]) for row in off.data["agreed"]] == [
        (agreed[0].pk, "The course is done."), (agreed[1].pk, "It is full until March."),
    ]  # fmt: skip
    assert (called.data["state"], moved.data["planned_on"]) == ("called_off", day(3).isoformat())
    assert [row["where"] for row in on_case.data["agreed"]] == [case.crn]


def test_the_api_takes_the_same_steps(officer, spo):
    api, case = APIClient(), case_of(officer)
    api.force_login(spo)

    def post(name, *args, **data):
        return api.post(reverse(name, args=args), data, format="json")

    made = post("api-plan-supervision", officer.pk, planned_on=day(1).isoformat())
    key = made.data["id"]
    begun = post("api-supervision-begin", key)
    said = {"what": "Ring his mother.", "why": "Nobody has.", "due_on": day(5).isoformat()}
    agreed = post("api-supervision-agree", key, crn=case.crn, **said)
    none = post("api-supervision-agree", key, **said)
    unknown = post("api-supervision-agree", key, crn="X999999", **said)
    signed = post("api-supervision-sign", key, discussed=SAID, next_on=day(40).isoformat())
    api.force_login(officer)
    read = post("api-supervision-read", key, answer="I agree.")
    listed = api.get(reverse("api-supervised"))

    assert [one.status_code for one in (made, begun, agreed, none, unknown, signed, read)] == [201, 200, 200, 200, 400, 200, 200]  # fmt: skip
    assert [one["where"] for one in none.data["agreed"]] == [case.crn, "On no case"]
    assert (read.data["state"], read.data["answer"]) == ("read", "I agree.")
    assert [one["officer"] for one in listed.data] == [officer.name]
