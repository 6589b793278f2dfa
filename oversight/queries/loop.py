"""The headline figure, live: how far the loop of enquiry has come on each case with a concern.

Source: `cases.rules.measures`. Figures, and the lists that they open, come from the same rows.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from cases.models import Enquiry, InterimPlan, PlanAction, Registration
from cases.queries.enquiries import CONCERNS
from cases.rules.measures import MEASURED, Asked, Step, steps_taken, tally
from staff.models import Team

NOT = "not-"  # before a step: those who have not taken it
CONCERN, OPEN, PLANNED = "concern", "open", "planned"
CODES = {
    CONCERN: "Domestic abuse or child concern",
    **{str(step): step.title for step in Step},
    **{f"{NOT}{step}": f"Not yet {step.title.lower()}" for step in Step},
    OPEN: "An enquiry is open",
    PLANNED: "Every open enquiry is covered by a live interim plan",
    f"{NOT}{PLANNED}": "An open enquiry without a live interim plan",
}
REGISTERS = [register for register, concern in CONCERNS.items() if concern in MEASURED]


@dataclass(frozen=True)
class Figures:
    """The loop on some cases. `counts`: how many cases under each of CODES."""

    team: Team | None
    counts: dict[str, int]


def figures_of(cases, today, team=None):
    """The figures of these cases, said to be of that team. Three statements."""
    ours = cases.ours()
    return _figures(team, _steps_of(ours, today), _waiting(ours, today))


def loop_of(cases, today):
    """(the figures of all these cases, those of each team). A fixed number of statements."""
    ours = cases.ours()
    steps, waiting = _steps_of(ours, today), _waiting(ours, today)
    steps_in: dict[int | None, dict] = defaultdict(dict)
    waiting_in: dict[int | None, dict] = defaultdict(dict)
    for case, team in ours.values_list("pk", "team"):
        if case in steps:
            steps_in[team][case] = steps[case]
        if case in waiting:
            waiting_in[team][case] = waiting[case]
    teams = [key for key in steps_in.keys() | waiting_in.keys() if key]
    named = Team.objects.filter(pk__in=teams).order_by("name")
    of_each = [_figures(team, steps_in[team.pk], waiting_in[team.pk]) for team in named]
    return _figures(None, steps, waiting), of_each


def in_loop(cases, code, today):
    """Of these cases, those counted under this code."""
    ours = cases.ours()
    if code in (OPEN, PLANNED, f"{NOT}{PLANNED}"):
        found = _waiting(ours, today)
        wanted = {OPEN: (True, False), PLANNED: (True,)}.get(code, (False,))
        return cases.filter(pk__in=[case for case, planned in found.items() if planned in wanted])
    found = _steps_of(ours, today)
    step = code.removeprefix(NOT)
    return cases.filter(
        pk__in=[
            case
            for case, steps in found.items()
            if code == CONCERN or (step in steps) != code.startswith(NOT)
        ]
    )


def _figures(team, steps, waiting):
    counted = tally(steps.values())
    people = counted[None]
    counts = {CONCERN: people, OPEN: len(waiting), PLANNED: sum(waiting.values())}
    for step in Step:
        counts |= {str(step): counted[step], f"{NOT}{step}": people - counted[step]}
    return Figures(team, counts | {f"{NOT}{PLANNED}": counts[OPEN] - counts[PLANNED]})


def _steps_of(cases, today):
    """{case: the steps taken} of those with a concern, in two statements."""
    concerns, asked = defaultdict(set), defaultdict(list)
    on_register = Registration.objects.current().filter(type_code__in=REGISTERS, case__in=cases)
    for case, register in on_register.values_list("case", "type_code"):
        concerns[case].add(CONCERNS[register])
    cited = Exists(PlanAction.objects.in_force().filter(enquiry=OuterRef("pk")))
    put = Enquiry.objects.filter(case__in=on_register.values("case"), sent_on__isnull=False)
    columns = ("case", "kind", "state", "sent_on", "replied_on", "reply")
    for case, *facts in put.values_list(*columns, cited):
        asked[case].append(Asked(*facts))
    return {case: steps_taken(about, asked[case], today) for case, about in concerns.items()}


def _waiting(cases, today):
    """{case: whether a live interim plan covers every open enquiry} of those with one, in one statement.

    Imported cases whose checks nobody has taken up owe no plan.
    """
    covered = InterimPlan.objects.live(today).filter(enquiries=OuterRef("pk"))
    open_ = Enquiry.objects.unfinished().filter(case__in=cases.checked_by_rule())
    found: dict[int, bool] = {}
    for case, planned in open_.values_list("case", Exists(covered)):
        found[case] = found.get(case, True) and planned
    return found
