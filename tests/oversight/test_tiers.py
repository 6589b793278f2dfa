"""National tiers and points worked out from the record, row by row against the tables of the reference; and their pages."""

import html
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from rest_framework.test import APIClient

from cases.models import Intervention
from cases.reference.needs import ITEMS, NeedArea
from cases.reference.questions import of_area
from cases.services.policy import newest_policy
from oversight.queries.both_methods import other_method
from oversight.queries.policy import workload_policy
from oversight.queries.tiers import tiers_of
from oversight.queries.workload import loads_of
from oversight.reference.workload import Basis
from oversight.rules.policy import NAME
from oversight.services.policy import set_workload_policy
from staff.models import User
from staff.permissions import Role
from tests.factories import (
    AssessmentFactory,
    ImportedAssessmentFactory,
    PredictorFactory,
    RegistrationFactory,
    RequirementFactory,
    SentenceFactory,
    UserFactory,
    limit,
)
from tests.oversight.an_officer import a_case, an_officer

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 8
# Reference 3: community, custody and licence
POINTS = {
    "A3": (206, 75, 219), "A2": (158, 60, 175), "A1": (146, 59, 163), "A0": (110, 0, 0),
    "B3": (146, 59, 161), "B2": (115, 48, 132), "B1": (102, 47, 119), "B0": (72, 0, 0),
    "C3": (79, 30, 77), "C2": (63, 24, 65), "C1": (50, 23, 52), "C0": (35, 0, 0),
    "D3": (51, 17, 51), "D2": (41, 14, 43), "D1": (29, 13, 31), "D0": (29, 0, 0),
}  # fmt: skip
ROSH_OF = {"A": "RVHR", "B": "RHRH", "C": "RMRH", "D": "RLRH"}
AREAS = {code: [of_area(NeedArea(code), item) for item, _ in ITEMS[NeedArea(code)]] for code in ITEMS}  # fmt: skip


@pytest.fixture
def officer(team):
    return an_officer(team)


def tier(case):
    today = localdate()
    return tiers_of([case.pk], today, workload_policy(today))[case.pk]


def ordered(case, code="F", **known):
    return RequirementFactory(sentence=case.sentences.get(), main_code=code, **known)


def assessed(case, answers, days_ago=3):
    return AssessmentFactory(
        case=case, signed=True, completed_on=localdate() - timedelta(days=days_ago), answers=answers
    )


def scored(code, total):
    """Answers that come to so much in a section: its items in turn, two at most each."""
    answers = {}
    for item in AREAS[NeedArea(code)]:
        answers[item] = str(min(2, total))
        total -= min(2, total)
    return answers


# 1.1 of the reference


@pytest.mark.parametrize(
    ("rsr", "points"),
    [(None, 0), ("2.99", 0), ("3.00", 10), ("6.99", 10), ("7.00", 20), ("99.99", 20), ("100", 0)],
)
def test_rsr(officer, rsr, points):
    case = a_case(officer)
    if rsr:
        PredictorFactory(case=case, kind="rsr", two_year=Decimal(rsr))

    assert tier(case).tier.protect_points == points


@pytest.mark.parametrize(
    ("code", "level", "points"),
    [
        ("RVHR", "", 150), ("RHRH", "", 20), ("RMRH", "", 10), ("RLRH", "", 0),
        ("MAPP", "M3", 150), ("MAPP", "M2", 150), ("MAPP", "M1", 5), ("MAPP", "M0", 0),
        *((code, "", 2) for code in ("RMDO", "ALSH", "RVLN", "RCCO", "RCPR", "RCHD", "RPIR", "RVAD", "STRG", "RTAO")),
        ("ADVP", "", 0), ("WEAP", "", 0), ("HREG", "", 0),
    ],
)  # fmt: skip
def test_each_register(officer, code, level, points):
    case = a_case(officer)
    RegistrationFactory(case=case, type_code=code, level_code=level)
    RegistrationFactory(case=case, type_code="RTAO", active=False)

    assert tier(case).tier.protect_points == points


@pytest.mark.parametrize(
    ("outcome", "ended", "points"),
    [
        *((code, None, 2) for code in ("BRE01", "BRE08", "BRE10", "BRE13", "BRE14", "BRE16", "REC01", "REC02")),
        ("BRE09", None, 0), ("REC03", None, 0), ("BRE01", 365, 2), ("BRE01", 367, 0),
    ],
)  # fmt: skip
@pytest.mark.parametrize("sex", ["F", "M"])
def test_enforcement_before_counts_for_women_within_a_year_of_its_sentence(officer, sex, outcome, ended, points):  # fmt: skip
    case = a_case(officer, sex=sex)
    sentence = SentenceFactory(case=case, terminated_on=ended and localdate() - timedelta(days=ended))  # fmt: skip
    Intervention.objects.create(
        case=case, sentence=sentence, source_id="1", type_code="BRE", outcome_code=outcome, active=False
    )  # fmt: skip

    assert tier(case).tier.protect_points == (points if sex == "F" else 0)


# 1.2


@pytest.mark.parametrize(
    ("section", "weight", "standard", "severe"),
    [
        ("accommodation", 1, 2, 7), ("ete", 1, 3, 7), ("relationships", 1, 2, 5), ("lifestyle", 1, 2, 5),
        ("drugs", 1, 2, 8), ("alcohol", 1, 4, 7), ("thinking", 2, 4, 7), ("attitudes", 2, 2, 7),
    ],
)  # fmt: skip
def test_each_section_of_an_assessment_signed_here(officer, section, weight, standard, severe):
    for total, points in ((standard - 1, 0), (standard, weight), (severe - 1, weight), (severe, 2 * weight)):  # fmt: skip
        case = a_case(officer)
        ordered(case)
        assessed(case, scored(section, total))

        assert tier(case).tier.change_points == points


@pytest.mark.parametrize("where", ["here", "listed"])
@pytest.mark.parametrize(("san", "points"), [(None, 2), ("Y", 4)])
def test_an_oasys_document_is_read_for_its_sums_and_for_which_sort_it_is(
    officer, where, san, points
):
    case = a_case(officer)
    ordered(case)
    inner = {"weightedScores": {"thinkingWeightedScore": 5}, "indicators": {"sanIndicator": san}}
    ImportedAssessmentFactory(
        case=case, completed_on=localdate(), document=inner if where == "here" else {"assessments": [inner]}
    )  # fmt: skip

    assert tier(case).tier.change_points == points


@pytest.mark.parametrize("where", ["here", "listed"])
def test_an_oasys_document_tells_what_counts_for_women(officer, where):
    inner = {"relParentalResponsibilities": "Yes", "impulsivity": "0-No problems", "temperControl": "1-Some problems"}  # fmt: skip
    for sex, points in (("F", 4), ("M", 0)):
        case = a_case(officer, sex=sex)
        ImportedAssessmentFactory(
            case=case, completed_on=localdate(), document=inner if where == "here" else {"assessments": [inner]}
        )  # fmt: skip

        assert tier(case).tier.protect_points == points
        assert not any("Whether she is" in one for one in tier(case).not_known)


def test_the_later_of_what_was_signed_here_and_what_came_from_oasys_counts(officer):
    case = a_case(officer)
    ordered(case)
    assessed(case, scored("thinking", 8), days_ago=3)
    brought = ImportedAssessmentFactory(case=case, completed_on=localdate() - timedelta(days=9))
    assert tier(case).tier.change_points == 4

    brought.completed_on = localdate()
    brought.save()

    assert tier(case).tier.change_points == 0
    assert any("came without the sums of its sections" in one for one in tier(case).not_known)


@pytest.mark.parametrize(
    ("percent", "points"), [("9", 0), ("10", 1), ("59", 5), ("59.99", 5), ("90", 9), ("100", 10)]
)
def test_ogrs3_is_that_within_two_years(officer, percent, points):
    case = a_case(officer)
    ordered(case)
    assessed(case, {})
    PredictorFactory(case=case, two_year=Decimal(percent), one_year=Decimal("1"))

    assert tier(case).tier.change_points == points


@pytest.mark.parametrize(
    ("known", "change"),
    [
        ({"main_code": "F"}, "2"),
        ({"main_code": "F", "restrictive": True}, "0"),
        ({"main_code": "W"}, "0"),
        ({"main_code": "W1"}, "0"),
        ({"main_code": "F", "active": False}, "0"),
        ({"main_code": "F", "terminated_on": localdate()}, "0"),
    ],
)
def test_the_mandate_for_change_by_requirement(officer, known, change):
    case = a_case(officer)
    RequirementFactory(sentence=case.sentences.get(), **known)

    assert tier(case).tier.change == change


def test_a_custodial_sentence_that_is_over_gives_no_mandate(officer):
    case = a_case(officer)
    case.sentences.update(order="custody")
    assert tier(case).tier.change == "2"

    case.sentences.update(terminated_on=localdate())
    assert tier(case).tier.change == "0"


# 3: points


def of_tier(officer, protect, change, where):
    """A case whose record comes to that tier, in the community, in custody or on licence."""
    case = a_case(officer)
    if where != "community":
        status = "D" if where == "custody" else "B"
        case.sentences.update(order="custody", custody_status=status, released_on=localdate())
    elif change != "0":
        ordered(case)
    RegistrationFactory(case=case, type_code=ROSH_OF[protect])
    if change in "13":
        high = {"3": [NeedArea.THINKING, NeedArea.ATTITUDES, NeedArea.DRUGS, NeedArea.ALCOHOL], "1": []}  # fmt: skip
        answers = {item: "2" for area in high[change] for item in AREAS[area]}
        assessed(case, answers)
        if change == "3":
            PredictorFactory(case=case, two_year=Decimal("90"))
    return case


# Custody and licence always give a mandate for change, so that no record of them comes to level 0
WHERE = [
    (code, where)
    for code in POINTS
    for where in ("community", "custody", "licence")
    if where == "community" or not code.endswith("0")
]


@pytest.mark.parametrize(("code", "where"), WHERE)
def test_points_of_each_tier_in_each_place(officer, code, where):
    case = of_tier(officer, *code, where)
    today = localdate()
    policy = workload_policy(today)
    (load,) = loads_of(User.objects.filter(pk=officer.pk), today, policy)

    found = other_method(load, today, policy)

    assert found.tiers[case.pk].code == code
    place = ("community", "custody", "licence").index(where)
    assert found.points[case.pk].number == POINTS[code][place]
    assert found.full.total == POINTS[code][place]


def test_nobody_is_supervised_in_the_last_third(officer):
    case = of_tier(officer, "B", "2", "community")
    RegistrationFactory(case=case, type_code="PRC")
    today = localdate()
    policy = workload_policy(today)
    (load,) = loads_of(User.objects.filter(pk=officer.pk), today, policy)

    found = other_method(load, today, policy)

    assert (found.tiers[case.pk].code, found.points[case.pk].number) == ("B2S", 0)


def by_tier(head):
    """The policy, counting by national tier from today."""
    body = newest_policy(NAME).body | {"basis": "tier"}
    set_workload_policy(
        body=body, changing=1, from_on=localdate(), reason="To compare with other areas.", by=head, today=localdate()
    )  # fmt: skip


def test_chosen_by_the_policy_every_figure_is_counted_by_tier_and_the_grid_is_second(officer):
    of_tier(officer, "B", "2", "community")
    today = localdate()
    (before,) = loads_of(User.objects.filter(pk=officer.pk), today)

    by_tier(UserFactory(role=Role.HEAD))
    policy = workload_policy(today)
    (load,) = loads_of(User.objects.filter(pk=officer.pk), today, policy)

    assert load.full.total == 115
    assert load.cases[0].points.working == ("Tier B2, community: 115 points.",)
    second = other_method(load, today, policy)
    assert (second.basis, second.full.total) == (Basis.GRID, before.full.total)


def test_it_takes_as_many_statements_for_forty_cases_as_for_two(officer):
    taken = []
    for more in (2, 38):
        for _ in range(more):
            case = of_tier(officer, "C", "3", "community")
            case.sex = "F"
            case.save()
            ImportedAssessmentFactory(case=case)
        keys = list(officer.cases.values_list("pk", flat=True))
        policy = workload_policy(localdate())
        with CaptureQueriesContext(connection) as found:
            assert len(tiers_of(keys, localdate(), policy)) == len(keys)
        taken.append(len(found))

    assert taken[0] == taken[1] == MOST_STATEMENTS


# The pages


def see(client, user, name, *args):
    client.force_login(user)
    answer = client.get(reverse(name, args=args))
    return answer.status_code, html.unescape(answer.content.decode())


def test_the_page_of_a_case_says_the_tier_its_working_and_what_is_not_known(client, officer):
    case = of_tier(officer, "B", "3", "community")

    status, page = see(client, officer, "national-tier", case.crn)

    assert status == 200
    assert f"<title>National tier, {case.crn}" in page
    assert "National tier: B3" in page
    assert "It places nobody" in page
    assert "Protect level B: 20 points" in page
    assert "High risk of serious harm, registered on" in page
    assert "Thinking and behaviour 8: a severe need that weighs 2, 4 points." in page
    assert "There is no RSR" in page
    assert reverse("national-tier", args=[case.crn]) in see(client, officer, "placement", case.crn)[1]  # fmt: skip


def test_the_page_places_nobody(client, officer):
    case = of_tier(officer, "A", "3", "community")
    before = case.placements.count(), case.standing.place

    see(client, officer, "national-tier", case.crn)
    case.refresh_from_db()

    assert (case.placements.count(), case.standing.place) == before


def test_who_may_not_see_the_placement_does_not_see_the_tier(client, officer):
    case = a_case(officer)
    api = APIClient()
    for role in (Role.SUPERVISOR, Role.MENTOR, Role.SYSTEM):
        user = UserFactory(role=role)
        found, _ = see(client, user, "placement", case.crn)
        assert found in (403, 404)
        assert see(client, user, "national-tier", case.crn)[0] == found
        api.force_login(user)
        assert api.get(reverse("api-national-tier", args=[case.crn])).status_code == found
    limit(case, kept_out=[officer])
    assert see(client, officer, "national-tier", case.crn)[0] == 403


def test_the_api_tells_the_same(officer):
    case = of_tier(officer, "C", "1", "licence")
    api = APIClient()
    api.force_login(officer)

    told = api.get(reverse("api-national-tier", args=[case.crn])).data

    assert (told["code"], told["protect_points"]) == ("C1", 10)
    assert sum(one["points"] for one in told["protect"]) == 10
    assert any("There is no RSR" in one for one in told["not_known"])


def test_an_officers_workload_shows_both_methods_side_by_side(client, officer, senior):
    case = of_tier(officer, "B", "2", "community")

    _, page = see(client, senior, "officer-workload", officer.pk)

    assert "By national tier, the second method: 5.3%" in page  # 115 of 2,176
    assert "Of 1 of them something that the tier turns on is not known" in page
    assert reverse("national-tier", args=[case.crn]) in page
    assert ">115<" in page
    api = APIClient()
    api.force_login(senior)
    told = api.get(reverse("api-officer-workload", args=[officer.pk])).data
    assert told["other_method"] == {"counted_by": "tier", "points": 115, "percent": "5.3", "not_known": 1}  # fmt: skip
    assert [(one["tier"], one["other_points"]) for one in told["cases_open_to_you"]] == [("B2", 115)]  # fmt: skip


def test_with_one_case_kept_from_the_reader_the_second_method_tells_nothing_of_it(client, officer, senior):  # fmt: skip
    of_tier(officer, "B", "2", "community")
    kept = of_tier(officer, "A", "2", "community")
    limit(kept, kept_out=[senior])

    _, page = see(client, senior, "officer-workload", officer.pk)

    assert "the second method" not in page
    assert ">115<" not in page
    api = APIClient()
    api.force_login(senior)
    told = api.get(reverse("api-officer-workload", args=[officer.pk])).data
    assert told["other_method"] is None
    assert [one["other_points"] for one in told["cases_open_to_you"]] == [None]


def test_the_list_of_a_team_has_the_second_method_beside_the_first(client, officer, senior):
    of_tier(officer, "B", "2", "community")
    other = an_officer(officer.team)
    kept = of_tier(other, "A", "2", "community")
    limit(kept, kept_out=[senior])

    _, page = see(client, senior, "workload")

    cells = re.findall(r'data-label="By national tier">([^<]*)</td>', page)
    assert sorted(cells) == ["5.3%", "Not shown"]
    assert "7.3%" not in page  # 158 of 2,176
