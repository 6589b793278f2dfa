"""The product held to what the demonstration planted of interventions: what suits everybody, and what is proposed first.

The truth is reckoned from the plans alone, apart from the rules, so that agreement is evidence.
"""

from datetime import datetime, time

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from cases.models import Case, Deadline
from grid.models import Referral
from grid.queries.facts import gather
from grid.queries.suitability import described
from grid.reference.interventions import INTERVENTIONS
from grid.rules.intervention_ranking import ranked
from grid.rules.suitability import judge_all
from grid.services.intervention_policy import intervention_policy
from staff.models import User
from staff.permissions import Role
from tests.clock import frozen
from tests.demonstration import TODAY, demonstrated

pytestmark = pytest.mark.django_db
MIDDAY = datetime.combine(TODAY, time(12), get_current_timezone())
LISTS = ("suits", "instead", "unknown", "unsuitable", "already")
KINDS = (
    "after violence to a partner, and no programme ordered",
    "a woman with a need in relationships",
    "nothing scored",
    "no day left",
    "planned already",
    "first 60 days",
)
OUTSIDE = {
    "held": "They are in custody.",
    "escalate": "The risk goes to the NPS first",
    "retained": "Their own officer decides",
    "no_sentence": "whom we do not supervise",
}


@pytest.fixture(scope="module")
def truth(django_db_setup, django_db_blocker, tmp_path_factory):
    with demonstrated(django_db_blocker, tmp_path_factory) as planted:
        yield planted["interventions"]


@pytest.fixture
def head(client):
    client.force_login(User.objects.filter(role=Role.HEAD, is_active=True).order_by("pk")[0])
    return client


def found_of(crns):
    """{CRN: as the truth says it} of these people, by the rules."""
    keys = dict(Case.objects.filter(crn__in=crns).values_list("pk", "crn"))
    policy = intervention_policy(TODAY)
    found = {}
    for pk, person in described(gather(keys, TODAY), TODAY).items():
        ranking = ranked(judge_all(person, policy), person)
        lists = {
            "suits": ranking.suits,
            "instead": ranking.instead,
            "unknown": [one.suitability for one in ranking.unknown],
            "unsuitable": [one.suitability for one in ranking.unsuitable],
            "already": ranking.already,
        }
        proposed = ranking.proposed
        found[keys[pk]] = {
            "outside": "",
            "proposed": proposed.intervention.code if proposed else None,
            **{name: sorted(one.intervention.code for one in those) for name, those in lists.items()},
        }  # fmt: skip
    return found


def test_everybody_is_judged_and_proposed_what_the_plans_say(truth):
    inside = {crn: one for crn, one in truth["people"].items() if not one["outside"]}

    assert len(inside) > 150
    assert found_of(inside) == inside


def test_every_intervention_suits_somebody_or_is_ruled_out_for_somebody(truth):
    """So that agreement above is of every one of them, and of each way it can come out."""
    inside = [one for one in truth["people"].values() if not one["outside"]]

    assert {code for one in inside for code in one["unsuitable"]} == set(INTERVENTIONS)
    assert all(any(one[name] for one in inside) for name in LISTS)
    assert {one["proposed"] for one in inside} >= {None, "building_better_relationships"}


def test_what_is_proposed_by_itself_is_what_the_plans_say_to_those_whose_sentence_began_lately(
    truth,
):
    lately = {crn: truth["people"][crn] for crn in truth["lately"]}
    expected = {
        crn: one["proposed"]
        for crn, one in lately.items()
        if not one["outside"] and one["proposed"]
    }

    by_itself = Referral.objects.filter(proposed_by=None)
    found = dict(by_itself.values_list("case__crn", "code"))

    assert found == expected == truth["referrals"]["proposed"]
    assert by_itself.count() == len(expected) > 10


def test_what_was_answered_waits_was_declined_or_is_late_as_planted(truth):
    planted = truth["referrals"]
    owed = Deadline.objects.unmet().filter(kind="answer_intervention")
    by_itself = Referral.objects.filter(proposed_by=None)

    found = {
        state: sorted(by_itself.filter(state=state).values_list("case__crn", flat=True))
        for state in ("accepted", "declined", "proposed")
    }
    late = sorted(owed.overdue(TODAY).values_list("case__crn", flat=True))

    assert found == {
        "accepted": planted["accepted"],
        "declined": planted["declined"],
        "proposed": sorted(planted["late"] + planted["new"]),
    }
    assert late == planted["late"]
    assert sorted(owed.values_list("case__crn", flat=True)) == found["proposed"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_and_the_api_say_so_of_each_kind_of_person(head, truth, kind):
    crn = next(crn for crn in truth["kinds"][kind] if may_open(crn))
    told = truth["people"][crn]

    with frozen(MIDDAY):
        page = head.get(reverse("case-interventions", args=[crn])).content.decode()
        answer = head.get(reverse("api-case-interventions", args=[crn])).json()

    assert answer["proposed"] == told["proposed"]
    for name in LISTS:
        assert sorted(one["intervention"] for one in answer[name]) == told[name]
        assert all(reverse("intervention", args=[code]) in page for code in told[name])
    if told["proposed"]:
        assert f"{INTERVENTIONS[told['proposed']].title}</a></h2>" in page.replace("&#x27;", "'")
    else:
        assert "Nothing is proposed yet" in page


@pytest.mark.parametrize("outside", sorted(OUTSIDE))
def test_whoever_is_outside_is_told_of_in_words(head, truth, outside):
    crns = [crn for crn, one in truth["people"].items() if one["outside"] == outside]
    crn = next(crn for crn in crns if may_open(crn))

    with frozen(MIDDAY):
        answer = head.get(reverse("api-case-interventions", args=[crn])).json()

    assert OUTSIDE[outside] in answer["outside"]
    assert answer["proposed"] is None


def test_after_violence_to_a_partner_nobody_is_put_on_a_programme_that_no_court_ordered(
    head, truth
):
    """But for those whose licence says that they take part in one."""
    crns = truth["kinds"]["after violence to a partner, and no programme ordered"]
    on_orders = Case.objects.filter(crn__in=crns, limit=None, sentences__conditions=None)
    found = sorted(on_orders.values_list("crn", flat=True))

    with frozen(MIDDAY):
        told = head.get(reverse("api-case-interventions", args=[found[0]])).json()

    wanted = "building_better_relationships"
    assert all(wanted in truth["people"][crn]["unsuitable"] for crn in found)
    one = next(one for one in told["unsuitable"] if one["intervention"] == wanted)
    met = {finding["criterion"]: finding["met"] for finding in one["findings"]}
    assert (met["partner_violence"], met["hook"]) == ("met", "not_met")


def may_open(crn):
    return not Case.objects.filter(crn=crn, limit__isnull=False).exists()
