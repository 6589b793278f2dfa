"""Training, induction and development of the officers of a team: what counts until when, and what is to be arranged.

Source: `oversight.rules.development`; features 124 and idea 24. Officers stand in the order of their names.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.urls import reverse

from cases.models import Case, Registration
from cases.reference.codes import Register
from cases.rules.words import counted
from oversight.queries.leavers import HAS_LEFT, left_on
from oversight.queries.officers import known_of, officers_to_record
from oversight.queries.waiting import ARRANGE
from oversight.reference.allocation import ASKS_FOR, TRAINING, Training
from oversight.rules.development import Held, Stand, stands, to_arrange
from staff.kit import Link, Tag, on
from staff.models import User
from staff.permissions import Action

TAGS = {
    Held.COUNTS: None,
    Held.SOON: Tag("Expires soon", "yellow"),
    Held.EXPIRED: Tag("Expired", "red"),
    Held.NEVER: Tag("Not recorded", "grey"),
}


@dataclass(frozen=True)
class StandShown:
    title: str
    words: str
    beside: str  # the same beside its tag
    tag: Tag | None
    asked: str  # how many of their cases ask for it; blank: none


@dataclass(frozen=True)
class DevelopmentRow:
    """One officer. `training`: what cases ask for, in one order; `other`: development that was done."""

    key: int
    name: str
    href: str
    training: list[StandShown]
    other: list[StandShown]
    induction: str
    to_arrange: tuple[str, ...]
    action: Link | None
    left: str  # when, of somebody who has left and still holds a case: nothing is arranged for them

    @property
    def tag(self) -> Tag | None:
        return HAS_LEFT if self.left else None


def development_rows(officers, reader, today) -> list[DevelopmentRow]:
    """Of these officers, given as a queryset, in its order. Four statements, however many."""
    known = known_of(officers, today)
    asked = _asked([one.user.pk for one in known], reader)
    records = set(officers_to_record(reader).order_by().values_list("pk", flat=True))
    return [_row(one, asked[one.user.pk], one.user.pk in records, today) for one in known]


def development_of(officer, reader, today) -> DevelopmentRow:
    (row,) = development_rows(User.objects.filter(pk=officer.pk), reader, today)
    return row


def shown(rows, show):
    return [one for one in rows if one.to_arrange] if show == ARRANGE else rows


def _asked(keys, reader):
    """{officer: {training: how many of their cases that this reader may open ask for it}}."""
    cases = Case.objects.open_to(reader, Action.LIST_CASES).ours().filter(officer__in=keys)
    rows = Registration.objects.current().filter(case__in=cases, type_code__in=sorted(ASKS_FOR))
    asking = {
        (officer, ASKS_FOR[Register(code)], case)
        for officer, code, case in rows.values_list("case__officer", "type_code", "case").distinct()
    }
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for officer, training, _ in asking:
        found[officer][training] += 1
    return found


def _row(known, asked, records, today):
    user, left = known.user, left_on(known.last_on, today)
    found = stands(known.training, today)
    return DevelopmentRow(
        key=user.pk,
        name=user.name,
        href=reverse("officer-workload", args=[user.pk]),
        training=[_shown(one, asked) for one in found if one.kind in set(Training)],
        other=[_shown(one, {}) for one in found if one.kind not in set(Training)],
        induction=_induction(known),
        to_arrange=()
        if left
        else to_arrange(known.training, known.induction_to, known.supporter is not None, today),
        action=None if left else _action(user, records),
        left=left,
    )


def _shown(one: Stand, asked):
    number = asked.get(one.kind, 0)
    said = f"{counted(number, 'case asks', 'cases ask')} for it" if number else ""
    return StandShown(TRAINING[one.kind], one.words, one.beside_a_tag, TAGS[one.held], said)


def _induction(known):
    if not known.induction_to:
        return ""
    support = "with somebody to support them" if known.supporter else "nobody is named to support them"  # fmt: skip
    return f"Until {on(known.induction_to)}, {support}"


def _action(user, records):
    if not records:
        return None
    here = reverse("record-known", args=[user.pk, "training"])
    return Link("Record training", here, hidden=f"of {user.name}")
