"""What decides whether each of many cases is owed a visit at home, in a fixed number of statements.

Source: product rules, clocks; `cases.rules.visits` says what it comes to.
"""

from collections import defaultdict
from datetime import datetime, time

from django.utils.timezone import get_current_timezone, localtime

from cases.models import Address, Contact, Plan, Registration, RelatedPerson, Sentence
from cases.queries.enquiries import CONCERNS, MAIN_ADDRESS
from cases.queries.registers import register_name
from cases.reference.appointments import HOME_VISIT_CODES
from cases.reference.checks import SubjectKind
from cases.reference.codes import HELD
from cases.rules.visits import VisitFacts

HOME_VISITS = "home_visits"  # what a plan says of them


def visit_facts(cases, today):
    """{case: VisitFacts} of each of these cases (a list). Six statements."""
    keys = [case.pk for case in cases]
    sentences = _by_case(
        Sentence.objects.current().filter(case__in=keys),
        "custody_status", "released_on", "started_on", "convicted_on",
    )  # fmt: skip
    registers = defaultdict(list)
    on_register = Registration.objects.current().filter(case__in=keys, type_code__in=CONCERNS)
    for one in on_register.order_by("pk"):
        registers[one.case_id].append((register_name(one), one.started_on))
    lives = RelatedPerson.objects.filter(case__in=keys, to_on=None, lives_with=True)
    people = _by_case(lives, "kind", "victim", "protected", "from_on")
    homes = _by_case(
        Address.objects.filter(case__in=keys, status_code=MAIN_ADDRESS, to_on=None),
        "no_fixed_abode", "from_on",
    )  # fmt: skip
    plans = {
        case: (answers, localtime(signed_at).date())
        for case, answers, signed_at in Plan.objects.in_force()
        .filter(case__in=keys)
        .values_list("case", "answers", "signed_at")
    }
    visited = _visited(keys, today)
    return {
        case.pk: _facts(
            case, sentences[case.pk], registers[case.pk], people[case.pk], homes[case.pk],
            plans.get(case.pk), visited[case.pk], today,
        )
        for case in cases
    }  # fmt: skip


def _by_case(rows, *columns):
    found = defaultdict(list)
    for case, *values in rows.order_by("pk").values_list("case", *columns):
        found[case].append(values)
    return found


def _visited(keys, today):
    """The days on which somebody was seen at home."""
    tonight = datetime.combine(today, time.max, get_current_timezone())
    made = Contact.objects.filter(
        case__in=keys, type_code__in=HOME_VISIT_CODES, attended=True, started_at__lte=tonight
    ).exclude(booking__visit__not_done__gt="")  # they may have been there and not let us in
    found = defaultdict(list)
    for case, at in made.values_list("case", "started_at"):
        found[case].append(localtime(at).date())
    return found


def _facts(case, sentences, registers, people, homes, plan, visited, today):
    answers: dict[str, str] = plan[0] if plan else {}
    signed_on = plan[1] if plan else None
    said = answers.get(f"{HOME_VISITS}.answer", "")
    home = homes[-1] if homes else None
    return VisitFacts(
        began_on=_began_on(case, sentences, today),
        held=any(status in HELD for status, *_ in sentences),
        no_fixed_abode=bool(home and home[0]),
        concerns=(*registers, *_household(people)),
        changes=tuple(_changes(people, home, today)),
        planned={"yes": True, "no": False}.get(said),
        planned_on=signed_on,
        plan_because=answers.get(f"{HOME_VISITS}.because", ""),
        visited_on=tuple(sorted(visited)),
    )


def _began_on(case, sentences, today):
    """When we took the case, or they came out of custody; of an imported case, once it is taken up."""
    released = [released_on for _, released_on, *_ in sentences if released_on]
    began = [started or convicted for _, _, started, convicted in sentences]
    arrived = case.arrived_on or min(filter(None, began), default=None) or case.officer_since
    return min(max(filter(None, (arrived or today, case.taken_up_on, *released))), today)


def _household(people):
    """A concern about who lives there, beside those on a register. Names stand in none of it."""
    for kind, victim, protected, from_on in people:
        if victim or protected:
            yield "A victim or somebody protected lives with them", from_on
        elif kind == SubjectKind.CHILD:
            yield "A child lives with them", from_on


def _changes(people, home, today):
    """What may have changed at home since somebody was last there."""
    if home and home[1] and home[1] <= today:
        yield "New address", home[1]
    for *_, from_on in people:
        if from_on and from_on <= today:
            yield "Somebody came to live with them", from_on
