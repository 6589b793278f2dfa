"""The figures of a team: each opens a list of as many, none is of an officer, and their cost does not grow."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, now

from cases.models import Standing
from cases.reference.codes import Place
from grid.models import Placement
from oversight.queries import grid_change
from oversight.reference.team_figures import FIGURES, ONE_OF
from staff.permissions import Role
from tests.cases.views.test_contact_figures import seen, supervised
from tests.cases.views.test_rar import credited, ordered
from tests.factories import (
    BreachFactory,
    CaseFactory,
    CustodyFactory,
    DeadlineFactory,
    EnquiryFactory,
    FailureFactory,
    InterimPlanFactory,
    LetterFactory,
    ReferralFactory,
    ReviewFactory,
    SentenceFactory,
    StandingFactory,
    TeamFactory,
    UserFactory,
    WorkFactory,
    limit,
)

pytestmark = pytest.mark.django_db
PAGE, COMPARE = reverse("team-figures"), reverse("team-compare")
TODAY = localdate()


def day(days):
    return TODAY + timedelta(days=days)


@pytest.fixture
def team():
    return TeamFactory(name="Abbey")


@pytest.fixture
def spo(client, team):
    user = UserFactory(role=Role.SPO, team=team)
    client.force_login(user)
    return user


def placement(case, group, since, until=None):
    """In a group, or in none where it is blank, from one day to another."""
    level, band = (group.rstrip("0579"), group.lstrip("LMC")) if group else ("", "")
    return Placement.objects.create(
        case=case,
        place=Place.GROUP if group else Place.CANNOT,
        level=level,
        band=band,
        because="Because",
        facts={},
        rules="1",
        policy_version=1,
        placed_on=since,
        superseded_on=until,
    )


def moved(team, then, group):
    """Placed sixty days ago, and placed again ten days ago."""
    case = CaseFactory(team=team)
    if then is not None:
        placement(case, then, day(-60), day(-10))
    placement(case, group, day(-10))
    where = {"place": Place.GROUP, "group": group, "needs": ""} if group else {}
    StandingFactory(case=case, **where)
    return case


def late(case, kind, **columns):
    return DeadlineFactory(case=case, kind=kind, triggered_on=day(-30), due_on=day(-2), **columns)


def one_of_each(team):
    """Something under every figure but those of unpaid work that need a place."""
    case = CaseFactory(team=team)
    late(case, "interim_plan")
    late(case, "name_officer", owner_role=Role.SPO)
    DeadlineFactory(case=case, kind="first_ten_days", triggered_on=TODAY, due_on=day(9))
    InterimPlanFactory(case=CaseFactory(team=team), made_on=day(-30), expires_on=day(-1))
    InterimPlanFactory(case=CaseFactory(team=team), made_on=day(-20), expires_on=day(7))
    InterimPlanFactory(case=CaseFactory(team=team), made_on=day(-20), expires_on=day(8))
    seen(supervised(team=team), 1)
    by = UserFactory()
    signed = {"state": "waiting", "signed_at": now(), "signed_by": by, "hollow": True}
    ReviewFactory(case=CaseFactory(team=team), **signed)
    for days in (-1, 3, 28, 29):
        CustodyFactory(case=CaseFactory(team=team), received_on=day(-90), release_on=day(days))
    work = WorkFactory(case_of=CaseFactory(team=team))
    late(work.case, "arrange_work", owner_role=Role.COORDINATOR)
    failure = FailureFactory(sentence=SentenceFactory(case=CaseFactory(team=team)))
    late(failure.case, "answer_failure", failure=failure)
    breach = BreachFactory(sentence=SentenceFactory(case=CaseFactory(team=team)))
    for kind in ("submit_breach", "get_breach_answer"):
        late(breach.case, kind, breach=breach, owner_role=Role.HUB)
    letter = LetterFactory(case=CaseFactory(team=team))
    late(letter.case, "send_letter", letter=letter, owner_role=Role.HUB)
    waits_of_each_kind(team)
    CaseFactory(team=team, officer=None)
    for then, group in (("L0", "M50"), ("M50", "L0"), ("L50", "M0"), ("", "L0"), ("L0", ""), (None, "L0")):  # fmt: skip
        moved(team, then, group)


def waits_of_each_kind(team):
    """For an agency (one is late), a service, and a day; a place is waited for by whoever has unpaid work and none."""
    for due in (-2, 5):
        EnquiryFactory(case=CaseFactory(team=team), sent=True, sent_on=day(-12), due_on=day(due))
    EnquiryFactory(case=CaseFactory(team=team), due_on=day(-9))
    referred(team, 6)
    credited(ordered(CaseFactory(team=team, arrived_on=None)), 60)


def referred(team, days, **columns):
    stay = CustodyFactory(
        case=CaseFactory(team=team), received_on=day(-90), release_on=day(100), recorded_at=now()
    )
    sent_at = datetime.combine(day(-days), time(9), get_current_timezone())
    return ReferralFactory(need__custody=stay, sent_at=sent_at, made_at=sent_at, **columns)


def rows_listed(client, href):
    """How many its list says that it holds."""
    answer = client.get(href)
    assert answer.status_code == 200, href
    assert not answer.context["form"].errors, href
    return int(answer.context["shown"].split()[0].replace(",", ""))


def links_of(context):
    for section in context["sections"]:
        yield from (row.link for row in section.rows)
    for row in context["ages"]:
        yield from (one for one in (row.count, row.late) if one)
    for row in context["groups"]:
        yield from (row.now, row.came, row.left)


def counted(context):
    titles = {(one.section.title, one.title): code for code, one in FIGURES.items()}
    return {
        titles[section.title, row.title]: int(row.link.text)
        for section in context["sections"]
        for row in section.rows
    }


@pytest.mark.parametrize("whose", ["", "all"])
def test_every_number_opens_a_list_of_as_many(client, spo, team, whose):
    one_of_each(team)
    one_of_each(TeamFactory(name="Priory"))

    context = client.get(PAGE, {"team": whose}).context

    numbers = counted(context)
    times = 2 if whose else 1
    assert {code for code, number in numbers.items() if not number} <= {
        "work-instruction", "work-shut", "work-suspended", "work-terms", "contact-below", "contact-none",
    }  # fmt: skip
    assert numbers["late-a"] == numbers["late-c"] == times
    assert (numbers["plans-over"], numbers["plans-ending"]) == (times, times)
    assert (numbers["not-ready"], numbers["release-late"]) == (2 * times, times)
    assert numbers["no-officer"] == numbers["no-change"] == times
    assert (numbers["wait-agency"], numbers["wait-service"], numbers["wait-place"], numbers["wait-day"]) == (times,) * 4  # fmt: skip
    assert (numbers["failures-late"], numbers["breaches-late"], numbers["hub-late"]) == (times, 2 * times, 3 * times)  # fmt: skip
    moves = {"higher", "lower", "across", "into", "out"}
    assert {numbers[f"grid-{one}"] for one in moves} == {times}
    opened = 0
    for link in links_of(context):
        if link.href:
            assert rows_listed(client, link.href) == int(link.text.replace(",", "")), link
            opened += 1
        else:
            assert link.text == "0"
    assert opened > 20


def test_nobody_of_another_team_is_counted(client, spo, team):
    one_of_each(TeamFactory(name="Priory"))

    context = client.get(PAGE).context

    assert set(counted(context).values()) == {0}


def test_figures_cost_no_more_for_many_people_than_for_a_few(client, spo, team):
    one_of_each(team)
    client.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(PAGE, {"team": "all"})
    for n in range(4):
        other = team if n % 2 else TeamFactory(name=f"Other {n}")
        one_of_each(other)
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE, {"team": "all"})
    with CaptureQueriesContext(connection) as beside:
        client.get(COMPARE)

    assert len(many) == len(few)
    assert len(beside) <= len(many)
    assert len(many) <= 85


@pytest.mark.parametrize("page", [PAGE, COMPARE])
def test_each_part_of_a_long_page_is_led_to_from_its_top(client, spo, team, page):
    CaseFactory(team=team)

    shown = client.get(page).content.decode()

    led = re.findall(r'href="#([a-z0-9-]+)"', shown[shown.index("On this page:") :])
    assert led[:2] == ["overdue-by-harm", "interim-plans"]
    assert "how-long" in led
    assert [shown.count(f'id="{one}"') for one in led] == [1] * len(led)


def test_teams_stand_side_by_side_in_the_order_of_their_names(client, spo, team):
    for name in ("Zion", "Cedar"):
        InterimPlanFactory(
            case=CaseFactory(team=TeamFactory(name=name)), made_on=day(-9), expires_on=day(-1)
        )
    for _ in range(5):
        InterimPlanFactory(case=CaseFactory(team=team), made_on=day(-9), expires_on=day(90))
    InterimPlanFactory(case=CaseFactory(team=team), made_on=day(-9), expires_on=day(-3))

    answer = client.get(COMPARE)

    plans = next(one for one in answer.context["sections"] if one.title == "Interim plans")
    assert [name for name, _ in plans.rows] == ["Abbey", "Cedar", "Zion"]
    shown = [(cells[0].link.text, cells[0].share) for _, cells in plans.rows]
    assert shown == [("1", "17%"), ("1", "Too few"), ("1", "Too few")]
    for _, cells in plans.rows:
        assert rows_listed(client, cells[0].link.href) == 1
    page = answer.content.decode()
    assert "may be chance" in page
    assert "govuk-tag" not in page


def test_a_share_that_chance_does_not_explain_says_so_and_no_other(client, spo, team):
    others = [TeamFactory(name=name) for name in ("Cedar", "Zion")]
    for of_team in (team, *others):
        for n in range(30):
            left = -1 if of_team is team and n < 25 else 90
            InterimPlanFactory(
                case=CaseFactory(team=of_team), made_on=day(-9), expires_on=day(left)
            )

    answer = client.get(COMPARE)

    plans = next(one for one in answer.context["sections"] if one.title == "Interim plans")
    over = {name: cells[0].beyond for name, cells in plans.rows}
    assert over == {
        "Abbey": "More than chance explains",
        "Cedar": "Less than chance explains",
        "Zion": "Less than chance explains",
    }
    assert {cells[1].beyond for _, cells in plans.rows} == {""}
    assert "where to ask and not who is better" in answer.content.decode()
    given = client.get(reverse("api-team-figures")).json()["teams"]
    marked = [{one["code"]: one["beyond"] for one in each["figures"] if one["beyond"]} for each in given]  # fmt: skip
    assert marked == [{"plans-over": "more"}, {"plans-over": "less"}, {"plans-over": "less"}]


@pytest.mark.parametrize(("officers", "said"), [(1, False), (2, False), (3, True)])
def test_of_a_team_of_few_officers_no_share_is_said_because_it_would_be_theirs(
    client, spo, team, officers, said
):
    theirs, cedar = [UserFactory(team=team) for _ in range(officers)], TeamFactory(name="Cedar")
    for n in range(30):
        officer = theirs[n % officers]
        for case, left in ((CaseFactory(team=team, officer=officer), -1), (CaseFactory(team=cedar), 90)):  # fmt: skip
            InterimPlanFactory(case=case, made_on=day(-9), expires_on=day(left))
        seen(supervised(team=team, officer=officer), 1)

    beside = client.get(COMPARE)
    alone = client.get(PAGE, {"team": team.code})
    told = client.get(reverse("api-team-figures"), {"team": ""}).json()["teams"][0]

    plans = next(one for one in beside.context["sections"] if one.title == "Interim plans")
    (abbey, cedars) = (cells[0] for _, cells in plans.rows)
    assert abbey.link.text == "30"  # what is to be done is there, whoever it is
    assert abbey.share == ("100%" if said else "Too few")
    assert abbey.beyond == ("More than chance explains" if said else "")
    assert cedars.share == "0%"
    assert cedars.beyond == "Less than chance explains"
    assert ("No share is said of Abbey" in beside.content.decode()) is not said
    assert ("No share is said of this team" in alone.content.decode()) is not said
    row = next(one for one in alone.context["sections"] if one.title == "Interim plans").rows[0]
    assert row.share == abbey.share
    for context in (beside.context, alone.context):
        assert (context["contact"][0].share == "Too few") is not said
    figure = next(one for one in told["figures"] if one["code"] == "plans-over")
    assert (figure["share"], figure["beyond"]) == (abbey.share, "more" if said else None)


def test_contact_stands_by_team_and_every_number_of_it_opens_its_people(client, spo, team):
    other = TeamFactory(name="Priory")
    for of_team in (team, other):
        seen(supervised(team=of_team), 1)

    (whole,) = client.get(PAGE, {"team": "all"}).context["contact"]
    rows = client.get(COMPARE).context["contact"]

    assert [row.name for row in rows] == ["Abbey", "Priory"]
    people = [int(row.cells[0].text) for row in rows]
    assert people == [1, 1]
    assert int(whole.cells[0].text) == sum(people)
    for row, number in ((whole, 2), (rows[0], 1), (rows[1], 1)):
        assert rows_listed(client, row.cells[0].href) == number
    assert whole.share == "Too few to compare"


def test_how_long_is_the_median_and_the_oldest_and_what_is_not_late_by_any_day_says_so(
    client, spo, team
):
    for days in (3, 9, 40):
        referred(team, days)
    referred(team, 50, state="accepted", received_by="Sam Price")

    page = client.get(PAGE)
    by_team = dict(client.get(COMPARE).context["ages"])

    (cell,) = [one for one in by_team["Abbey"] if one.title == "A service has not answered"]
    assert (cell.link.text, cell.words) == ("3", "the oldest 40 days")  # too few for a half
    assert rows_listed(client, cell.link.href) == 3
    ages = {row.title: row for row in page.context["ages"]}
    service = ages["A service has not answered"]
    assert (service.count.text, service.median, service.oldest) == ("3", "Too few", "40 days")
    assert service.late is None
    assert "No day is set" in page.content.decode()
    assert counted(page.context)["wait-service"] == 3
    assert ages["About breaches"].median == ""


def test_whoever_has_waited_longest_stands_first_and_the_row_leads_to_what_they_wait_for(
    client, spo, team
):
    lately, long_ago = referred(team, 3), referred(team, 40)
    referred(TeamFactory(), 90)
    waits = [WorkFactory(case_of=CaseFactory(team=team), arrived_on=day(-days)) for days in (2, 30)]

    services = client.get(reverse("team-waits"))
    places = client.get(reverse("team-waits"), {"of": "place"})

    crn = long_ago.need.custody.case.crn
    rows = services.context["rows"]
    assert [row.crn for row in rows] == [crn, lately.need.custody.case.crn]
    assert rows[0].due.endswith("40 days ago")
    assert rows[0].next.href == reverse("referral", args=[crn, long_ago.pk])
    assert [row.crn for row in places.context["rows"]] == [one.case.crn for one in reversed(waits)]
    for row in (*rows, *places.context["rows"]):
        assert client.get(row.next.href).status_code == 200


def test_limited_access_is_a_number_and_counted_nowhere(client, spo, team):
    for case in [one.case for one in (
        late(CaseFactory(team=team, surname="Hidden"), "interim_plan"),
        InterimPlanFactory(case=CaseFactory(team=team, surname="Hidden"), made_on=day(-9), expires_on=day(-1)),
    )]:  # fmt: skip
        limit(case, restricted=True)
    limit(moved(team, "L0", "M0"), restricted=True)

    for page in (PAGE, COMPARE):
        answer = client.get(page)
        assert answer.context["kept"] == 3
        assert "Hidden" not in answer.content.decode()
    assert set(counted(client.get(PAGE).context).values()) == {0}


def test_where_somebody_stood_is_told_from_the_placement_of_that_day(spo, team):
    since = TODAY - grid_change.BACK
    on_the_day, before = CaseFactory(team=team), CaseFactory(team=team)
    placement(on_the_day, "L0", since - timedelta(days=9), since)
    placement(on_the_day, "L50", since)
    placement(before, "M0", since + timedelta(days=1))
    for case, group in ((on_the_day, "L50"), (before, "M0")):
        StandingFactory(case=case, place=Place.GROUP, group=group, needs="")

    moves = grid_change.moves_of(spo, team, TODAY)

    assert moves[on_the_day.pk].change == "same"
    assert moves[before.pk].change == "unknown"


def test_whoever_has_no_placement_is_not_known_and_comes_to_no_group(client, spo, team):
    CaseFactory(team=team)
    known = moved(team, "L0", "M0")
    Standing.objects.filter(case=known).update(place=Place.CANNOT, group="", needs="Score")

    context = client.get(PAGE).context

    assert counted(context)["grid-unknown"] == 1
    assert [
        (row.group, row.now.text, row.came.text, row.left.text) for row in context["groups"]
    ] == [("Low, 0 to 49", "0", "0", "1")]


@pytest.mark.parametrize(
    ("page", "name"),
    [("team-owed", "show"), ("team-interim-plans", "show"), ("team-grid-change", "show"), ("team-waits", "of")],
)  # fmt: skip
def test_a_list_without_anybody_says_what_would_be_there(client, spo, page, name):
    answer = client.get(reverse(page), {"team": "nowhere", name: "nothing"})

    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"team", name}
    assert "would be here" in answer.content.decode()


def test_a_long_list_goes_on_where_it_ended(client, spo, team, monkeypatch):
    monkeypatch.setattr("oversight.views.team_lists.SIZE", 2)
    for _ in range(5):
        late(CaseFactory(team=team), "interim_plan")
        InterimPlanFactory(case=CaseFactory(team=team), made_on=day(-9), expires_on=day(-1))
        moved(team, "L0", "M0")
        referred(team, 5)
        WorkFactory(case_of=CaseFactory(team=team))
    for page, codes in (
        ("team-owed", "show=late"),
        ("team-interim-plans", "show=over"),
        ("team-grid-change", "show=higher"),
        ("team-waits", "of=service"),
        ("team-waits", "of=place"),
    ):
        seen_there, href = [], f"{reverse(page)}?{codes}"
        while href:
            context = client.get(href).context
            seen_there += [row.crn for row in context["rows"]]
            href = context["next"]
        assert len(seen_there) == len(set(seen_there)) == 5


def test_the_api_gives_the_numbers_of_the_page(client, spo, team):
    one_of_each(team)
    one_of_each(TeamFactory(name="Priory"))

    answer = client.get(reverse("api-team-figures"), {"team": team.code}).json()
    every = client.get(reverse("api-team-figures")).json()

    page = counted(client.get(PAGE).context)
    assert {one["code"]: one["count"] for one in answer["whole"]["figures"]} == page
    ages = {one["code"]: one for one in every["whole"]["ages"]}
    assert [one["count"] for one in answer["whole"]["ages"] if one["code"] == "agency"] == [2]
    assert {one["beyond"] for one in every["teams"][0]["figures"]} == {None}
    assert ages["agency"] == {"code": "agency", "count": 4, "median_days": None, "oldest_days": 12}
    assert answer["whole"]["contact"] == answer["teams"][0]["contact"]
    assert every["whole"]["contact"]["people"] == 2 * answer["whole"]["contact"]["people"]
    assert [one["team"] for one in every["teams"]] == [team.code, every["teams"][1]["team"]]
    assert every["teams"][0] == answer["teams"][0]
    assert client.get(reverse("api-team-figures"), {"team": "none"}).status_code == 404


def test_what_a_figure_is_of_can_be_said_of_one():
    assert {one.of for one in FIGURES.values()} == set(ONE_OF)
    assert all(one != many for many, one in ONE_OF.items())
