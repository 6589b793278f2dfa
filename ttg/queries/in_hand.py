"""What somebody needs in their hand at the gate: what is said of each thing, and what is worth asking about.

Source: Through the Gate reference 3, 7; `ttg.rules.in_hand`.
"""

from dataclasses import dataclass, field

from django.urls import reverse

from cases.rules.words import ended
from staff.kit import Line, Link, on
from staff.permissions import Action
from staff.rules.dates import say_date
from ttg.models import InHand
from ttg.queries.needs import NO_STAY, stay_of
from ttg.reference.home import Item, ItemState
from ttg.reference.referrals import NeedState
from ttg.rules.in_hand import suggested_items

NOBODY = "Nobody has said"


@dataclass(frozen=True)
class InHandPage:
    lead: str
    nothing: str = ""  # why nothing can be recorded; blank where it can
    said: list[Line] = field(default_factory=list)
    ask: list[Line] = field(default_factory=list)  # worth asking about, and nothing said yet
    others: list[Line] = field(default_factory=list)
    actions: list[Link] = field(default_factory=list)


def find_item(custody, item):
    """What is said of this thing in this stay, or None."""
    return InHand.objects.filter(custody=custody, item=item).first()


def items_of(custody):
    """What is said, in the order of the catalogue. One statement."""
    order = list(Item)
    rows = InHand.objects.filter(custody=custody).select_related("said_by")
    return sorted(rows, key=lambda one: order.index(Item(one.item)))


def suggested_of(custody, said):
    """[(Item, why)] that is worth asking about and nothing is said of. One statement."""
    needs = custody.needs.filter(state=NeedState.OPEN).order_by("pk")
    return suggested_items(needs.values_list("pathway", "code"), [one.item for one in said])


def in_hand_page(case, names, may):
    """For the reader whose page this is, in a fixed number of statements."""
    custody = stay_of(case)
    sheet = [Link("Print the gate sheet", reverse("gate-sheet-paper", args=[case.crn]))]
    if custody is None:
        return InHandPage(lead="", nothing=NO_STAY, actions=sheet)
    writes, said = Action.WRITE_RESETTLEMENT in may, items_of(custody)
    ask = suggested_of(custody, said)
    known = {one.item for one in said} | {item for item, _ in ask}
    leaves = f"Leaves {say_date(custody.release_on)}." if custody.release_on else "The day of release is not known."  # fmt: skip
    return InHandPage(
        lead=f"{leaves} What nobody has said is not there. Numbers of accounts, cards and documents are never written here.",
        said=[_said(one, case, names, writes) for one in said],
        ask=[Line(item.title, NOBODY, _change(case, item, writes), why) for item, why in ask],
        others=[Line(item.title, NOBODY, _change(case, item, writes)) for item in Item if item not in known],
        actions=sheet,
    )  # fmt: skip


def _said(one, case, names, writes):
    state = ItemState(one.state).title
    value = f"{state}, and given to them" if one.with_them else state
    days = (
        ("applied for", one.applied_on),
        ("expected", one.expected_on),
        ("there since", one.ready_on),
    )
    told = [f"{what} {on(day)}" for what, day in days if day]
    who = f"Said {on(one.said_on)} by {one.said_by.name}"
    detail = f"{ended(names.text(one.words))} {', '.join([who, *told])}."
    return Line(Item(one.item).title, value, _change(case, one.item, writes), detail.strip())


def _change(case, item, writes):
    return reverse("set-in-hand", args=[case.crn, Item(item).value]) if writes else ""
