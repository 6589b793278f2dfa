"""The catalogue of interventions, one of them, and the booklet that tells sentencers of them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.agencies.typeset import PDF
from cases.rules.addresses import address
from cases.rules.words import counted
from grid.forms.interventions import CatalogueForm
from grid.queries import interventions as queries
from grid.reference.interventions import INTERVENTIONS
from grid.rules.booklet import NONE
from grid.rules.intervention_policy import read_intervention_policy
from grid.services.booklet import booklet_now, make_booklet
from grid.services.intervention_policy import intervention_policy_in_force
from staff.access import staff_view
from staff.errors import RuleBroken
from staff.kit import Column, Link, on
from staff.permissions import Action, reach

COLUMNS = [
    Column(text)
    for text in ("Intervention", "For whom", "By what hook", "How much", "Where", "Skill")
] + [Column("Price of a place", numeric=True)]


@staff_view(Action.VIEW_CATALOGUE)
def interventions(request):
    kept = intervention_policy_in_force(localdate())
    policy = read_intervention_policy(kept.body, kept.version)
    form = CatalogueForm(request.GET, policy=policy)
    form.is_valid()
    wanted, here = form.wanted(), reverse("interventions")
    families = queries.rows_of(queries.listed(policy, kept.from_on, wanted))
    context = {
        "lead": f"What there is to change what leads to offending, by version {kept.version} of the policy, in force from {on(kept.from_on)}.",
        "form": form,
        "chips": _chips(form, wanted, here),
        "clear": here,
        "columns": COLUMNS,
        "families": families,
        "shown": counted(sum(map(len, families.values())), "intervention"),
        "may_see_policy": _may_see_policy(request.user),
    }
    return render(request, "grid/interventions.html", context)


@staff_view(Action.VIEW_CATALOGUE)
def intervention(request, intervention):
    if intervention not in INTERVENTIONS:
        raise Http404
    kept = intervention_policy_in_force(localdate())
    policy = read_intervention_policy(kept.body, kept.version)
    one = queries.one_of(intervention, policy, kept.from_on)
    context = {
        "heading": one.intervention.title,
        "what": one.intervention.what,
        "offered": one.terms.offered,
        "lines": queries.lines_of(one),
        "criteria": queries.criteria_of(one),
        "equals_heading": "The group whose content it has"
        if one.intervention.one_to_one
        else "One to one, where no group fits",
        "equals": queries.equals_of(intervention),
        "sources": queries.sources_of(one, kept.source),
        "may_see_policy": _may_see_policy(request.user),
        "back": reverse("interventions"),
    }
    return render(request, "grid/intervention.html", context)


@staff_view(Action.VIEW_CATALOGUE)
def sentencers_booklet(request):
    context = {
        "booklet": booklet_now(localdate()),
        "none": NONE,
        "back": reverse("interventions"),
    }
    return render(request, "grid/sentencers_booklet.html", context)


@staff_view(Action.VIEW_CATALOGUE)
def sentencers_booklet_paper(request):
    today = localdate()
    try:
        content = make_booklet(by=request.user, today=today)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("sentencers-booklet")
    answer = HttpResponse(content, content_type=PDF)
    answer["Content-Disposition"] = f'attachment; filename="what-a-court-may-order-{today}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def _chips(form, wanted, here):
    """What narrows the list, each with the address that widens it again."""
    codes = {name: code for name, code in vars(wanted).items() if code}
    return [
        Link(
            f"{form.fields[name].label}: {dict(form.fields[name].choices)[code]}",
            address(here, **{other: kept for other, kept in codes.items() if other != name}),
        )
        for name, code in codes.items()
    ]


def _may_see_policy(user):
    return bool(reach(user.role, Action.VIEW_POLICY))
