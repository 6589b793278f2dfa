"""Somebody to whom something can be proposed, and referrals as they stand."""

from datetime import timedelta

from cases.models import Predictor
from cases.reference.codes import Sex
from grid.models import Referral
from grid.reference.groups import ReferralState
from grid.services.placement import place_many
from grid.services.proposals import propose_for
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    RequirementFactory,
    UserFactory,
    placeable,
)

MAKING_AMENDS = "making_amends"  # what suits them first
STEPPING_STONES = "stepping_stones"  # what suits them next
SCORED = {  # of an assessment in which thinking alone is a need
    "thinking": ("2", ("recognises", "solves", "consequences", "views")),
    "relationships": ("0", ("family", "childhood", "partners")),
    "lifestyle": ("0", ("activities", "influenced", "reckless")),
    "attitudes": ("0", ("supportive", "supervision", "community", "change")),
    "ete": ("0", ("unemployed", "history", "skills", "attitude")),
    "accommodation": ("0", ("nfa", "suitable", "permanent", "location")),
}


def answers(**over):
    given = {f"{area}.{item}": score for area, (score, items) in SCORED.items() for item in items}
    given |= {f"{area}.{said}": "no" for area in ("emotional", "finance", "health") for said in ("offending", "harm")}  # fmt: skip
    return given | {"screening.indicators": ["violence"]} | over


def a_man(today=TODAY, *, days=20, weeks=40, begun=11, percent=None, **columns):
    """Medium, OGRS3 of 62%, so many days of a RAR and weeks to go, begun so many days ago; thinking is a need."""
    case = placeable(sex=Sex.MALE, **columns)
    sentence = case.sentences.get()
    sentence.started_on = today - timedelta(days=begun)
    sentence.expected_end_on = today + timedelta(weeks=weeks)
    sentence.save()
    if days:
        RequirementFactory(sentence=sentence, length=days, length_unit="Days")
    AssessmentFactory(case=case, signed=True, answers=answers())
    if percent:
        Predictor.objects.filter(case=case).update(two_year=percent)
    return case


def proposed_to(case, today=TODAY):
    """What is proposed to them once they are placed."""
    place_many(case_ids=[case.pk], today=today)
    propose_for(case_ids=[case.pk], today=today)
    return Referral.objects.proposed().get(case=case)


def referral_of(case, code=MAKING_AMENDS, *, state=ReferralState.ACCEPTED, on=TODAY, **columns):
    """A referral that stands so, whatever suits them."""
    answered = state in {ReferralState.ACCEPTED, ReferralState.DECLINED}
    known = {
        "hook": "rar",
        "proposed_on": on,
        "because": "It suits.",
        "policy_version": 1,
        "evidence": {"criteria": []},
        "waiting_since": on if state == ReferralState.ACCEPTED else None,
    }
    if answered:
        known |= {"answered_at": NOW, "answered_by": UserFactory()}
    if state == ReferralState.DECLINED:
        known |= {"declined_because": "not_right", "words": "They have other plans."}
    if state not in {ReferralState.PROPOSED, ReferralState.ACCEPTED}:
        known |= {"closed_on": on, "closed_because": "It is over"}
    return Referral.objects.create(case=case, code=code, state=state, **known | columns)
