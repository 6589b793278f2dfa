"""The rehabilitation activity requirements of one case or of many, counted in a fixed number of statements.

Source: `cases.rules.rar`. A session that names no requirement belongs to the only one there is of its order, or
else of the case; where there are several it belongs to none, and that is said.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from cases.models import Contact, Objective, RarActivity, RarEnough, Requirement, Sentence
from cases.models.worded_once import worded_once
from cases.reference.appointments import NOT_OFFERED, RAR
from cases.reference.codes import HELD
from cases.rules import rar
from cases.rules.rar_forecast import forecast
from cases.rules.words import shortened

IN_DAYS = ("", "day", "days")  # units of a length; days where none is given
ABOUT = ("sentence__case", "sentence__case__officer", "sentence__case__team")
MARKED = Q(rar_activity=True) | Q(booking__rar_activity__isnull=False)
LONGEST = 80  # letters of an activity in a choice


@dataclass(frozen=True)
class Counted:
    """One requirement with its days, and since when it has stalled."""

    requirement: Requirement
    order: rar.Ordered
    tally: rar.Tally
    activities: tuple[RarActivity, ...]  # the live ones first
    sessions: tuple[rar.Session, ...]
    enough: RarEnough | None
    since: date | None  # None: it has not stalled

    @property
    def case(self):
        return self.requirement.sentence.case

    @property
    def runs(self):
        return self.order.runs

    def words(self, today):
        return rar.how_it_stands(self.order, self.tally, self.since, today)

    def forecast(self, today, weeks):
        """What becomes of the days left if every one that is booked is kept; None where there is nothing to say of it.

        `weeks`: of the policy, the fewest without a day that are a stall.
        """
        found = forecast(
            self.order, self.tally, (), every_days=None, today=today, stalled_weeks=weeks
        )
        said = found.days or found.left_over or found.spare or found.too_late
        return found if said else None

    def planned_elsewhere(self, but=None):
        """Days planned in other live activities than `but`, and those credited under none of the live ones."""
        live = {one.pk: one for one in self.activities if one.ended_on is None}
        apart = [days for pk, days in self.tally.by_activity.items() if pk not in live]
        planned = sum(one.days for one in live.values() if but is None or one.pk != but.pk)
        return planned + sum(len(days) for days in apart)


def rar_of_case(case, today, weeks):
    """Every requirement of the case, those that run first. `weeks`: of the policy, after which one stalls."""
    ordered = sorted(_held(case.pk), key=lambda one: (not _runs(one), one.sentence_id, one.pk))
    return _counted(ordered, today, weeks)


def rar_of_cases(case_ids, today, weeks):
    """Those that run on these cases, in five statements whatever their number."""
    return [one for one in _counted(requirements_of(case_ids), today, weeks) if one.runs]


def requirements_of(case_ids):
    """Rehabilitation activity requirements, ended or not."""
    held = Requirement.objects.filter(main_code=RAR, sentence__case__in=case_ids)
    return list(held.select_related(*ABOUT).order_by("pk"))


@worded_once
def _held(case):
    held = Requirement.objects.filter(main_code=RAR, sentence__case=case)
    return held.select_related(*ABOUT).order_by("pk")


def running_of(case):
    """The rehabilitation activity requirements of the case that run."""
    return [one for one in requirements_of([case.pk]) if _runs(one)]


def find_activity(case, pk):
    live = case.rar_activities.live().select_related("requirement__sentence__case", "planned_by")
    return live.filter(pk=pk).first()


def objective_choices(case):
    """(key, words) of each objective of the plan in force."""
    found = Objective.objects.filter(plan__in=case.plans.in_force()).order_by("place", "pk")
    return [(one.pk, shortened(one.what, LONGEST)) for one in found]


def unattached(case, today):
    """Days marked as rehabilitation activity that name no requirement, where there is not just one."""
    found = requirements_of([case.pk])
    belongs = _belongs(found)
    marked = case.contacts.filter(rar_activity=True, attended=True).values_list(
        "requirement", "sentence", "started_at"
    )
    days = {
        rar.Session(at).day for requirement, sentence, at in marked
        if belongs(case.pk, sentence, requirement, None) is None
    }  # fmt: skip
    return sorted(day for day in days if day <= today)


def _counted(requirements, today, weeks):
    if not requirements:
        return []
    case_ids = {one.sentence.case_id for one in requirements}
    activities = _activities(requirements)
    enough = {
        one.requirement_id: one
        for one in RarEnough.objects.standing()
        .filter(requirement__in=requirements)
        .select_related("said_by")
    }
    sessions = _sessions(requirements, case_ids)
    held, released = _custody(case_ids)
    found = []
    for one in requirements:
        order = _order(one, enough.get(one.pk), held, released)
        planned = sum(each.days for each in activities[one.pk] if each.ended_on is None)
        tally = rar.tally(order.days, planned, sessions[one.pk], today)
        since = rar.stalled_since(order, tally, today, weeks)
        found.append(
            Counted(
                one,
                order,
                tally,
                tuple(activities[one.pk]),
                tuple(sessions[one.pk]),
                enough.get(one.pk),
                since,
            )
        )
    return found


def _runs(one):
    sentence = one.sentence
    running = one.active and one.terminated_on is None
    return running and sentence.active and sentence.terminated_on is None


def _order(one, enough, held, released):
    sentence, case = one.sentence, one.sentence.case
    began = one.imposed_on or sentence.started_on or sentence.convicted_on or one.commenced_on
    return rar.Ordered(
        days=one.length if one.length_unit.strip().lower() in IN_DAYS else None,
        began_on=began and max(filter(None, (began, case.arrived_on))),
        ends_on=sentence.supervision_end_on or sentence.expected_end_on,
        runs=_runs(one),
        released_on=released.get(case.pk),
        held=case.pk in held,
        enough=enough is not None,
    )


def _activities(requirements):
    found = defaultdict(list)
    planned = RarActivity.objects.filter(requirement__in=requirements).select_related(
        "objective", "planned_by"
    )
    for one in sorted(planned, key=lambda one: (one.ended_on is not None, one.planned_on, one.pk)):
        found[one.requirement_id].append(one)
    return found


def _sessions(requirements, case_ids):
    """{requirement: its sessions}. What was held and is not marked is no session, whatever it was booked as."""
    belongs = _belongs(requirements)
    lines = Contact.objects.filter(MARKED, case__in=case_ids).values_list(
        "case", "sentence", "requirement", "started_at", "attended", "complied", "outcome_code",
        "rar_activity", "booking__rar_activity", "booking__rar_activity__requirement",
        "booking__called_off_at",
    )  # fmt: skip
    found = defaultdict(list)
    for case, sentence, named, at, attended, complied, code, marked, activity, its, off in lines:
        requirement = belongs(case, sentence, named, its)
        if requirement is None or (attended and not marked):
            continue
        found[requirement].append(
            rar.Session(
                at=at,
                attended=attended,
                complied=complied,
                outcome=bool(code) or attended is not None,
                stands=off is None and code not in NOT_OFFERED,
                activity=activity,
            )
        )
    return found


def _belongs(requirements):
    """A function that says to which of these requirements a session belongs; None: to none of them."""
    known = {one.pk for one in requirements}
    of_sentence = Counter(one.sentence_id for one in requirements)
    of_case = Counter(one.sentence.case_id for one in requirements)
    only = {one.sentence_id: one.pk for one in requirements if of_sentence[one.sentence_id] == 1}
    alone = {
        one.sentence.case_id: one.pk for one in requirements if of_case[one.sentence.case_id] == 1
    }

    def belongs(case, sentence, named, of_activity):
        if of_activity or named:
            return next((one for one in (of_activity, named) if one in known), None)
        return only.get(sentence) if sentence else alone.get(case)

    return belongs


def _custody(case_ids):
    """(cases of somebody who is in custody now, {case: the day of their latest release})."""
    held: set[int] = set()
    released: dict[int, date] = {}
    sentences = Sentence.objects.current().filter(case__in=case_ids)
    for case, status, on in sentences.values_list("case", "custody_status", "released_on"):
        if status in HELD:
            held.add(case)
        if on:
            released[case] = max(on, released.get(case, on))
    return held, released


@dataclass(frozen=True)
class RarLine:
    """One requirement in a line, for the overview and the tab of the sentence."""

    words: str
    stalled: bool


def rar_lines(case, today, weeks):
    """A `RarLine` of each requirement that runs: the four numbers, and where it stands."""
    return [
        RarLine(f"{_numbers(one.tally)} {one.words(today)}", one.since is not None)
        for one in rar_of_case(case, today, weeks)
        if one.runs
    ]


def _numbers(tally):
    ordered = "not recorded" if tally.ordered is None else f"{tally.ordered:,}"
    return (
        f"Days ordered {ordered}, planned {tally.planned:,}, booked {len(tally.booked):,}, "
        f"credited {len(tally.credited):,}."
    )
