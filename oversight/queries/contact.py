"""Contact delivered, planned and standard of many people: sums by team and officer, and the list behind each number.

Source: `cases.rules.contact_figures`. A sum and the list that it opens come from the same rows.
"""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse

from cases.models import Case
from cases.queries.contact_figures import OfCase, figures_of, sums_of
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.rules.contact_figures import NotCounted, Sums, among
from staff.kit import Link
from staff.models import Team, User

ORDER = ("sort_name", "id")
ALL, NOT_COUNTED = "all", "not-counted"
GROUPS = {  # of people, by how they are seen
    "below": "The plan is below the standard",
    "no_plan": "No plan says how often",
    "short": "Delivered less than the standard",
    "not_offered": "Nothing offered or delivered",
}
NUMBERS = {  # of contact
    "delivered": "Delivered",
    "planned": "Planned",
    "standard": "Standard",
    "offered": "Offered",
    "missed": "Offered, and not kept",
    "unsaid": "Offered, and nobody has said",
    "telephone": "By telephone",
    "home_visits": "At home",
}
CODES = {
    ALL: "Everybody who is counted",
    **GROUPS,
    **NUMBERS,
    NOT_COUNTED: "Not counted",
    **{str(one): f"Not counted: {one.title}" for one in NotCounted},
}


@dataclass(frozen=True)
class Contact:
    """The figures of some people, one by one and together."""

    found: dict[int, OfCase]
    whole: Sums
    teams: list[tuple[Team, Sums]]  # by name
    officers: list[tuple[User | None, Sums]]  # by surname; None: no officer
    not_counted: Counter  # {NotCounted: people}


@dataclass(frozen=True)
class PersonRow:
    crn: str
    name: str
    href: str
    officer: str
    team: str
    numbers: list[Link]  # as NUMBERS, each with its head
    why: str  # why not counted, or why the plan is below the standard


def contact_of(cases, today, weeks):
    """The figures of these cases, with the sums of each team and officer. A fixed number of statements."""
    held = {pk: (team, officer) for pk, team, officer in cases.ours().values_list("pk", "team", "officer")}  # fmt: skip
    found = figures_of(cases.ours(), today, weeks)
    return Contact(
        found=found,
        whole=sums_of(found.values()),
        teams=_by(found, {pk: team for pk, (team, _) in held.items()}, Team, ("name",)),
        officers=_by(
            found,
            {pk: officer for pk, (_, officer) in held.items()},
            User,
            ("last_name", "first_name", "pk"),
        ),
        not_counted=Counter(one.not_counted for one in found.values() if one.not_counted),
    )


def _by(found, keys, model, order):
    """[(row of the model, Sums)] in this order, those without one last."""
    groups: dict[int | None, list[OfCase]] = {}
    for pk, one in found.items():
        groups.setdefault(keys.get(pk), []).append(one)
    named = model.objects.filter(pk__in=[key for key in groups if key]).order_by(*order)
    rows = [(one, sums_of(groups[one.pk])) for one in named]
    return [*rows, (None, sums_of(groups[None]))] if None in groups else rows


def under(found, code):
    """The keys of those whose figures stand under this code."""
    return [pk for pk, one in found.items() if _is_under(one, code)]


def _is_under(one, code):
    if one.figures is None:
        return code in (NOT_COUNTED, one.not_counted)
    if code in GROUPS:
        return code in among(one.supervised, one.figures)
    return code == ALL or (code in NUMBERS and bool(getattr(one.figures, code)))


def page_of_contact(keys, *, after, size):
    cases = Case.objects.filter(pk__in=keys).select_related("officer", "team")
    return page_of(cases, keys=ORDER, after=after, size=size)


def person_rows(cases, found, user):
    """A row of each, what the plan says with protected names taken out."""
    names = names_for_each(cases, actions_on_each(cases, user))
    return [_row(case, found[case.pk], names[case.pk]) for case in cases]


def _row(case, one, names):
    return PersonRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("case-contact-figures", args=[case.crn]),
        officer=officer_of(case),
        team=case.team.name if case.team else "No team",
        numbers=[Link(_said(one, name), "", hidden=head) for name, head in NUMBERS.items()],
        why=_why(one, names),
    )


def _said(one, name):
    if one.figures is None:
        return "Not counted"
    value = getattr(one.figures, name)
    return "No plan" if value is None else f"{value:,}"


def _why(one, names):
    if one.not_counted:
        return one.not_counted.title
    if not one.supervised.below:
        return ""
    return names.text(one.because) or "The plan is below the standard and does not say why"


CSV_HEAD = ["CRN", "Name", "Officer", "Team", *NUMBERS.values(), "Plan below the standard", "Not counted because"]  # fmt: skip


def contact_lines(cases, found):
    """Lines of the file: numbers, and nothing of what was written."""
    for case in cases:
        one = found[case.pk]
        yield [
            case.crn,
            case.list_name,
            officer_of(case),
            case.team.name if case.team else "No team",
            *(_number(one, name) for name in NUMBERS),
            "Yes" if one.figures and one.supervised.below else "",
            one.not_counted.title if one.not_counted else "",
        ]


def _number(one, name):
    value = getattr(one.figures, name) if one.figures else None
    return "" if value is None else value
