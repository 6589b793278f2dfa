"""The measures of enforcement as numbers, and the list behind each: the same units. Every figure begins at the one door.

Source: `cases.rules.enforcement.measures`; product rules, limited access, every number opens its list.
"""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.timezone import localtime

from cases.models import Breach, BreachStep, Case, Deadline, Letter, Reengagement
from cases.queries.counting import only
from cases.queries.days import midnight
from cases.reference.enforcement import BREACH_OVER, BreachState, LetterState
from cases.reference.enforcement_measures import MEASURES, ONCE_A_RECALL, STEPS
from cases.rules.counting import Unit, by_day, summed
from cases.rules.enforcement import measures as rules
from cases.rules.enforcement.measures import FIRST_ANSWERS, Agreed, Breached, Owed, Went
from staff.models import Team
from staff.permissions import Action

WENT = [LetterState.SENT, LetterState.RETURNED]
OF_BREACHES = {
    "first-time": rules.first_time,
    "decided-by-court": rules.decided_by_court,
    "proven": rules.proven,
}
NO_COURT = "No court recorded"


def counted_cases(user, team=None):
    """The cases of which this reader sees the figures."""
    cases = Case.objects.open_to(user, Action.VIEW_ENFORCEMENT_FIGURES)
    return cases.filter(team=team) if team else cases


def teams_of(user):
    held = counted_cases(user).values("team")
    return {one.code: one for one in Team.objects.filter(pk__in=held).order_by("name")}


def kept_from(user, team=None):
    """The masked rows of the reach. They answer to it and the team alone, so that no measure tells more."""
    reached = Case.objects.within_reach(user, Action.VIEW_ENFORCEMENT_FIGURES).ours()
    return (reached.filter(team=team) if team else reached).masked_to(user)


def figures_of(cases, window):
    """{code: Sum} of these cases over these days. A fixed number of statements."""
    found = _all_units(cases, window)
    return {code: summed(found.get(code, [])) for code in MEASURES}


def units_of(cases, code, which, window):
    """The units of one measure, the earliest first: all of them, or those of which it is so, or not so."""
    return only(by_day(_all_units(cases, window).get(code, [])), which)


def withdrawn_of(cases, window):
    """Breaches withdrawn in these days, by court and cause."""
    found = [one for one in _breaches(cases, window) if window.holds(one.over_on)]
    return rules.withdrawn_by(found)


def withdrawn_units(cases, window, court, because):
    """The breaches behind one number of those."""
    found = [
        one
        for one in _breaches(cases, window)
        if one.court == court and one.withdrawn_because == because
    ]
    return by_day(unit for unit in map(rules.decided_by_court, found) if unit and window.holds(unit.on))  # fmt: skip


def _all_units(cases, window):
    units: dict[str, list[Unit | None]] = {code: [] for code in MEASURES}
    for code, one in _owed(cases, window):
        units[code].append(rules.step(one))
    for one in _breaches(cases, window):
        for code, count in OF_BREACHES.items():
            units[code].append(count(one))
    units["delivered"] = [rules.delivered(one) for one in _letters(cases, window)]
    units["seen"] = [rules.seen(one) for one in _agreed(cases, window)]
    return {
        code: [one for one in found if one and window.holds(one.on)]
        for code, found in units.items()
    }


def _owed(cases, window):
    """(measure, what was owed) of every step that fell due in these days; of a recall that was sent back once."""
    measure_of = {kind: code for code, kind in STEPS.items()}
    fell_due = Q(due_on__range=(window.first, window.last))
    once = Q(kind__in=ONCE_A_RECALL, recall__isnull=False)
    rows = Deadline.objects.filter(case__in=cases, kind__in=measure_of)
    of_these = rows.filter(once & fell_due).values("recall")
    so_far = once & Q(recall__in=of_these, due_on__lte=window.last)
    found = rows.filter((fell_due & ~once) | so_far)
    recalls: dict[tuple[str, int], list[Owed]] = {}
    for one in found.values_list("kind", "recall", "case", "pk", "due_on", "met_on", "void", "paused_on"):  # fmt: skip
        kind, recall, case, pk, due_on, met_on, void, paused_on = one
        owed = Owed(case, pk, due_on, met_on, void, paused_on is not None)
        if kind in ONCE_A_RECALL and recall:
            recalls.setdefault((kind, recall), []).append(owed)
        else:
            yield measure_of[kind], owed
    for (kind, _), several in recalls.items():
        if counts := rules.once_each(several):
            yield measure_of[kind], counts


def _breaches(cases, window):
    """Every breach that was first answered, or over, in these days."""
    of = BreachStep.objects.filter(on__range=(window.first, window.last)).values("breach")
    rows = list(Breach.objects.filter(case__in=cases, pk__in=of).order_by("pk"))
    answers: dict[int, tuple[BreachState, date]] = {}
    ends: dict[int, date] = {}
    steps = BreachStep.objects.filter(breach__in=rows).order_by("at", "pk")
    for pk, state, on in steps.values_list("breach", "state", "on"):
        if state in FIRST_ANSWERS:
            answers.setdefault(pk, (BreachState(state), on))
        if state in BREACH_OVER:
            ends[pk] = on
    return [
        Breached(
            case=one.case_id,
            key=one.pk,
            state=BreachState(one.state),
            court=one.court_name or NO_COURT,
            first_answer=answers.get(one.pk, (None, None))[0],
            answered_on=answers.get(one.pk, (None, None))[1],
            over_on=ends.get(one.pk) if one.state in BREACH_OVER else None,
            outcome=one.outcome,
            withdrawn_because=one.withdrawn_because,
        )
        for one in rows
    ]


def _letters(cases, window):
    rows = Letter.objects.filter(case__in=cases, state__in=WENT, **_within("sent_at", window))
    for case, pk, sent_at, returned_on in rows.values_list("case", "pk", "sent_at", "returned_on"):
        yield Went(case, pk, localtime(sent_at).date(), returned_on)


def _agreed(cases, window):
    """Of contacts that were called off the one that took their place is counted, where it was agreed."""
    rows = Reengagement.objects.filter(
        Q(next_contact__called_off_at=None),
        case__in=cases,
        **_within("next_contact__contact__started_at", window),
    )
    columns = ("case", "pk", "next_contact__contact__started_at", "next_contact__contact__attended")
    for case, pk, at, came in rows.values_list(*columns):
        yield Agreed(case, pk, localtime(at).date(), came)


def _within(column, window):
    last = window.last + timedelta(days=1)
    return {f"{column}__gte": midnight(window.first), f"{column}__lt": midnight(last)}
