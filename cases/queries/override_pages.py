"""One override as its pages show it: the whole request, what was decided, its age and how it ended.

Source: product rules, override ("the SPO sees its age and 'approved without opening the case'").
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from cases.reference.overrides import OPEN_ONCE_DECIDED, Act, OverrideState
from cases.rules.words import counted
from staff.kit import Line, Link, Tag, on, tag
from staff.permissions import Action

BOXES = {  # in the order in which they are asked
    "unknown": "What is unknown",
    "read_and_asked": "What was read, and who was asked",
    "why_safer": "Why going ahead is safer than waiting",
    "who_is_protected": "Who is protected meanwhile, and how",
    "who_was_told": "Who has been told",
    "what_closes_it": "What closes it",
}
MARKS = {
    OverrideState.ASKED: "awaiting-decision",
    OverrideState.APPROVED: "under-way",
    OverrideState.REFUSED: "refused",
    OverrideState.EXPIRED: "overdue",
    OverrideState.CLOSED: "closed",
    OverrideState.WITHDRAWN: "withdrawn",
}
ABOUT = {
    Act.ASSESSMENT: "sign the assessment",
    Act.PLAN: "sign the plan",
    Act.ALLOCATION: "allocate to a work site",
}
DECIDED_AT = {Act.ALLOCATION: "decide-work-override"}  # its page; the others', decide-override
CLOSED_AT = {Act.ALLOCATION: "close-work-override"}  # the others', close-override
ACTED_ON = ("assessment__signed_by", "plan__signed_by")
USED = {Act.ASSESSMENT: "overrides", Act.PLAN: "overridden"}  # where evidence names them
UNOPENED = "Approved without opening the case."


@dataclass(frozen=True)
class OverridePage:
    """One override whole, for the reader whose page this is."""

    key: int
    title: str
    tag: Tag
    words: str  # where it stands
    unopened: str  # said plainly where the approver had not looked; blank otherwise
    gaps: list[str]
    boxes: list[Line]
    lines: list[Line]
    actions: list[Link]


def find_override(case, pk):
    found = case.overrides.select_related("asked_by", "decided_by", "read_by", *ACTED_ON)
    return found.filter(pk=pk).first()


def overrides_of(case):
    """Every override of the case, the latest first."""
    return case.overrides.select_related("asked_by", "decided_by", "read_by").order_by("-pk")


def override_page(case, override, names, may, today):
    return OverridePage(
        key=override.pk,
        title=f"Override: {ABOUT[Act(override.act)]}",
        tag=tag(MARKS[OverrideState(override.state)]),
        words=f"{how_it_stands(override, today)}. {age(override, today)}.",
        unopened=UNOPENED if unopened(override) else "",
        gaps=[names.text(one) for one in override.sentences],
        boxes=[Line(label, names.text(getattr(override, box))) for box, label in BOXES.items()],
        lines=list(_lines(override, names)),
        actions=list(_actions(case, override, may)),
    )


def unopened(override):
    """Approved, although the approver had not opened the case since it was asked."""
    return override.opened_case is False and override.state != OverrideState.REFUSED


def how_it_stands(override, today):
    """Where it stands, with the days that are left or past."""
    until = on(override.expires_on)
    match OverrideState(override.state):
        case OverrideState.APPROVED:
            left = (override.expires_on - today).days
            return f"In force until {until}: {'its last day is today' if not left else counted(left, 'day') + ' left'}"
        case OverrideState.EXPIRED:
            past = counted((today - override.expires_on).days, "day")
            return f"Ran out on {until}, {past} ago, and is not closed"
        case OverrideState.CLOSED:
            return f"Closed on {on(override.closed_on)}"
        case OverrideState.WITHDRAWN:
            return f"Withdrawn on {on(override.closed_on)}, before it was decided"
        case OverrideState.REFUSED:
            return f"Refused on {on(localdate(override.decided_at))}"
    return f"Asked for until {until}"


def age(override, today):
    """How long ago it was asked."""
    days = (today - localdate(override.asked_at)).days
    return f"Asked {counted(days, 'day')} ago" if days else "Asked today"


def _lines(override, names):
    asked = on(localdate(override.asked_at))
    yield Line("Asked", f"{asked}, {override.asked_by.name}")
    yield Line("Asked for until", on(override.expires_on))
    if override.decided_by:
        did = "Refused" if override.state == OverrideState.REFUSED else "Approved"
        decided = f"{on(localdate(override.decided_at))}, {override.decided_by.name}"
        yield Line(did, decided, detail=names.text(override.decision_note))
        looked = "Yes" if override.opened_case else "No"
        yield Line("Opened the case before deciding", looked)
    if used := _used(override):
        yield used
    if override.sampled:
        yield Line("Head of service", _read(override), detail=names.text(override.read_note))
    if override.closed_on:
        yield Line("Ended", on(override.closed_on), detail=names.text(override.closed_how))


def _used(override):
    """By whom it was signed on this override, as the evidence of the signature says; nothing where it was not."""
    acted_on = override.assessment or override.plan
    if acted_on is None:
        return None
    named = [one["override"] for one in acted_on.evidence.get(USED[Act(override.act)], ())]
    if override.pk not in named:
        return None
    signed = f"{on(localdate(acted_on.signed_at))}, {acted_on.signed_by.name}"
    return Line(f"{Act(override.act).title}: done on this override", signed)


def _read(override):
    if override.read_by:
        return f"Read {on(localdate(override.read_at))}, {override.read_by.name}"
    return "Reads it as one of a sample; not read yet"


def _actions(case, override, may):
    def link(text, page):
        return Link(text, reverse(page, args=[case.crn, override.pk]))

    if override.state == OverrideState.ASKED and Action.DECIDE_OVERRIDE in may:
        yield link("Decide", DECIDED_AT.get(Act(override.act), "decide-override"))
    if override.state in OPEN_ONCE_DECIDED and Action.DECIDE_OVERRIDE in may:
        yield link("Close it", CLOSED_AT.get(Act(override.act), "close-override"))
    if override.sampled and not override.read_at and Action.READ_OVERRIDE in may:
        yield link("Say what you read", "read-override")
