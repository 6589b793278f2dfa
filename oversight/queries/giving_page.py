"""What the pages show on which a case is given to an officer: a row for each officer of a team, and what the case asks.

Sources: features 120 and 124; `oversight.queries.giving`. Officers stand in the order of their names, and no one is first.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.urls import reverse

from cases.models import Absence, Transfer
from cases.reference.groups import group_name
from cases.rules.gaps import gates, warnings
from cases.rules.words import counted, listed
from oversight.queries.workload_pages import grade_of, working_of
from oversight.reference.allocation import Training
from oversight.rules.comparing_list import COUNTED_DAYS
from staff.kit import Line, Link, Working, on
from staff.models import User
from staff.reference import STATED, StatedSex

AHEAD = timedelta(weeks=8)  # within which leave to come is said
UNKNOWN_STAFF = "Which of our staff they must keep away from is recorded nowhere but by limited access: ask before you choose."
UNKNOWN_WAY = "How far it is can be said only where two postcodes are known: of where they live, and of a place where the officer sees people."


@dataclass(frozen=True)
class OfficerRow:
    """One officer beside the case."""

    name: str
    grade: str
    trained: list[str]
    full: str  # how full they are, and with it
    working: Working
    cases: str
    given: str
    knows: str
    way: str
    beside: list[str]  # what else to know, in sentences
    warned: list[str]
    choose: Link | None


def case_lines(comparison, choices):
    """What of the case bears on who is to hold it. One statement. `choices`: sentences of whom she or he may be seen by."""
    facts = comparison.facts
    asks = [one.title.lower() for one in Training if one in facts.asks_for]
    before = [one for one in facts.before if one.officer != facts.holder]
    names = {
        one.pk: one.name for one in User.objects.filter(pk__in=[one.officer for one in before])
    }
    yield Line("Group", group_name(facts.group) if facts.group else "None", detail="Its risk is put to the NPS" if facts.escalated else "")  # fmt: skip
    yield Line("Weighs", counted(facts.points, "point"), detail=f"Version {comparison.policy.version} of the policy on workload")  # fmt: skip
    yield Line("Asks for somebody trained in", listed(asks) if asks else "Nothing in particular")
    if choices:
        yield Line("By whom they may be seen", " ".join(choices))
    held = [f"{names[one.officer]} until {on(one.until)}" for one in before if one.officer in names]  # fmt: skip
    yield Line("Held it before", listed(held) if held else "Nobody of our staff")


def not_known(comparison):
    """What nobody can tell from the record, in sentences."""
    found = [UNKNOWN_STAFF]
    if comparison.rows and all(row.minutes is None for row in comparison.rows):
        found.append(UNKNOWN_WAY)
    if any(one.known.contract is None for one in comparison.loads.values()):
        found.append(
            "Where hours by contract are not recorded a full week is counted, so that somebody may look emptier than they are."
        )
    return found


def officer_rows(rows, comparison, *, reasons, choose, sexes):
    """A row for each. `choose`: the link of an officer, by their key; `sexes`: whether what they state of themselves matters.

    `reasons`: keys of those of whom the reader may see for what hours are taken off. Three statements.
    """
    keys = [row.officer.key for row in rows]
    away, offered = _leave(keys, comparison.today), _offered(keys)
    supporters = User.objects.in_bulk([one.known.supporter for one in comparison.loads.values() if one.known.supporter])  # fmt: skip
    return [
        _row(
            row,
            comparison,
            beside=list(_beside(row, comparison, away, supporters, sexes)),
            offered=offered.get(row.officer.key, 0),
            reasons=row.officer.key in reasons,
            choose=choose(row),
        )
        for row in rows
    ]


def _row(row, comparison, *, beside, offered, reasons, choose):
    officer, load = row.officer, comparison.loads[row.officer.key]
    trained = [one.title for one in Training if one in officer.trained]
    waiting = f", and {offered:,} offered that they have not answered" if offered else ""
    given = [f"{counted(row.given, 'case')} in {COUNTED_DAYS} days"]
    given += [f"the last on {on(row.last_given_on)}"] if row.last_given_on else ["none in a year"]
    return OfficerRow(
        name=officer.name,
        grade=grade_of(load.user),
        trained=trained,
        full=_full(row),
        working=working_of(load, comparison.policy, reasons=reasons),
        cases=f"{counted(officer.cases, 'case')}{waiting}",
        given=", ".join(given),
        knows=_knows(row, comparison.facts.holder),
        way=_way(row, comparison.seen[officer.key]),
        beside=beside,
        warned=[one.sentence for one in warnings(row.found)],
        choose=choose,
    )


def _knows(row, holder):
    if row.officer.key == holder:
        return "Holds it now"
    return f"Held it until {on(row.held_until)}" if row.held_until else "Has not held it"


def _full(row):
    """ "46.0% now, 48.3% with it: 1,000 and then 1,050 of 2,176 points"."""
    officer, (before, after) = row.officer, row.percent
    if officer.available <= 0:
        return f"No room for cases now: {counted(officer.points, 'point')} held"
    points = officer.points + row.weighs
    return f"{before}% now, {after}% with it: {officer.points:,} and then {points:,} of {counted(officer.available, 'point')}"


def _way(row, seen):
    names = listed([place.name for place in seen.places])
    if not names:
        return "Where they see people is not known: no diary, and no place of their team"
    where = f"{names}{'' if seen.by_diary else ', as their team does'}"
    if row.minutes is None:
        return f"{where}: how far is not known"
    return f"{where}: about {counted(row.minutes, 'minute')} each way"


def _beside(row, comparison, away, supporters, sexes):
    load, officer = comparison.loads[row.officer.key], row.officer
    yield from away.get(officer.key, ())
    if officer.last_on:
        yield f"Leaves on {on(officer.last_on)}."
    if officer.induction_to:
        who = supporters.get(load.known.supporter)
        support = f"supported by {who.name}" if who else "nobody is named to support them"
        yield f"In induction until {on(officer.induction_to)}, {support}."
    if load.known.contract is None:
        yield "Hours by contract are not recorded."
    if sexes:
        stated = (
            STATED[StatedSex(officer.sex)].lower() if officer.sex else "nothing: nobody has asked"
        )
        yield f"States of themselves: {stated}."


def _leave(keys, today):
    """{officer: sentences of their leave, now and in the weeks to come}"""
    rows = Absence.objects.filter(user__in=keys, cancelled_on=None, to_on__gte=today, from_on__lte=today + AHEAD)  # fmt: skip
    found: dict[int, list[str]] = {}
    for one in rows.select_related("cover").order_by("from_on", "pk"):
        cover = f"{one.cover.name} covers" if one.cover else "nobody covers"
        when = f"until {on(one.to_on)}" if one.from_on <= today else f"from {on(one.from_on)} to {on(one.to_on)}"  # fmt: skip
        found.setdefault(one.user_id, []).append(f"Away {when}, {cover}.")
    return found


def _offered(keys):
    """{officer: cases offered to them that they have not answered}"""
    rows = Transfer.objects.waiting().filter(to_officer__in=keys).values_list("to_officer")
    return dict(rows.annotate(n=Count("pk")).order_by("to_officer"))


def left_out_of(comparison):
    """[(name, why)] of those of the team who cannot be given it."""
    return [
        (row.officer.name, " ".join(one.sentence for one in gates(row.found)))
        for row in comparison.left_out
    ]


def choosing(case, *, held, offers):
    """The link of an officer: to name them, to offer them a case that somebody holds, or none."""

    def link(row):
        name, key = row.officer.name, row.officer.key
        address = reverse("give-case", args=[case.crn, key])
        if not held:
            return Link("Choose", address, hidden=f" {name}")
        if offers and key != case.officer_id:
            return Link("Offer it", address, hidden=f" to {name}")
        return None

    return link
