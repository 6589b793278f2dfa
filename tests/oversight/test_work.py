"""My work: what each role owes, in which order, and whose it is when somebody is away."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, now

from cases.models import Contact, HubQuestion, Limit, Message, ReplyInHand
from cases.queries.listed import listed_rows
from cases.queries.next_steps import NEXT
from cases.queries.work import ENDS_AT, owed_by, summary_of, work_of
from cases.queries.work_order import ORDER, ranked
from cases.reference.agencies import Delivery, MessageKind
from cases.reference.codes import Capacity, CaseState, Place, Rosh
from cases.reference.deadlines import KINDS
from cases.reference.enforcement import RecallState
from cases.rules.ranking import Item, place_in_list
from grid.reference.groups import ReferralState
from staff.kit import on
from staff.permissions import Role
from tests.cases.a_queue import an_item, claimed, of_the_hub
from tests.factories import (
    NOW,
    AbsenceFactory,
    AgencyFactory,
    AppointmentFactory,
    AssessmentFactory,
    AssignmentFactory,
    BreachFactory,
    CaseFactory,
    ComplianceDecisionFactory,
    ComplianceWarningFactory,
    CourtRequestFactory,
    DeadlineFactory,
    EnquiryFactory,
    FailureFactory,
    FlagFactory,
    InterimPlanFactory,
    LetterFactory,
    OverrideFactory,
    PlanActionFactory,
    ReadingFactory,
    RecallFactory,
    RecommendationFactory,
    ReplyInHandFactory,
    ReviewFactory,
    RouteDecisionFactory,
    SeniorActionFactory,
    SentenceFactory,
    StandingFactory,
    TeamFactory,
    UserFactory,
    VisitSafetyFactory,
    WalkInFactory,
)
from tests.grid.a_referral import referral_of

pytestmark = pytest.mark.django_db
PAGE = reverse("my-work")


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def officer(client, team):
    user = UserFactory(team=team)
    client.force_login(user)
    return user


@pytest.fixture
def spo(client, team):
    user = UserFactory(role=Role.SPO, team=team)
    client.force_login(user)
    return user


def owed(case=None, days=0, kind="first_ten_days", role=Role.OFFICER, **columns):
    """A deadline due so many days from today, before it when negative."""
    due_on = localdate() + timedelta(days=days)
    case = case or CaseFactory()
    return DeadlineFactory(
        case=case,
        kind=kind,
        owner_role=role,
        triggered_on=date(2018, 10, 1),
        due_on=due_on,
        **columns,
    )


def away(user, cover=None):
    return AbsenceFactory(user=user, cover=cover, from_on=localdate(), to_on=localdate())


def today_of(user):
    work = work_of(user, localdate())
    return [row.crn for row in (*work.decide, *work.today)]


def test_an_officer_sees_what_they_owe_on_their_own_cases_and_nothing_of_others(officer, team):
    own = CaseFactory(officer=officer, team=team)
    owed(own)
    owed(own, role=Role.SPO, kind="decide_lowering")
    owed(CaseFactory(team=team))

    assert today_of(officer) == [own.crn]


def test_what_is_met_or_no_longer_ours_is_not_work(officer, team):
    owed(CaseFactory(officer=officer, team=team), met_on=localdate())
    owed(CaseFactory(officer=officer, team=team, state=CaseState.CLOSED))
    owed(CaseFactory(officer=officer, team=team, retained_by="P. Wood"))

    assert today_of(officer) == []


def test_an_officer_who_covers_sees_the_work_of_the_absent_marked_with_their_name(officer, team):
    absent = UserFactory(team=team)
    case = CaseFactory(officer=absent, team=TeamFactory())
    owed(case)
    before = today_of(officer)
    away(absent, cover=officer)

    rows = work_of(officer, localdate()).today

    assert before == []
    assert [(row.crn, row.by) for row in rows] == [(case.crn, f"You, covering for {absent.name}")]


def test_a_case_assigned_to_cover_is_work_too(officer):
    case = CaseFactory()
    owed(case)
    AssignmentFactory(case=case, user=officer)

    assert today_of(officer) == [case.crn]


def test_a_head_who_covers_for_a_senior_decides_and_looks_into_what_is_theirs(client, team):
    head = UserFactory(role=Role.HEAD)
    senior = UserFactory(role=Role.SPO, team=team)
    mine = owed(CaseFactory(team=team), kind="agree_interim_plan", role=Role.SPO)
    looked_into = FlagFactory(deadline=owed(CaseFactory(team=team), -1), told=Role.SPO).deadline
    owed(CaseFactory(team=team))
    owed(CaseFactory(team=TeamFactory()), kind="agree_interim_plan", role=Role.SPO)
    before = owed_by(head, localdate()).count()

    away(senior, cover=head)

    assert before == 0
    assert set(owed_by(head, localdate())) == {mine, looked_into}


def test_the_work_of_somebody_away_without_cover_goes_to_their_senior(spo, team):
    absent = UserFactory(team=team)
    case = CaseFactory(officer=absent, team=team)
    owed(case)
    before = today_of(spo)
    absence = away(absent)

    rows = work_of(spo, localdate()).today

    assert before == []
    assert [(row.crn, row.by) for row in rows] == [(case.crn, f"{absent.name} is away, no cover")]
    absence.cover = UserFactory(team=team)
    absence.save()
    assert today_of(spo) == []


def test_a_senior_sees_their_own_decisions_what_has_climbed_and_cases_with_no_officer(spo, team):
    decision = owed(CaseFactory(team=team), role=Role.SPO, kind="decide_lowering")
    climbed = FlagFactory(deadline=owed(CaseFactory(team=team), -9), told=Role.SPO)
    beyond = FlagFactory(deadline=owed(CaseFactory(team=team), -9), told=Role.HEAD)
    nobodys = owed(CaseFactory(team=team, officer=None))
    FlagFactory(deadline=owed(CaseFactory(team=team), -9), told=Role.OFFICER)
    FlagFactory(deadline=owed(CaseFactory(team=team), -9), told=Role.SPO, closed_on=localdate())
    FlagFactory(deadline=owed(CaseFactory(), -9), told=Role.SPO)

    assert sorted(today_of(spo)) == sorted(
        one.case.crn for one in (decision, climbed, beyond, nobodys)
    )


@pytest.mark.parametrize("role", [Role.SPO, Role.HEAD])
def test_what_a_senior_alone_can_decide_stands_in_a_group_of_its_own_at_the_top(client, team, role):
    user = UserFactory(role=role, team=team)
    client.force_login(user)
    looked_into = FlagFactory(deadline=owed(CaseFactory(team=team), -30), told=role)
    decision = owed(CaseFactory(team=team), kind="decide_lowering", role=role)

    work = work_of(user, localdate())
    page = client.get(PAGE).content.decode()

    assert [row.crn for row in work.decide] == [decision.case.crn]
    assert [row.crn for row in work.today] == [looked_into.case.crn]
    assert (work.counts["today"], work.counts["decide"]) == (2, 1)
    assert "Yours to decide: 1 thing, about 5 minutes" in page
    assert "That is all that only you can do by today." in page
    assert page.index("Yours to decide: 1 thing") < page.index("Today and late</caption>")
    assert page.index(decision.case.crn) < page.index(looked_into.case.crn)
    assert page.count(f'href="{reverse("case", args=[decision.case.crn])}"') == 1


def test_a_decision_that_is_late_and_raised_with_the_senior_as_well_is_there_once(
    client, spo, team
):
    late = owed(CaseFactory(team=team), -9, "decide_lowering", Role.SPO)
    FlagFactory(deadline=late, told=Role.SPO)

    work = client.get(PAGE).context["work"]

    assert [row.crn for row in work.decide] == [late.case.crn]
    assert not work.today
    assert work.counts["today"] == work.counts["decide"] == work.counts["late"] == 1


def test_an_officer_has_one_list_and_no_group_of_decisions(client, officer, team):
    owed(CaseFactory(officer=officer, team=team))

    page = client.get(PAGE)

    assert not page.context["work"].decide
    assert "Yours to decide" not in page.content.decode()


def test_where_only_decisions_wait_the_page_does_not_say_that_nothing_is_owed(client, spo, team):
    owed(CaseFactory(team=team), kind="decide_lowering", role=Role.SPO)

    page = client.get(PAGE).content.decode()

    assert "Yours to decide: 1 thing" in page
    assert "Nothing is owed" not in page
    assert "would be here" not in page


def test_information_that_nobody_has_read_is_on_the_first_page_whatever_is_to_be_decided(spo, team):
    for _ in range(ENDS_AT):
        owed(CaseFactory(team=team), -30, "decide_lowering", Role.SPO)
    reading = ReadingFactory(case=CaseFactory(team=team))
    unread = owed(reading.case, -1, kind="read_information_today", reading=reading)
    FlagFactory(case=reading.case, deadline=unread, told=Role.SPO)

    work = work_of(spo, localdate())

    assert [row.crn for row in work.today] == [reading.case.crn]
    assert len(work.decide) == ENDS_AT - 1


def test_decisions_and_the_rest_end_together_and_every_row_comes_once(client, spo, team):
    for _ in range(ENDS_AT):
        owed(CaseFactory(team=team), -30, "decide_lowering", Role.SPO)
        FlagFactory(deadline=owed(CaseFactory(team=team), -9), told=Role.SPO)

    first = client.get(PAGE)
    pages = [first, client.get(first.context["next"])]
    works = [page.context["work"] for page in pages]

    assert [len(work.decide) for work in works] == [ENDS_AT, 0]
    assert [len(work.today) for work in works] == [0, ENDS_AT]
    assert f"{ENDS_AT} more come after it." in first.content.decode()
    both = [row.crn for work in works for row in (*work.decide, *work.today)]
    assert len(set(both)) == 2 * ENDS_AT == works[0].counts["today"]
    assert "Yours to decide: 20 things" in first.content.decode()


def test_a_silence_raised_with_the_senior_is_for_today_though_the_chase_is_not_due(spo, team):
    case = CaseFactory(team=team)
    enquiry = EnquiryFactory(case=case, sent=True)
    deadline = owed(case, 3, "chase_check", Role.HUB, enquiry=enquiry)
    FlagFactory(deadline=deadline, told=Role.SPO, raised_on=localdate())

    work = work_of(spo, localdate())

    assert [row.crn for row in work.today] == [case.crn]
    assert "Raised with you" in work.today[0].rule
    assert not work.week
    assert not work.coming


def test_a_head_sees_what_was_raised_with_them_and_no_more(team):
    head = UserFactory(role=Role.HEAD)
    raised = FlagFactory(deadline=owed(CaseFactory(team=team), -20), told=Role.HEAD)
    FlagFactory(deadline=owed(CaseFactory(team=team), -20), told=Role.SPO)

    assert today_of(head) == [raised.case.crn]


def test_a_head_who_may_not_say_what_information_comes_to_is_led_to_where_it_is_read(team):
    head = UserFactory(role=Role.HEAD)
    reading = ReadingFactory(case=CaseFactory(team=team))
    late = owed(reading.case, -20, kind="read_information_today", reading=reading)
    FlagFactory(case=reading.case, deadline=late, told=Role.HEAD)

    (row,) = work_of(head, localdate()).today

    assert row.next.href == reverse("see-information", args=[reading.case.crn, reading.pk])


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SPO])
def test_the_list_stands_in_the_order_of_the_rule(role, team):
    user = UserFactory(role=role, team=team)
    facts = [("", False), (Rosh.LOW, False), (Rosh.VERY_HIGH, False), (Rosh.MEDIUM, True)]
    kinds = [
        "read_information_today", "first_ten_days", "place_person", "decide_lowering", "call_same_day", "mend_letter",
    ]  # fmt: skip
    for days in (0, -1, -8, -30):
        for kind in kinds:
            for harm, concern in facts:
                case = CaseFactory(team=team, officer=user)
                StandingFactory(case=case, harm=harm, concern=concern)
                owner = Role.SPO if kind == "decide_lowering" else Role.OFFICER
                owed(case, days, kind, role=owner)
    owed(CaseFactory(team=team, officer=user))
    today = localdate()

    found = ranked(owed_by(user, today), role, today).order_by(*ORDER)

    def place(one):
        standing = getattr(one.case, "standing", None)
        harm, concern = (standing.harm, standing.concern) if standing else ("", False)
        item = Item(one.kind, Role(one.owner_role), one.due_on, harm, concern, one.pk)
        return place_in_list(item, role, today)

    assert list(found) == sorted(found, key=place)
    assert len(found) == (96 if role == Role.SPO else 80) + 1


def at(hour, minute=0):
    """That time of today, by the clock here."""
    return datetime.combine(localdate(), time(hour, minute), get_current_timezone())


def a_day_with_hours(officer, team):
    """{what: its case} of a day on which a court, the hub and two people at the desk wait, and much is long late."""

    def of(**facts):
        case = CaseFactory(team=team, officer=officer)
        StandingFactory(case=case, harm=facts.get("harm", Rosh.LOW))
        return case

    found = {
        "desk at ten": of(),
        "desk at eleven": of(harm=Rosh.VERY_HIGH),
        "call": of(),
        "hub by half past nine": of(),
        "court by three": of(),
        "court by four": of(harm=Rosh.VERY_HIGH),
        "letter": of(harm=Rosh.VERY_HIGH),
        "note": of(harm=Rosh.VERY_HIGH),
    }
    for name, hour in (("desk at ten", 10), ("desk at eleven", 11)):
        WalkInFactory(case=found[name], came_at=at(hour))
        owed(found[name], kind="see_walk_in")
    owed(found["call"], kind="call_same_day")
    item = an_item(case=found["hub by half past nine"])
    hub = of_the_hub()
    HubQuestion.objects.create(
        deadline=item, asks="Which?", asked_at=at(0), asked_by=hub, until=at(9, 30)
    )
    owed(item.case, kind="answer_hub")
    for name, hour in (("court by three", 15), ("court by four", 16)):
        asked = {"case": found[name], "asked_at": at(0)}
        CourtRequestFactory(**asked, needed_by=at(hour))
        CourtRequestFactory(**asked, needed_by=at(hour + 1))  # the first that waits counts
        gone = asked | {"withdrawn_at": at(8), "withdrawn_because": "Adjourned"}
        CourtRequestFactory(**gone, needed_by=at(1))
        owed(found[name], kind="answer_court")
    came_back = LetterFactory(case=found["letter"])
    owed(found["letter"], kind="mend_letter", letter=came_back)
    owed(found["note"], -30)
    return found


def test_what_has_an_hour_stands_by_it_and_says_it_before_what_is_long_late(officer, team):
    found = a_day_with_hours(officer, team)

    rows = work_of(officer, localdate()).today

    assert [row.crn for row in rows] == [case.crn for case in found.values()]
    said = {row.crn: row.due for row in rows}
    assert said[found["court by three"].crn].endswith(", 3pm")
    assert said[found["hub by half past nine"].crn].endswith(", 9:30am")
    assert said[found["call"].crn] == said[found["letter"].crn] == on(localdate())
    # Since when they wait is no hour by which it is due
    assert said[found["desk at ten"].crn] == on(localdate())


def test_the_pages_of_the_api_go_on_in_the_same_order_whatever_the_hour(
    client, officer, team, monkeypatch
):
    monkeypatch.setattr("cases.api.work.SIZE", 1)
    found = a_day_with_hours(officer, team)

    seen, after = [], ""
    while after is not None:
        answer = client.get(reverse("api-work"), {"after": after}).json()
        seen += answer["results"]
        after = answer["next_after"]

    assert [row["crn"] for row in seen] == [case.crn for case in found.values()]
    hours = [row["hour"] for row in seen]
    assert hours == ["10:00:00", "11:00:00", None, "09:30:00", "15:00:00", "16:00:00", None, None]


def test_the_digest_names_the_cases_in_the_same_order(officer, team):
    found = a_day_with_hours(officer, team)

    assert summary_of(officer, localdate()).crns == [case.crn for case in found.values()]


def an_undecided_risk(officer, team):
    case = CaseFactory(officer=officer, team=team)
    owed(case, kind="discuss_escalation", role=Role.SPO)
    owed(case, kind="escalate_risk")
    return case


def test_until_a_senior_has_decided_a_risk_each_reads_what_is_theirs_to_do(officer, team):
    senior = UserFactory(role=Role.SPO, team=team)
    case = an_undecided_risk(officer, team)

    theirs = {row.what: row.next.text for row in work_of(officer, localdate()).today}
    seniors = work_of(senior, localdate())

    assert theirs == {
        "Discuss the risk with a senior": "Discuss it with your senior",
        "Refer the risk to the NPS": "Waiting for your senior’s decision",
    }
    assert [(row.crn, row.next.text) for row in seniors.decide] == [(case.crn, "Write what was decided")]  # fmt: skip

    case.deadlines.filter(kind="discuss_escalation").update(met_on=localdate())
    (row,) = work_of(officer, localdate()).today
    assert row.next.text == "Refer it"


def test_a_risk_that_waits_for_one_senior_leaves_another_to_be_referred(officer, team):
    waits = an_undecided_risk(officer, team)
    decided = owed(CaseFactory(officer=officer, team=team), kind="escalate_risk").case

    rows = work_of(officer, localdate()).today
    said = {row.crn: row.next.text for row in rows if row.what == "Refer the risk to the NPS"}

    assert said == {
        waits.crn: "Waiting for your senior’s decision",
        decided.crn: "Refer it",
    }


def test_the_lists_behind_numbers_say_of_an_undecided_risk_what_my_work_says(client, spo, team):
    late = an_undecided_risk(UserFactory(team=team), team).deadlines.get(kind="escalate_risk")
    late.due_on = localdate() - timedelta(days=9)
    late.save()
    FlagFactory(deadline=late, case=late.case, told=Role.SPO)

    flags = client.get(reverse("flags")).context["rows"]
    (looked_into,) = work_of(spo, localdate()).today

    assert [row.next.text for row in (*flags, looked_into)] == ["Write what was decided"] * 2


def test_today_this_week_and_what_is_coming_up_stand_apart(officer, team):
    case = CaseFactory(officer=officer, team=team)
    monday = date(2018, 10, 8)
    for due_on, kind in (
        (monday, "first_ten_days"),
        (date(2018, 10, 12), "place_person"),
        (date(2018, 10, 15), "escalate_risk"),
    ):
        DeadlineFactory(case=case, kind=kind, due_on=due_on)

    work = work_of(officer, monday)

    assert [len(rows) for rows in (work.today, work.week, work.coming)] == [1, 1, 1]
    assert work.counts == {"today": 1, "late": 0, "decide": 0, "week": 1, "coming": 1}


def test_what_is_coming_up_says_how_much_there_is_and_where_it_is_cut(
    client, officer, team, monkeypatch
):
    monkeypatch.setattr("cases.queries.work.SIZE", 2)
    for _ in range(3):
        owed(CaseFactory(officer=officer, team=team), 40)

    page = client.get(PAGE)

    assert len(page.context["work"].coming) == 2
    assert "Coming up: 3 things, the first 2 shown" in page.content.decode()


def test_where_nothing_is_due_the_page_says_until_when(client, officer, team):
    owed(CaseFactory(officer=officer, team=team), 30)

    page = client.get(PAGE).content.decode()

    day = localdate() + timedelta(days=30)
    assert f"Nothing is owed until {day.day} {day:%B %Y}." in page


def test_a_seniors_list_ends_and_says_how_many_come_after_it(client, spo, team):
    for _ in range(ENDS_AT + 3):
        FlagFactory(deadline=owed(CaseFactory(team=team), -9), told=Role.SPO)

    first = client.get(PAGE)
    rest = client.get(first.context["next"])

    assert len(first.context["work"].today) == ENDS_AT
    assert "That is today&#x27;s list. 3 more come after it." in first.content.decode()
    assert len(rest.context["work"].today) == 3
    both = [row.crn for page in (first, rest) for row in page.context["work"].today]
    assert len(set(both)) == ENDS_AT + 3


def test_the_number_beside_my_work_is_what_its_list_holds(client, spo, team):
    for _ in range(3):
        FlagFactory(deadline=owed(CaseFactory(team=team), -9), told=Role.SPO)
    owed(CaseFactory(team=team), 40, "decide_lowering", Role.SPO)

    page = client.get(reverse("caseload")).content.decode()

    assert '<span class="app-count">3<' in page
    assert client.get(PAGE).context["work"].counts["today"] == 3


def test_an_agency_that_is_late_is_one_row_to_hub_senior_and_head(team):
    agency = AgencyFactory(name="Thames Valley Police")
    sent_on = localdate() - timedelta(days=13)
    for _ in range(3):
        EnquiryFactory(
            case=CaseFactory(team=team), sent=True, sent_on=sent_on, agency=agency,
            due_on=localdate() - timedelta(days=6),
        )  # fmt: skip
    EnquiryFactory(case=CaseFactory(), sent=True, due_on=localdate() + timedelta(days=1))

    rows = {
        role: [(row.person, row.what) for row in work_of(user, localdate()).rolled]
        for role in (Role.HUB, Role.SPO, Role.HEAD, Role.OFFICER)
        for user in [UserFactory(role=role, team=team)]
    }

    said = "Chase: 3 open, median 13 days"
    assert rows == {
        Role.HUB: [("Thames Valley Police", said)],
        Role.SPO: [("Police", said)],
        Role.HEAD: [("Police", said)],
        Role.OFFICER: [],
    }


def test_the_hub_sees_replies_in_hand_troubled_messages_and_all_that_is_to_be_sent(client):
    hub = UserFactory(role=Role.HUB)
    client.force_login(hub)
    ReplyInHandFactory()
    ReplyInHandFactory(settled_at=NOW, settled_as="Recorded")
    agency = AgencyFactory(name="Reading children's services")
    for key, delivery in (("1", Delivery.FAILED), ("2", Delivery.UNSURE), ("3", Delivery.SENT)):
        Message.objects.create(
            key=key, kind=MessageKind.REQUEST, agency=agency, address=agency.email, subject="x",
            body="x", not_before=NOW, delivery=delivery, at=NOW,
        )  # fmt: skip
    EnquiryFactory()
    EnquiryFactory()

    page = client.get(PAGE)

    assert [(row.person, row.what) for row in page.context["work"].rolled] == [
        ("Reply in hand", "Say which enquiry it answers"),
        ("To Reading children's services", "Enquiry: could not be sent"),
        ("To Reading children's services", "Enquiry: may not have gone"),
        ("2 enquiries", "Send the enquiries"),
    ]
    assert '<span class="app-count">3<' in page.content.decode()


def test_the_hub_sees_the_queue_of_enforcement_as_one_row_that_leads_to_it(client):
    hub = of_the_hub()
    client.force_login(hub)
    first = an_item(
        due_on=localdate() - timedelta(days=1), triggered_on=localdate() - timedelta(days=9)
    )
    an_item(due_on=localdate())
    claimed(hub, first, now())

    (row,) = client.get(PAGE).context["work"].rolled

    said = "Work through the queue of enforcement: 1 with you"
    assert (row.person, row.what) == ("2 items", said)
    assert row.due == on(first.due_on)
    assert client.get(row.next.href).context["shown"] == "2 items"


@pytest.mark.parametrize(
    "waiting, index",
    [
        (ReplyInHand.objects.unsettled(), "reply_in_hand_unsettled"),
        (
            Message.objects.filter(delivery__in=(Delivery.FAILED, Delivery.UNSURE)),
            "message_unsettled",
        ),
    ],
    ids=["replies", "messages"],
)
def test_what_waits_is_found_without_reading_all_that_was_ever_settled(waiting, index):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert index in waiting.order_by("at").explain()


def test_the_late_agencies_of_a_senior_open_as_many_enquiries_of_their_team(client, spo, team):
    for n in range(3):
        days = timedelta(days=13)
        case = CaseFactory(team=team if n else TeamFactory())
        EnquiryFactory(case=case, sent=True, due_on=localdate() - days, sent_on=localdate() - days)

    (row,) = client.get(PAGE).context["work"].rolled

    assert row.what == "Chase: 2 open, median 13 days"
    assert len(client.get(row.next.href).context["rows"]) == 2


REVIEWS = {
    "countersign_review": {"state": "waiting"},
    "read_hollow_review": {"state": "waiting", "hollow": True},
    "put_review_right": {"state": "returned", "returned_because": "x", "returned_to": "next.words"},
}
RECOMMENDED = {
    "answer_recommendation": "open",
    "do_recommendation": "accepted",
    "decide_contest": "contested",
}
BREACHES = {
    "submit_breach": {"state": "preparing"},
    "answer_nps": {"state": "more_asked"},
    "get_breach_answer": {"state": "submitted"},
    "amend_breach": {"state": "summons"},
    "see_amendment": {"state": "summons"},
    "lay_breach": {"state": "accepted"},
    "say_hearing": {"state": "summons"},
    "read_withdrawn_breach": {
        "state": "withdrawn",
        "withdrawn_because": "proof",
        "withdrawn_words": "A letter came.",
        "withdrawn_authority": "Ann Lee",
    },
}
RECALLS = {
    "write_part_a": {},
    "countersign_recall": {"state": RecallState.PART_A},
    "send_recall": {"state": RecallState.COUNTERSIGNED},
    "get_recall_answer": {"state": RecallState.WITH_NPS},
}


def _signed(kind, case):
    return {} if kind == "put_review_right" else {"signed_at": NOW, "signed_by": case.officer}


def what_it_is_about(kind, case):
    """What of the case is owed, where it is one thing of several; the rest of the case made to owe it."""
    step = {"chase_check": {"sent": True}, "analyse_check": {"replied": True}}.get(kind, {})
    if kind.endswith("_check"):
        return {"enquiry": EnquiryFactory(case=case, **step)}
    if kind.startswith("read_information"):
        return {"reading": ReadingFactory(case=case)}
    if kind == "plan_action":
        return {"action": PlanActionFactory(case=case)}
    if kind.endswith("_override"):
        decided = {"state": "approved", "decided_at": NOW, "sampled": True}
        told = {} if kind == "decide_override" else decided | {"decided_by": UserFactory()}
        assessment = AssessmentFactory(case=case)
        return {"override": OverrideFactory(assessment=assessment, **told)}
    if kind == "book_replacement":
        return {"route": RouteDecisionFactory(case=case)}
    if kind in ("log_outcome", "book_interpreter"):
        return {"appointment": AppointmentFactory(case=case, at=now() - timedelta(days=1))}
    if kind in ("call_same_day", "decide_absence", "offer_again"):
        return {"appointment": an_absence(case)}
    if kind in ("answer_failure", "decide_again"):
        return {"failure": a_failure(case, answered=kind == "decide_again")}
    if kind in ("send_letter", "mend_letter"):
        return {"letter": LetterFactory(case=case)}
    if kind in BREACHES:
        return {"breach": BreachFactory(sentence=SentenceFactory(case=case), **BREACHES[kind])}
    if kind in RECALLS:
        signed = {"countersigned_at": NOW, "countersigned_by": UserFactory()}
        return {
            "recall": RecallFactory(sentence=SentenceFactory(case=case), **signed | RECALLS[kind])
        }
    if kind == "decide_visit_safety":
        undecided = dict.fromkeys(("decided_at", "decided_by", "review_on"))
        VisitSafetyFactory(case=case, needs_senior=True, **undecided)
    if kind in REVIEWS:
        return {"review": ReviewFactory(case=case, **REVIEWS[kind] | _signed(kind, case))}
    if kind in RECOMMENDED:
        known = {"answered_by": case.officer, "contested_because": "It was seen to in May."}
        return {
            "recommendation": RecommendationFactory(case=case, state=RECOMMENDED[kind], **known)
        }
    if kind == "do_senior_action":
        return {"senior_action": SeniorActionFactory(case=case)}
    if kind == "answer_intervention":
        referral_of(case, state=ReferralState.PROPOSED)
    if kind == "agree_interim_plan":
        InterimPlanFactory(case=case, concern=True, agreement="asked")
    if kind == "put_assessment_right":
        AssessmentFactory(case=case)
    if kind == "countersign_assessment":
        AssessmentFactory(case=case, state="waiting", signed_at=NOW, signed_by=case.officer)
    return {}


def a_failure(case, *, answered):
    sentence = SentenceFactory(case=case)
    warned = {
        "answer": "warn", "because": "No", "answered_at": NOW, "answered_by": case.officer,
        "warning": ComplianceWarningFactory(sentence=sentence),
    } if answered else {}  # fmt: skip
    return FailureFactory(sentence=sentence, **warned)


def an_absence(case):
    """An appointment that nobody came to, recorded here and not decided."""
    missed = AppointmentFactory(case=case, at=now() - timedelta(days=1), logged_at=now())
    gone = {"outcome_code": "AFTA", "attended": False, "complied": False}
    Contact.objects.filter(pk=missed.pk).update(**gone)
    return ComplianceDecisionFactory(appointment=missed).appointment


@pytest.mark.parametrize("kind", sorted(NEXT))
def test_every_row_leads_to_a_page_where_it_is_done_and_back_to_my_work(client, team, kind):
    owner = KINDS[kind].owner
    user = UserFactory(role=owner, team=team)
    client.force_login(user)
    officer = user if owner == Role.OFFICER else UserFactory(team=team)
    case = CaseFactory(officer=officer, team=team)
    if owner == Role.RESETTLEMENT:  # theirs are the cases they are named on
        AssignmentFactory(case=case, user=user, capacity=Capacity.RESETTLEMENT)
    deadline = owed(case, kind=kind, role=owner, **what_it_is_about(kind, case))

    (row,) = listed_rows([deadline], user, localdate())

    client.get(PAGE)
    page = client.get(row.next.href, follow=True)
    assert page.status_code == 200
    assert case.surname in row.next.hidden
    # A coordinator has no overview of a case: the page of its unpaid work is theirs
    overview = client.get(reverse("case" if row.href else "case-unpaid-work", args=[case.crn]))
    assert f'href="{PAGE}#{case.crn}" class="govuk-back-link">My work' in overview.content.decode()


def test_a_case_of_limited_access_is_masked_and_its_work_is_not_counted(client, officer, team):
    case = CaseFactory(officer=officer, team=team, surname="Hidden")
    owed(case, why="Hidden is owed something")
    Limit.objects.create(case=case, restricted=True, message="Restricted.", ask="Pat Lane")

    page = client.get(PAGE)

    assert page.context["work"].counts["today"] == 0
    assert "Hidden" not in page.content.decode()
    assert "Ask Pat Lane" in page.content.decode()


def test_the_way_back_from_a_case_leads_to_its_row(client, officer, team):
    case = CaseFactory(officer=officer, team=team)
    owed(case)
    owed(case, kind="place_person")

    page = client.get(PAGE).content.decode()
    overview = client.get(reverse("case", args=[case.crn])).content.decode()

    assert page.count(f'id="{case.crn}"') == 1
    assert f'href="{PAGE}#{case.crn}"' in overview


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SPO, Role.HEAD])
def test_my_work_is_home(client, role):
    client.force_login(UserFactory(role=role))

    assert client.get("/")["Location"] == PAGE


def test_the_queue_is_home_to_the_hub(client):
    client.force_login(UserFactory(role=Role.HUB))

    assert client.get("/")["Location"] == reverse("hub-queue")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SPO, Role.HEAD])
def test_sixty_rows_take_no_more_statements_than_five(
    client, team, role, django_assert_num_queries, django_assert_max_num_queries
):
    user = UserFactory(role=role, team=team)
    client.force_login(user)

    def rows(count):
        for _ in range(count):
            holder = user if role == Role.OFFICER else UserFactory(team=team)
            case = CaseFactory(team=team, officer=holder)
            StandingFactory(case=case, place=Place.CANNOT)
            enquiry = EnquiryFactory(case=case)
            for days in (-9, 1, 40):
                kind = ("send_check", "first_ten_days", "place_person")[(days > 0) + (days > 1)]
                about = {"enquiry": enquiry} if kind == "send_check" else {}
                FlagFactory(
                    deadline=owed(case, days, kind, **about),
                    told=Role.HEAD if days < 0 else Role.SPO,
                )

    rows(5)
    with django_assert_max_num_queries(20) as at_five:
        client.get(PAGE)

    rows(55)
    with django_assert_num_queries(len(at_five)):
        client.get(PAGE)
