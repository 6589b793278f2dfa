"""The loop of enquiry, live: asked, answered, analysed and acted on; every number opens its list."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Case
from cases.rules.addresses import address
from cases.rules.measures import FOUND_ELSEWHERE, VERSION, Step, share
from oversight.queries.caseload import ALL, Wanted, narrowed, widest
from oversight.queries.loop import CODES, CONCERN, NOT, OPEN, PLANNED, loop_of
from staff.kit import Column, Input, Link, Working
from staff.permissions import Action
from staff.views.lists import remember_list

HEADS = ["With a concern", *(step.title for step in Step), "Enquiry open, plan live"]


@dataclass(frozen=True)
class Measure:
    """One line of the figure: those who have, the share they are, and those who have not."""

    title: str
    done: Link
    share: str
    missing: Link
    elsewhere: str = ""


@staff_view(Action.VIEW_MEASURES)
def the_loop(request):
    user, today = request.user, localdate()
    whose = widest(user, Action.VIEW_MEASURES)
    cases = narrowed(Case.objects.open_to(user, Action.VIEW_MEASURES), user, Wanted(whose=whose))
    whole, teams = loop_of(cases, today)
    reached = narrowed(
        Case.objects.within_reach(user, Action.VIEW_MEASURES), user, Wanted(whose=whose)
    )
    context = {
        "lead": lead(whole),
        "people": people(whole, whose),
        "measures": measures(whole, whose),
        "plans": plans(whole, whose),
        "columns": [Column("Team"), *(Column(text, numeric=True) for text in HEADS)],
        "teams": [(one.team.name, cells(one, whose)) for one in teams] if whose == ALL else [],
        "kept": reached.masked_to(user).count(),
        "working": working(whole),
    }
    remember_list(request, "The loop")
    return render(request, "oversight/loop.html", context)


def lead(figures):
    """The headline in a sentence."""
    counts = figures.counts
    part = share(counts[Step.CITED], counts[CONCERN])
    if part is None:
        return "Nobody with a domestic abuse or child concern is in your reach."
    return (
        f"{part}% of people with a domestic abuse or child concern have a reply under six months old "
        "that was analysed and that an action of the plan rests on."
    )


def people(figures, whose):
    return _link(figures, CONCERN, whose)


def measures(figures, whose):
    """A line for each step of the loop."""
    return [
        Measure(
            title=step.title,
            done=_link(figures, step, whose),
            share=_per_cent(figures, step, CONCERN),
            missing=_link(figures, f"{NOT}{step}", whose),
            elsewhere=FOUND_ELSEWHERE.get(step, ""),
        )
        for step in Step
    ]


def plans(figures, whose):
    """The line beside it: who is protected while an enquiry is open."""
    return Measure(
        title="Live interim plan while an enquiry is open",
        done=_link(figures, PLANNED, whose),
        share=_per_cent(figures, PLANNED, OPEN),
        missing=_link(figures, f"{NOT}{PLANNED}", whose),
    )


def cells(figures, whose):
    """The row of a team: each number with its share, as a link to those who have come so far."""
    texts = [f"{figures.counts[CONCERN]:,}"]
    texts += [f"{figures.counts[step]:,} ({_per_cent(figures, step, CONCERN)})" for step in Step]
    texts += [f"{figures.counts[PLANNED]:,} ({_per_cent(figures, PLANNED, OPEN)})"]
    return [
        Link(text, _address(figures, code, whose), hidden=head)
        for text, code, head in zip(texts, (CONCERN, *Step, PLANNED), HEADS, strict=True)
    ]


def _link(figures, code, whose):
    return Link(CODES[code], _address(figures, code, whose), count=figures.counts[code])


def _address(figures, code, whose):
    team = figures.team.code if figures.team else ""
    return address(reverse("caseload"), whose=whose, team=team, loop=code)


def _per_cent(figures, code, of):
    part = share(figures.counts[code], figures.counts[of])
    return "nobody" if part is None else f"{part}%"


def working(figures):
    """How the figure is counted, in the layout of everything computed."""
    counts = figures.counts
    inputs = [
        Input(
            "With a domestic abuse or child concern", f"{counts[CONCERN]:,}", source="registers now"
        )
    ]
    inputs += [Input(step.title, f"{counts[step]:,}") for step in Step]
    return Working(
        title="How this is counted",
        inputs=inputs,
        rule="Of people supervised by us who are on a current domestic abuse or child register. Domestic abuse is "
        "asked of the police, a child concern of children's social care; with both concerns each needs its own. "
        "One and the same enquiry must be sent, answered less than six months ago, analysed, and named by an "
        "action of the plan. A partial reply or a refusal is no answer, and a superseded enquiry does not count.",
        source="the headline figure of the service; judged as HMIP judges a case",
        version=VERSION,
        answer=_per_cent(figures, Step.CITED, CONCERN),
    )
