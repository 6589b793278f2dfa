"""The headline figure, live: how far the loop of enquiry has come on each case with a concern.

Source: `cases.rules.measures`. Figures, and the lists that they open, come from the same rows.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from cases.models import Case, Enquiry, InterimPlan, PlanAction, Registration
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
# Of rows of a case's key and whether a plan covers the enquiry that is open on it: how many cases, by whether all are
BY_COVER = """
    SELECT planned, count(*) AS n FROM (
        SELECT of, bool_and(planned) AS planned FROM ({}) AS one (of, planned) GROUP BY 1
    ) AS waiting GROUP BY 1
"""
REGISTERS = [register for register, concern in CONCERNS.items() if concern in MEASURED]


@dataclass(frozen=True)
class Figures:
    """The loop on some cases. `counts`: how many cases under each of CODES."""

    team: Team | None
    counts: dict[str, int]


def counted(among, today):
    """What `figures_of` needs, for `counted_at_once`. `among`: a Q of rows about the cases that are counted of."""
    ours = among & Q(case__in=Case.objects.ours())
    checked = among & Q(case__in=Case.objects.checked_by_rule())
    return {
        "concerns": _concerns(ours),
        "asked": _asked(ours),
        "waiting": (BY_COVER, _open(checked, today)),
    }


def figures_of(found, today, team=None):
    """The figures of the cases of which this was `counted`, said to be of that team."""
    asked = [
        (case, kind, state, _day(sent_on), _day(replied_on), reply, cited)
        for case, kind, state, sent_on, replied_on, reply, cited in found["asked"]
    ]
    waiting = dict(found["waiting"])
    steps = _taken(found["concerns"], asked, today)
    return _figures(team, steps, sum(waiting.values()), waiting.get(True, 0))


def _day(text):
    return date.fromisoformat(text) if text else None


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
    of_each = [_figures(team, steps_in[team.pk], *_sums(waiting_in[team.pk])) for team in named]
    return _figures(None, steps, *_sums(waiting)), of_each


def _sums(waiting):
    """(how many cases have an enquiry open, of how many a plan covers all of them)"""
    return len(waiting), sum(waiting.values())


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


def _figures(team, steps, waiting, planned):
    taken = tally(steps.values())
    people = taken[None]
    counts = {CONCERN: people, OPEN: waiting, PLANNED: planned}
    for step in Step:
        counts |= {str(step): taken[step], f"{NOT}{step}": people - taken[step]}
    return Figures(team, counts | {f"{NOT}{PLANNED}": counts[OPEN] - counts[PLANNED]})


def _steps_of(cases, today):
    """{case: the steps taken} of those with a concern, in two statements."""
    these = Q(case__in=cases)
    return _taken(_concerns(these), _asked(these), today)


def _taken(on_register, put, today):
    concerns, asked = defaultdict(set), defaultdict(list)
    for case, register in on_register:
        concerns[case].add(CONCERNS[register])
    for case, *facts in put:
        asked[case].append(Asked(*facts))
    return {case: steps_taken(about, asked[case], today) for case, about in concerns.items()}


def _concerns(these):
    """(case, register) of each concern of these cases that is measured."""
    found = Registration.objects.current().filter(these, type_code__in=REGISTERS)
    return found.values_list("case", "type_code")


def _asked(these):
    """(case, what `Asked` holds) of each enquiry sent on those of these cases that have a concern."""
    cited = Exists(PlanAction.objects.in_force().filter(enquiry=OuterRef("pk")))
    put = Enquiry.objects.filter(case__in=_concerns(these).values("case"), sent_on__isnull=False)
    return put.values_list("case", "kind", "state", "sent_on", "replied_on", "reply", cited)


def _waiting(cases, today):
    """{case: whether a live interim plan covers every open enquiry} of those with one, in one statement.

    Imported cases whose checks nobody has taken up owe no plan.
    """
    found: dict[int, bool] = {}
    for case, planned in _open(Q(case__in=cases.checked_by_rule()), today):
        found[case] = found.get(case, True) and planned
    return found


def _open(these, today):
    """(case, whether a live interim plan covers it) of each open enquiry of these cases."""
    covered = InterimPlan.objects.live(today).filter(enquiries=OuterRef("pk"))
    return Enquiry.objects.unfinished().filter(these).values_list("case", Exists(covered))
