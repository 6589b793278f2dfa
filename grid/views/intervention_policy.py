"""Pages about the policy on interventions: what is in force, and setting a new version.

Source: architecture, "policy that a provider sets".
"""

from django.http import Http404

from cases.rules.words import counted
from cases.views.policy_pages import Pages, Part, policy_page, set_policy_page
from grid.forms.intervention_policy import (
    ON_GROUPS,
    ON_WAITING,
    AnswerForm,
    GroupsForm,
    TermsForm,
    WaitingForm,
)
from grid.reference.interventions import INTERVENTIONS, Family
from grid.rules.intervention_policy import NAME, read_terms
from grid.rules.intervention_words import (
    say_criteria,
    say_dose,
    say_entries,
    say_hooks,
    say_leaders,
    say_made_up_for,
    say_price,
    say_size,
    say_where,
)
from grid.rules.policy_since import completed
from grid.rules.suitability import Criterion
from grid.services.intervention_policy import set_intervention_policy
from staff.access import staff_view
from staff.kit import Line
from staff.permissions import Action

FORMS = {"waiting": WaitingForm, "groups": GroupsForm}  # of the parts that are of no intervention


@staff_view(Action.VIEW_POLICY)
def intervention_policy(request):
    return policy_page(request, PAGES)


@staff_view(Action.SET_POLICY)
def set_policy(request):
    """The days to answer; or, with `of` in the address, another part or the terms of one intervention."""
    code = request.GET.get("of", "")
    if not code:
        return set_policy_page(request, PAGES, AnswerForm)
    if code in FORMS:
        return set_policy_page(request, PAGES, FORMS[code])
    if code not in INTERVENTIONS:
        raise Http404
    return set_policy_page(request, PAGES, TermsForm, about=INTERVENTIONS[code].title, code=code)


def _parts(body, change):
    body = completed(body)
    days = Line(
        "An officer answers within",
        counted(body["answer_working_days"], "working day"),
        detail="From the day an intervention is proposed.",
    )
    by_family = sorted(INTERVENTIONS.values(), key=lambda one: list(Family).index(one.family))
    return [
        Part("Answering what is proposed", [days], change),
        Part("Waiting for a group", _numbers(body["waiting"], ON_WAITING), f"{change}?of=waiting"),
        Part("Running a group", _numbers(body["groups"], ON_GROUPS), f"{change}?of=groups"),
        *(_part(one, body["terms"][one.code], change) for one in by_family),
    ]


def _numbers(said, asked):
    return [Line(label, str(said[name]), detail=why) for name, (label, why) in asked.items()]


def _part(one, said, change):
    terms = read_terms(one, said)
    title = one.title if terms.offered else f"{one.title} (does not run here)"
    return Part(title, _lines(terms), f"{change}?of={one.code}", under=one.family.title)


def _lines(terms):
    return [
        Line(Criterion.HOOK.title, "; ".join(say_hooks(terms)) or "Nothing"),
        *(Line(criterion.title, words) for criterion, words in say_criteria(terms)),
        Line("How much of it", say_dose(terms.dose)),
        Line("Sessions in a week, at most", str(terms.dose.a_week)),
        Line("Each session is a day of a RAR", "Yes" if terms.days_counted else "No"),
        Line("Where", say_where(terms)),
        Line("Whoever leads it is trained for", terms.skill or "Nothing of its own"),
        Line("People in a series", say_size(terms)),
        Line("Led by", say_leaders(terms)),
        Line("A series is for women alone", "Yes" if terms.women_only else "No"),
        Line("Somebody may begin with", say_entries(terms)),
        Line("What they missed before", say_made_up_for(terms)),
        Line(
            "A series that ends after their order", "Refused" if terms.must_finish else "Only said"
        ),
        Line("Price of a place", say_price(terms)),
        Line("Where the figures come from", terms.notes),
    ]


PAGES = Pages(
    name=NAME,
    title="Policy on interventions",
    read_at="interventions-policy",
    set_at="set-interventions-policy",
    parts=_parts,
    set_version=set_intervention_policy,
    then="What is proposed from that day goes by it.",
)
