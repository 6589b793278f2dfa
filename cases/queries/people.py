"""Who holds a case and who held it, and the people around the person on probation."""

from dataclasses import dataclass, replace
from itertools import zip_longest

from django.db.models import F
from django.utils.timezone import localtime

from cases.models import Allocation
from cases.models.worded_once import worded_once
from cases.reference.checks import SubjectKind
from cases.reference.codes import Sharing
from staff.kit import Happening, on
from staff.permissions import Action

UNALLOCATED = "Unallocated"


@dataclass(frozen=True)
class Around:
    """Somebody around the person, as this reader may see them."""

    name: str
    kind: str
    relationship: str
    facts: list[str]  # lives with them, a dependant, a victim
    born: str
    address: str
    authority: str
    source: str
    sharing: str
    since: str
    ended: bool


def officer_of(case):
    """Who holds the case, in words."""
    if case.retained_by:
        return f"{case.retained_by} (NPS)"
    return case.officer.name if case.officer else UNALLOCATED


def people_around(case, names):
    """Those around them now first, then those who no longer are."""
    related = case.related_people.order_by(F("to_on").desc(nulls_first=True), "kind", "pk")
    return [_around(one, names) for one in related]


def _around(one, names):
    seen = names.may_see(one)
    return Around(
        name=names.of(one),
        kind=SubjectKind(one.kind).title,
        relationship=names.text(one.relationship),
        facts=_facts(one, seen),
        born=on(one.born_on) if one.born_on and seen else "",
        address=one.address if seen else "",
        authority=one.authority,
        source=names.text(one.source),
        sharing=Sharing(one.sharing).title,
        since=on(one.from_on) if one.from_on else "",
        ended=one.to_on is not None,
    )


def _facts(one, seen):
    lives = {
        True: "lives with them",
        False: "lives elsewhere",
        None: "not asked whether they live together",
    }
    facts = [lives[one.lives_with]]
    facts += ["a dependant"] if one.dependant else []
    facts += ["a victim"] if one.victim else []
    return facts + (["name kept from others"] if one.protected and seen else [])


def holders(case):
    """Who has held the case, the latest first, as a timeline."""
    return [_holder(one) for one in _allocations(case.pk)]


@worded_once
def _allocations(case):
    held = Allocation.objects.filter(case=case).select_related("officer", "provider", "team")
    return held.order_by(F("from_on").desc(nulls_last=True), "-pk")


def holders_and_why(case, names, reader, may):
    """The same, each of those named or offered it here with why, and by whom.

    What was warned of is about a colleague: it is told to that colleague, and to whoever may name one.
    """
    given = list(case.givings.select_related("given_by").order_by("-given_at", "-pk"))
    rows = _allocations(case.pk)
    found = []
    for one, before in zip_longest(rows, rows[1:]):
        giving = _given_for(one, before, given)
        told = Action.NAME_OFFICER in may or one.officer_id == reader.pk
        found.append(_with_why(_holder(one), giving, names, told) if giving else _holder(one))
    return found


def _given_for(held, before, given):
    """By which decision somebody came to hold it: the latest for them, no earlier than whoever held it before began to."""
    if held.from_on is None:
        return None
    for one in given:
        on = localtime(one.given_at).date()
        since = before is None or before.from_on is None or before.from_on <= on
        if one.officer_id == held.officer_id and on <= held.from_on and since:
            return one
    return None


def _with_why(shown, giving, names, told):
    said = [names.text(giving.because)]
    if told:
        said += [names.text(f"{one['sentence']} {one['said']}") for one in giving.warned]
    return replace(shown, by=f"Chosen by {giving.given_by.name}", text="\n".join(filter(None, [shown.text, *said])))  # fmt: skip


def _holder(one):
    place = ", ".join(part.name for part in (one.team, one.provider) if part)
    until = " until now" if one.active else f" to {on(one.to_on)}"
    return Happening(
        title=_holder_name(one),
        when=f"From {on(one.from_on)}{until}",
        text=place,
        on=one.from_on.isoformat() if one.from_on else "",
    )


def _holder_name(one):
    if one.unallocated:
        return UNALLOCATED
    return one.officer.name if one.officer else one.officer_name or "Officer not named"
