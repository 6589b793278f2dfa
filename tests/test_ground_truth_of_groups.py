"""The product held to what the demonstration planted of groups: who waits, what fits whom, what is short and what was not sent.

The truth is reckoned from the plans alone, apart from the rules, so that agreement is evidence.
"""

from collections import defaultdict
from datetime import datetime, time

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localtime

from cases.models import Deadline
from grid.management.demo.group_plans import SERIES
from grid.models import (
    GroupAttendance,
    LeaderTraining,
    Referral,
    Series,
    SeriesPlace,
    SeriesSession,
    UnmetNeed,
)
from grid.queries.demand import demand_of
from grid.queries.offers import offers_to
from grid.queries.series import open_series
from grid.queries.series_list import Wanted, series_wanted, staffed_of
from grid.queries.waiting import waiting_lists
from grid.reference.interventions import INTERVENTIONS
from grid.rules.outlook import Outlook
from grid.rules.series import Closures, Weekly, days_for
from grid.rules.when_where import times_free
from grid.services.intervention_policy import intervention_policy
from grid.services.policy import grid_policy
from staff.models import User
from staff.permissions import Role
from tests.clock import frozen
from tests.demonstration import TODAY, demonstrated

pytestmark = pytest.mark.django_db
MIDDAY = datetime.combine(TODAY, time(12), get_current_timezone())
AS_TOLD = {"took_part": "kept", "not_come": "missed", "excused": "excused"}
# As groups were planted: what is proposed by itself is told elsewhere
BY_HAND = {"proposed_by__isnull": False}
ALONE = ("", "work", "weekend")  # weeks of which the plans alone tell whether anything fits


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, tmp_path_factory):
    with demonstrated(django_db_blocker, tmp_path_factory) as planted:
        yield planted


@pytest.fixture(scope="module")
def truth(planted):
    return planted["group_work"]


@pytest.fixture(scope="module")
def lists(truth):
    """{intervention: those of its list who were planted here}"""
    those = {crn for rows in truth["waiting"].values() for crn, _ in rows}
    found = waiting_lists(intervention_policy(TODAY), MIDDAY, TODAY)
    return {
        code: [one for one in rows if one.referral.case.crn in those]
        for code, rows in found.items()
    }


@pytest.fixture
def head(client):
    client.force_login(User.objects.get(username=Role.HEAD))
    return client


def key_of(series):
    return [series.code, series.site, series.sessions[0].on.isoformat()]


def crns(rows):
    return sorted(one.referral.case.crn for one in rows)


# Who waits


def test_those_wait_who_were_planted_since_their_day(truth):
    found = defaultdict(list)
    rows = Referral.objects.waiting().filter(**BY_HAND)
    for code, crn, since in rows.values_list("code", "case__crn", "waiting_since"):
        found[code].append([crn, since.isoformat()])

    assert {code: sorted(rows) for code, rows in found.items()} == truth["waiting"]
    assert sum(map(len, truth["waiting"].values())) >= 40
    assert len(truth["waiting"]) >= 5


def test_the_page_of_all_lists_counts_whom_both_truths_have_waiting(head, planted, truth):
    """Those who were referred by hand, and those who accepted what was proposed by itself."""
    expected = {code: len(rows) for code, rows in truth["waiting"].items()}
    by_itself = planted["interventions"]["referrals"]
    limited = set(planted["limited"])
    for crn in by_itself["accepted"]:
        code = by_itself["proposed"][crn]
        expected[code] = expected.get(code, 0) + (crn not in limited)

    with frozen(MIDDAY):
        answer = head.get(reverse("api-waiting-lists")).json()

    found = {one["intervention"]: one["wait"] for one in answer if one["wait"]}
    assert found == {code: number for code, number in expected.items() if number}


def test_a_list_is_read_by_its_page_and_in_order(head, truth):
    code = max(truth["waiting"], key=lambda code: len(truth["waiting"][code]))

    with frozen(MIDDAY):
        page = head.get(reverse("waiting-list", args=[code])).content.decode()

    assert all(crn in page for crn, _ in truth["waiting"][code])


# When they can come, and what fits


def test_those_who_work_can_come_in_the_evening_alone(truth, lists):
    policy = intervention_policy(TODAY)
    found = {}
    for code, rows in lists.items():
        minutes = policy.terms[code].dose.minutes
        those = [
            one
            for one in rows
            if {one.value for one in times_free(one.seeker, minutes, policy.waiting, TODAY)}
            == {"evening"}
        ]
        if those:
            found[code] = crns(those)

    assert found == truth["evening"]
    assert any(found.values())


def test_nothing_fits_those_of_whom_the_plans_alone_tell_it(truth, lists):
    weeks = truth["weeks"]
    found = {
        code: crns(one for one in rows if one.outlook is Outlook.NOTHING)
        for code, rows in lists.items()
    }

    for code, rows in lists.items():
        planned = truth["nothing"].get(code, [])
        told = {one.referral.case.crn for one in rows}
        alone = {crn for crn in told if weeks.get(crn, "") in ALONE}
        assert set(planned) <= set(found[code])
        assert alone & set(planned) == alone & set(found[code])


def test_the_man_in_work_has_no_offer_and_his_senior_is_late_to_decide(head, truth):
    crn = truth["in_work"]
    need = UnmetNeed.objects.get(case__crn=crn)

    offered = offers_to([need.case_id], (grid_policy(TODAY), intervention_policy(TODAY)), MIDDAY)
    with frozen(MIDDAY):
        page = head.get(reverse("unmet-needs")).content.decode()

    (found,) = offered[need.case_id]
    assert found.offers == ()
    assert found.is_unmet
    late = Deadline.objects.unmet().filter(kind="decide_unmet_need").overdue(TODAY)
    assert list(late.values_list("case__crn", flat=True)) == truth["unmet"]["late"] == [crn]
    assert crn in page


def test_a_place_is_kept_in_the_evening_for_another_who_works(truth, lists):
    found = next(
        one for rows in lists.values() for one in rows if one.referral.case.crn == truth["fits"]
    )

    assert found.outlook is Outlook.PLACE
    assert found.expected.series.kept == {found.referral.case_id}
    assert found.expected.series.site == "Chalvey community hall"


def test_the_woman_who_chose_women_alone_is_offered_no_group_with_men(truth):
    case = Referral.objects.get(case__crn=truth["women_only"], **BY_HAND).case_id

    (found,) = offers_to([case], (grid_policy(TODAY), intervention_policy(TODAY)), MIDDAY)[case]

    assert found.on_list.seeker.company.women_only
    assert all(one.series.women_only for one in found.offers)


def test_every_need_that_nothing_meets_is_planted(truth):
    unmet = UnmetNeed.objects.unmet()
    undecided = sorted(UnmetNeed.objects.undecided().values_list("case__crn", flat=True))
    decided = sorted(unmet.exclude(decision="").values_list("case__crn", flat=True))

    assert undecided == sorted(truth["unmet"]["late"] + truth["unmet"]["undecided"])
    assert decided == truth["unmet"]["decided"]
    assert unmet.count() == len(undecided) + len(decided)


# Series


def test_the_sessions_fall_where_the_rule_of_planning_puts_them():
    policy = intervention_policy(TODAY)
    for one in SERIES:
        dose = policy.terms[one.code].dose
        weekly = tuple(Weekly(weekday, one.from_at) for weekday in one.weekdays)
        days = one.days(TODAY)
        expected, _ = days_for(dose, weekly, Closures(), count=dose.sessions, from_on=days[0])
        assert [day for day, _ in expected] == days
        terms = policy.terms[one.code]
        asked = (one.skill, len(one.leaders), frozenset(one.entries), one.women)
        assert asked == (terms.skill, terms.leaders, frozenset(terms.entries), terms.women_only)
        assert terms.least <= one.places <= terms.most
        assert not terms.sites or one.site in terms.sites


def test_places_are_left_as_planted(truth):
    found = [[*key_of(one), one.places - len(one.there)] for one in open_series(MIDDAY)]

    assert sorted(found) == sorted(truth["places"])
    assert len(found) == 11


# Who is in them


@pytest.fixture(scope="module")
def members(truth):
    """{CRN: (key of their series, what was planted of them)}"""
    return {crn: (key, told) for *key, rows in truth["members"] for crn, told in rows.items()}


def test_those_are_in_a_series_who_were_planted_from_the_session_they_were(members):
    taken = SeriesPlace.objects.filter(state="taken").select_related("series__place", "case")

    found = {one.case.crn: (place_of(one.series), one.begins_with) for one in taken}

    assert found == {crn: (key, told["begins"]) for crn, (key, told) in members.items()}
    assert len(members) >= 6


def place_of(series):
    first = series.sessions.order_by("number")[0]
    return [series.code, series.place.name, localtime(first.starts_at).date().isoformat()]


def test_registers_say_of_each_session_what_was_planted(members):
    rows = GroupAttendance.objects.expected().select_related("case").order_by("starts_at")
    found = defaultdict(lambda: defaultdict(list))
    for one in rows:
        day = localtime(one.starts_at).date()
        said = AS_TOLD[one.mark] if one.mark else "unsaid" if day < TODAY else "to_come"
        found[one.case.crn][said].append(day.isoformat())

    names = {*AS_TOLD.values(), "unsaid", "to_come"}
    planted = {
        crn: {name: told[name] for name in names if told[name]}
        for crn, (_, told) in members.items()
    }
    assert found == planted
    assert {name for told in planted.values() for name in told} == names


def test_one_was_absent_twice_and_is_the_only_one_who_missed_anything(members):
    assert [len(told["missed"]) for _, told in members.values() if told["missed"]] == [2]


def test_days_of_a_requirement_are_credited_for_what_was_attended_as_planted(members):
    """Those that the series takes up, and no more."""
    rows = GroupAttendance.objects.filter(appointment__contact__rar_activity=True)
    rows = rows.filter(appointment__contact__attended=True)
    found = defaultdict(list)
    for crn, starts_at in rows.order_by("starts_at").values_list("case__crn", "starts_at"):
        found[crn].append(localtime(starts_at).date().isoformat())

    planted = {crn: told["rar_credited"] for crn, (_, told) in members.items()}
    assert found == {crn: days for crn, days in planted.items() if days}
    assert found


def test_the_register_that_was_not_sent_waits_for_those_who_were_there(client, truth, members):
    (code, site, first_on, (number,)) = truth["not_sent"][0]
    there = [
        crn
        for crn, (key, told) in members.items()
        if key == [code, site, first_on] and told["unsaid"]
    ]
    session = SeriesSession.objects.get(series__code=code, series__place__name=site, number=number)
    client.force_login(User.objects.get(username=Role.FACILITATOR))

    with frozen(MIDDAY):
        page = client.get(reverse("group-register", args=[session.pk])).content.decode()

    assert there
    assert all(crn in page for crn in there)


def test_one_series_is_nearly_full_and_another_that_has_members_has_room(truth):
    keys = [key for *key, _ in truth["members"]]
    left = {tuple(key): number for *key, number in truth["places"] if key in keys}

    assert min(left.values()) == 1
    assert max(left.values()) >= 8


def test_demand_counts_those_whom_both_truths_have_waiting_and_those_whom_nothing_fits(
    head, planted, truth, lists
):
    """Of each intervention for which somebody was planted to wait; at which times they can come, of those in work."""
    by_itself = planted["interventions"]["referrals"]
    limited = set(planted["limited"])
    policy = intervention_policy(TODAY)
    reader = User.objects.get(username=Role.HEAD)
    for code, rows in truth["waiting"].items():
        accepted = {
            crn for crn in by_itself["accepted"]
            if by_itself["proposed"][crn] == code and crn not in limited
        }  # fmt: skip

        found = demand_of(code, reader, policy, MIDDAY)

        assert found.wait == len(rows) + len(accepted), code
        assert sum(one.wait.count for one in found.places) == found.wait
        nothing = sum(one.nothing for one in found.places)
        assert nothing >= len(truth["nothing"].get(code, [])), code
        evening = next(one for one in found.times if one.name == "Evening")
        assert evening.wait.count >= len(truth["evening"].get(code, [])), code


def test_demand_of_the_evening_counts_the_man_in_work_among_those_whom_nothing_fits(truth):
    code = Referral.objects.get(case__crn=truth["in_work"], **BY_HAND).code
    reader = User.objects.get(username=Role.HEAD)
    both = set(truth["evening"][code]) & set(truth["nothing"][code])

    found = demand_of(code, reader, intervention_policy(TODAY), MIDDAY)

    evening = next(one for one in found.times if one.name == "Evening")
    assert truth["in_work"] in both
    assert evening.nothing >= len(both)


def test_sessions_are_short_and_registers_unsent_as_planted(head, truth):
    series = series_wanted(Wanted(), MIDDAY)
    staffed = staffed_of([one.pk for one in series], MIDDAY)
    short = [[*key_of(one), list(staffed[one.pk].short)] for one in series if staffed[one.pk].short]
    late = [
        [*key_of(one), list(staffed[one.pk].not_sent)] for one in series if staffed[one.pk].not_sent
    ]

    with frozen(MIDDAY):
        page = head.get(reverse("groups")).content.decode()

    assert (short, late) == (truth["short"], truth["not_sent"])
    assert (len(short), len(late)) == (1, 1)
    assert page.count("Short of a leader") >= 1
    assert page.count("Register not sent") >= 1


def test_the_register_that_was_not_sent_is_with_whoever_leads_it(client, truth):
    client.force_login(User.objects.get(username=Role.FACILITATOR))
    code, site, first_on, (number,) = truth["not_sent"][0]
    sessions = SeriesSession.objects.filter(series__code=code, series__place__name=site)
    session = sessions.get(number=number)

    with frozen(MIDDAY):
        page = client.get(reverse("my-groups")).content.decode()

    assert reverse("group-register", args=[session.pk]) in page
    assert sessions.order_by("number")[0].starts_at.date().isoformat() == first_on


def test_thinking_skills_is_at_no_time_in_the_evening_or_at_a_weekend_and_another_is():
    def evening(code):
        wanted = Wanted(code=code, when="evening")
        return [one.site for one in series_wanted(wanted, MIDDAY)]

    assert evening("thinking_skills_programme") == []
    assert evening("stepping_stones") == ["Chalvey community hall"]
    assert series_wanted(Wanted(when="weekend"), MIDDAY) == []


def test_one_training_runs_out_within_a_series(truth):
    ends = LeaderTraining.objects.exclude(until=None)
    training = ends.get()
    leads = training.user.leads.filter(session__series__skill=training.skill)

    assert training.until.isoformat() == truth["training_ends"]
    assert leads.filter(starts_at__date__lt=training.until).exists()
    assert leads.filter(starts_at__date__gt=training.until).exists()


def test_groups_of_women_are_led_by_women_who_said_so():
    women = Series.objects.filter(women_only=True)
    leaders = User.objects.filter(leads__session__series__in=women)

    assert {INTERVENTIONS[one.code].title for one in women} == {"HEAL", "Women's Workshop"}
    assert set(leaders.values_list("sex", flat=True)) == {"woman"}
