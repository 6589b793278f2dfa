"""What is in force on a case, so that it can only be raised; and what was raised, as its pages show it.

Source: product rules, raise now.
"""

from dataclasses import dataclass

from django.utils.timezone import localtime

from cases.models import Deadline
from cases.queries.harm import assessed_levels
from cases.queries.registers import register_name
from cases.reference.codes import ContactLevel, Part, Rosh
from cases.reference.information import RaiseKind
from cases.rules.safety import harm_in_force
from cases.rules.safety_facts import Harm
from staff.kit import Happening, on, tag


@dataclass(frozen=True)
class InForce:
    """What a rise starts from."""

    level: str  # of risk of serious harm; blank: none recorded
    contact_level: str  # blank: not supervised by us
    registers: tuple[tuple[str, str], ...]  # (code, part) of current entries


def in_force(case):
    """As it stands now. A contact level raised already counts."""
    rows = list(case.registrations.current().order_by("pk"))
    levels = [
        Harm(one.type_code, one.started_on, one.provisional)
        for one in rows
        if one.type_code in set(Rosh)
    ]
    harm = harm_in_force([*levels, *assessed_levels([case.pk])[case.pk]])
    standing = getattr(case, "standing", None)
    return InForce(
        level=harm.level if harm else "",
        contact_level=standing.contact_level if standing else _floor(case),
        registers=tuple((one.type_code, one.part) for one in rows),
    )


def _floor(case):
    """Of somebody not yet placed: never less than one contact a calendar month, by the CRC contract."""
    ours = case.is_ours
    return ContactLevel.MONTHLY if ours else ""


def raises_of(case, names):
    """Everything raised on the case, latest first, as a timeline."""
    rows = case.raises.select_related("by", "registration", "assessment").order_by("-at", "-pk")
    return [happening(one, names) for one in rows]


def happening(one, names):
    ended = one.assessed_on
    return Happening(
        title=what(one),
        when=f"{on(raised_on(one))}, until assessed {on(ended)}" if ended else on(raised_on(one)),
        by=one.by.name,
        text=names.text(one.because),
        tag=tag("closed") if ended else tag("provisional"),
        on=raised_on(one).isoformat(),
    )


def what(one):
    """What was raised, in words: "High risk of serious harm", "Seen weekly"."""
    match RaiseKind(one.kind):
        case RaiseKind.CONTACT:
            return f"Contact: {ContactLevel(one.contact_level).title.lower()}"
        case RaiseKind.RISK:
            return register_name(one.registration)
    part = Part(one.registration.part).title.lower()
    return f"{register_name(one.registration)}, {part}"


def raised_on(one):
    return localtime(one.at).date()


def provisional_on(case):
    """{kind: "Provisional: raised 3 May 2018"} of what was raised and not yet assessed."""
    return {
        RaiseKind(one.kind): f"Provisional: raised {on(raised_on(one))}"
        for one in case.raises.standing().order_by("at", "pk")
    }


def assess_by(case):
    """The day by which what was raised is to be assessed in full; None where nothing waits."""
    owed = Deadline.objects.unmet().filter(case=case, kind="assess_after_raise")
    return owed.values_list("due_on", flat=True).first()
