"""Assessments and plans: each number is what its list holds, and timeliness never stands without content."""

import csv
from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, now

from cases.models import Case, ImportedAssessment
from cases.reference.codes import CaseState
from cases.rules.content import Stands
from oversight.queries.content import CODES, content_of
from staff.permissions import Role
from tests.factories import (
    AssessmentFactory,
    CaseFactory,
    DeadlineFactory,
    EnquiryFactory,
    InformationFactory,
    OverrideFactory,
    PlanFactory,
    RaiseFactory,
    ReadingFactory,
    SentenceFactory,
    TeamFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
PAGE, PEOPLE, FILE = reverse("content"), reverse("content-people"), reverse("content-csv")
DAYS = timedelta(days=1)


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def head(client):
    user = UserFactory(role=Role.HEAD)
    client.force_login(user)
    return user


def assessed(team, days_ago=30, case=None, **columns):
    """Signed here, so many days ago."""
    case = case or CaseFactory(team=team)
    on = localdate() - days_ago * DAYS
    return AssessmentFactory(case=case, signed=True, completed_on=on, **columns)


def clock(case, due=-10, met=None):
    """The day by which the plan was due, and the day it was made."""
    today = localdate()
    return DeadlineFactory(
        case=case,
        kind="make_plan",
        triggered_on=today + (due - 21) * DAYS,
        due_on=today + due * DAYS,
        met_on=met and today + met * DAYS,
    )


def codes_of(case):
    (whole, _) = content_of(Case.objects.filter(pk=case.pk), localdate())
    return {code for code, count in whole.counts.items() if count}


def crns(answer):
    return {row.crn for row in answer.context["rows"]}


def planted(team, other):
    """Somebody under each code."""
    CaseFactory(team=team)
    AssessmentFactory(case=CaseFactory(team=team))
    AssessmentFactory(case=CaseFactory(team=other), state="waiting")
    PlanFactory(case=CaseFactory(team=team))
    good = assessed(team).case
    PlanFactory(case=good, signed=True, agreed="yes", agreed_on=localdate())
    SentenceFactory(case=good, started_on=localdate() - 60 * DAYS)
    clock(good, met=-12)
    late = assessed(other, days_ago=2).case
    PlanFactory(case=late, signed=True)
    SentenceFactory(case=late, started_on=localdate() - 60 * DAYS)
    clock(late, met=-1)
    RaiseFactory(case=assessed(team).case)


@pytest.mark.parametrize("whose", ["all", "team"])
def test_every_number_opens_a_list_of_as_many_people(client, head, team, whose):
    planted(team, TeamFactory())
    code = "all" if whose == "all" else team.code

    page = client.get(PAGE, {"team": code}).context

    links = [link for _, held in page["states"] for link in held]
    links += [page["people"], page["due"]]
    links += [link for one in page["pairs"] for link in (one.timely, one.enough)]
    links += [link for one in page["to_do"] for link in one.missing]
    assert sum(link.count for link in links) > 10
    for link in links:
        assert len(crns(client.get(link.href))) == link.count, link.text


def test_everybody_stands_under_an_assessment_and_a_plan(team):
    planted(team, team)

    whole, (of_team,) = content_of(Case.objects.all(), localdate())

    assert whole.counts == of_team.counts
    assert whole.people == Case.objects.count()
    assert set(Stands) - {code for code, count in whole.counts.items() if count} == set()


def test_a_hollow_assessment_from_elsewhere_raises_the_figure_of_time_and_not_the_other(team):
    case = CaseFactory(team=team)
    SentenceFactory(case=case, started_on=localdate() - 60 * DAYS)
    clock(case)
    ImportedAssessment.objects.create(
        case=case, source="OASys", source_id="1", completed_on=localdate() - 20 * DAYS, document={}
    )

    found = codes_of(case)

    assert Stands.A_TIMELY in found
    assert Stands.A_ENOUGH not in found


def test_an_assessment_of_an_earlier_sentence_is_not_one_of_this(team):
    case = CaseFactory(team=team)
    SentenceFactory(case=case, started_on=localdate() - 15 * DAYS)
    clock(case)
    assessed(team, days_ago=30, case=case)

    assert Stands.A_TIMELY not in codes_of(case)


def moment(days_ago):
    day = localdate() - days_ago * DAYS
    return datetime.combine(day, time(12), get_current_timezone())


SINCE = {
    "a rise that stands": lambda case: RaiseFactory(case=case),
    "an answer": lambda case: EnquiryFactory(
        case=case, replied=True, replied_on=localdate() - 5 * DAYS
    ),
    "a conviction": lambda case: SentenceFactory(case=case, convicted_on=localdate() - 5 * DAYS),
    "word of harm": lambda case: ReadingFactory(
        case=case, information=InformationFactory(harm=True, at=moment(5))
    ),
}
BEFORE = {
    "a rise that was assessed": lambda case: RaiseFactory(case=case, assessed_on=localdate()),
    "an answer that was there": lambda case: EnquiryFactory(
        case=case, replied=True, replied_on=localdate() - 30 * DAYS
    ),
    "the sentence itself": lambda case: SentenceFactory(
        case=case, convicted_on=localdate() - 40 * DAYS
    ),
    "word of nothing": lambda case: ReadingFactory(
        case=case, information=InformationFactory(harm=False, at=moment(5))
    ),
    "word that was there": lambda case: ReadingFactory(
        case=case, information=InformationFactory(harm=True, at=moment(31))
    ),
}


@pytest.mark.parametrize("what", sorted(SINCE))
def test_something_has_happened_since_it_was_signed(team, what):
    case = assessed(team).case

    SINCE[what](case)

    assert Stands.A_SINCE in codes_of(case)


@pytest.mark.parametrize("what", sorted(BEFORE))
def test_what_was_known_then_has_not_happened_since(team, what):
    case = assessed(team).case

    BEFORE[what](case)

    assert Stands.A_SINCE not in codes_of(case)


def test_what_was_passed_over_and_is_not_closed_counts_as_missing(team):
    signed = assessed(team)
    plan = PlanFactory(case=signed.case, signed=True)
    SentenceFactory(case=signed.case, started_on=localdate() - 60 * DAYS)
    clock(signed.case, met=-12)
    before = codes_of(signed.case)
    decided = {"state": "expired", "decided_by": UserFactory(), "decided_at": now()}

    OverrideFactory(assessment=signed, **decided)
    of_the_assessment = before - codes_of(signed.case)
    OverrideFactory(case=signed.case, act="plan", plan=plan, assessment=None, **decided)

    assert of_the_assessment == {Stands.A_ENOUGH}
    assert before - codes_of(signed.case) == {Stands.A_ENOUGH, Stands.P_ENOUGH}


def test_what_was_passed_over_and_has_come_is_not_missing(team):
    signed = assessed(team)
    SentenceFactory(case=signed.case, started_on=localdate() - 60 * DAYS)
    clock(signed.case, met=-12)

    OverrideFactory(
        assessment=signed, state="closed", closed_on=localdate(), closed_how="The police rang back."
    )

    assert Stands.A_ENOUGH in codes_of(signed.case)


def test_those_not_supervised_by_us_are_counted_nowhere(team):
    assessed(team, case=CaseFactory(team=team, state=CaseState.CLOSED))
    assessed(team, case=CaseFactory(team=team, retained_by="P. Wood"))

    assert content_of(Case.objects.all(), localdate())[0].people == 0


def test_neither_figure_is_shown_without_the_other(client, head, team):
    planted(team, team)

    text = client.get(PAGE, {"team": "all"}).content.decode()

    assert "of assessments were on time" in text
    assert "were on time and have nothing missing" in text
    heads = ["On time", "Share", "On time and nothing missing", "Share with nothing missing"]
    places = [text.index(f'data-label="{one}"') for one in heads]
    assert places == sorted(places)


def test_what_is_missing_is_counted_by_rule_in_those_being_written(client, head, team):
    for _ in range(2):
        PlanFactory(case=CaseFactory(team=team))
    AssessmentFactory(case=CaseFactory(team=team))

    assessments, plans = client.get(PAGE, {"team": "all"}).context["to_do"]

    assert ("A plan follows from an assessment", 2) in [
        (one.text, one.count) for one in plans.missing
    ]
    assert (
        "Required checks analysed, or sent, chased on time and covered by a live interim plan"
        in [one.text for one in assessments.missing]
    )
    assert assessments.words == "1 being written."


def test_how_many_were_looked_at_is_said_where_not_all_were(client, head, team, monkeypatch):
    monkeypatch.setattr("oversight.queries.content.AT_MOST", 2)
    for _ in range(3):
        PlanFactory(case=CaseFactory(team=team))

    _, plans = client.get(PAGE, {"team": "all"}).context["to_do"]

    assert plans.words == "Counted over the 2 begun longest ago, of 3 being written."
    for link in plans.missing:
        assert len(crns(client.get(link.href))) == link.count == 2


def test_a_senior_starts_with_their_team_and_may_ask_for_every_team(client, team):
    planted(team, TeamFactory())
    client.force_login(UserFactory(role=Role.SPO, team=team))

    mine = client.get(PAGE).context["people"].count
    everybody = client.get(PAGE, {"team": "all"}).context["people"].count

    assert (mine, everybody) == (5, 7)


def test_an_officer_sees_the_figures_of_their_team(client, team):
    planted(team, TeamFactory())
    client.force_login(UserFactory(role=Role.OFFICER, team=team))

    page = client.get(PAGE)

    assert page.context["people"].count == 5
    assert page.context["teams"] == []
    assert len(crns(client.get(page.context["people"].href))) == 5


def test_a_case_of_limited_access_is_counted_with_no_breakdown(client, head, team):
    case = AssessmentFactory(case=CaseFactory(team=team)).case
    limit(case, restricted=True, let_in=[case.officer])

    page = client.get(PAGE, {"team": "all"})

    assert "Limited access: 1." in page.content.decode()
    assert page.context["people"].count == 0
    assert all(not link.count for _, links in page.context["states"] for link in links)
    assert case.crn in client.get(PEOPLE, {"team": "all"}).content.decode()


def test_the_file_holds_the_same_people_and_both_figures(client, head, team):
    planted(team, team)

    answer = client.get(FILE, {"team": "all", "code": str(Stands.A_TIMELY)})
    lines = list(csv.DictReader(b"".join(answer.streaming_content).decode().splitlines()))

    assert [
        (one["Assessment on time"], one["Assessment on time and nothing missing"]) for one in lines
    ] == [("Yes", "Yes")]


def test_following_next_shows_everybody_once(client, head, team, monkeypatch):
    monkeypatch.setattr("oversight.views.content.SIZE", 2)
    planted(team, team)

    seen, address = [], f"{PEOPLE}?team=all"
    while address:
        answer = client.get(address)
        seen += [row.crn for row in answer.context["rows"]]
        address = answer.context["next"]

    assert sorted(seen) == sorted(Case.objects.values_list("crn", flat=True))


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_list_is_headed_by_what_it_lists(client, head, code):
    assert CODES[code] in client.get(PEOPLE, {"code": code}).content.decode()


@pytest.mark.parametrize("page", sorted({PAGE, PEOPLE}))
def test_sixty_people_take_no_more_statements_than_five(
    client, head, team, monkeypatch, django_assert_num_queries, django_assert_max_num_queries, page
):
    monkeypatch.setattr("oversight.views.content.SIZE", 100)

    def people(count):
        for n in range(count):
            case = assessed(team).case
            if n % 2:
                AssessmentFactory(case=case)
                EnquiryFactory(case=case)
            PlanFactory(case=case)

    people(5)
    client.get(page, {"team": "all"})
    with django_assert_max_num_queries(60) as at_five:
        client.get(page, {"team": "all"})

    people(55)
    with django_assert_num_queries(len(at_five)):
        client.get(page, {"team": "all"})


def test_the_api_gives_the_same_figures(client, head, team):
    planted(team, team)

    found = client.get(reverse("api-content")).json()

    whole, _ = content_of(Case.objects.all(), localdate())
    assert found["whole"]["people"] == whole.people
    assert found["whole"]["counts"] == {str(code): whole.counts[code] for code in Stands}
