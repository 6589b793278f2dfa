"""Visits of one case as its pages show them: how staff may go, the sheet for the door, and what was seen.

Source: report 2.3; supervision reference 3.4.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import HomeVisit, Limit
from cases.queries.paging import page_of
from cases.queries.person import SAFE
from cases.queries.visit_safety import decision_of, safety_facts, safety_of
from cases.reference.checks import SubjectKind
from cases.reference.visits import OBSERVATIONS, NotDone, Prompt, Signal, VisitWay, YesNoUnsure
from cases.rules.visit_safety import SafetyFacts, changed_since, stands_in_the_way
from cases.rules.words import counted, ended, listed
from staff.kit import Happening, Line, Link, Tag, on, tag
from staff.permissions import Action
from staff.rules.dates import say_date, say_time

SIZE = 20  # visits on a page
KNOWN = (
    "appointment__contact", "appointment__officer", "safety__address", "safety__decided_by",
    "with_whom", "buddy", "back_said_by",
)  # fmt: skip
UNKNOWN_NUMBER = "no number known"


@dataclass(frozen=True)
class SafetyRow:
    """How staff may visit one address, for the reader whose page this is."""

    key: int
    where: str
    tag: Tag
    stands: str
    changed: list[str]
    lines: list[Line]
    actions: list[Link]
    decided: bool


@dataclass(frozen=True)
class Caller:
    """Somebody to ring, and the address that rings them; blank where no number is known."""

    name: str
    number: str
    href: str


@dataclass(frozen=True)
class Sheet:
    """What somebody at the door must have in hand."""

    key: int
    when: str
    stands: str
    where: str
    who_goes: str
    way: str
    because: str
    dangers: list[str]
    staff_risk: str
    instruction: str
    endangers: str
    signal: str
    fallback: str
    buddy: Caller
    there: list[str]
    contact: list[Line]
    prepared: str
    prompts: list[str]
    in_the_way: list[str]
    may_set_out: bool
    under_way: bool
    may_say: bool
    over: bool
    recorded: bool
    out_by: str  # what is proposed where they say when they will be out
    seen: list[Line]


def find_visit(case, pk):
    """The visit with this number, if it is of this case."""
    found = HomeVisit.objects.filter(appointment__contact__case=case, pk=pk)
    return found.select_related(*KNOWN).first()


def said_at(at):
    local = localtime(at)
    return f"{say_date(local.date())}, {say_time(local)}"


def caller(user):
    """How to ring a member of staff."""
    digits = "".join(one for one in user.mobile if one.isdigit() or one == "+")
    return Caller(user.name, user.mobile or UNKNOWN_NUMBER, f"tel:{digits}" if digits else "")


# How staff may go


def safety_rows(case, names, may, today):
    """Every decision that stands or waits, each with what has changed since."""
    return [safety_row(one, case, names, may, today) for one in safety_of(case)]


def safety_row(one, case, names, may, today):
    facts = safety_facts(case, today, one.address)
    changed = changed_since(one.seen, facts)
    return SafetyRow(
        key=one.pk,
        where=names.text(one.where),
        tag=_mark(one, changed, today),
        stands=_stands(one),
        changed=[names.text(words) for words in changed],
        lines=list(_safety_lines(one, names)),
        actions=list(_safety_actions(one, case, may)),
        decided=one.decided_at is not None,
    )


def record_lines(facts: SafetyFacts, names):
    """(what bears on staff, what bears on somebody there) of the record, in words."""
    to_staff = [names.text(one.words) for one in facts.record if one.to_staff]
    to_others = [names.text(one.words) for one in facts.record if not one.to_staff]
    return to_staff, to_others


def _mark(one, changed, today):
    if not one.decided_at:
        return tag("awaiting-decision")
    if one.review_on <= today:
        return tag("overdue")
    return tag("still-to-do") if changed else tag("met")


def _stands(one):
    if not one.decided_at:
        return f"Asked by {one.asked_by.name} on {on(one.asked_on)}. A senior decides."
    day = on(localtime(one.decided_at).date())
    return f"Decided by {one.decided_by.name} on {day}. Holds until {on(one.review_on)}."


def _safety_lines(one, names):
    label = "How staff may visit" if one.decided_at else "Proposed"
    yield Line(label, VisitWay(one.way).title, detail=names.text(one.because))
    danger = YesNoUnsure(one.endangers).title
    yield Line("Could a visit endanger somebody?", danger, detail=names.text(one.endangers_whom))
    yield Line("Risk to staff", names.text(one.staff_risk) or "Nothing was said")
    yield Line("Signal at the address", Signal(one.signal).title, detail=names.text(one.fallback))


def _safety_actions(one, case, may):
    if not one.decided_at and Action.DECIDE_VISIT_SAFETY in may:
        yield Link("Decide", reverse("decide-visit-safety", args=[case.crn]))
    if Action.VISIT_HOME in may:
        address = reverse("visit-safety", args=[case.crn])
        yield Link("Bring it up to date", f"{address}?of={one.pk}")


# The log of visits


def visits_of(case, names, after=""):
    """A page of the visits of this case, the latest first, as a timeline; and what comes next."""
    visits = HomeVisit.objects.filter(appointment__contact__case=case).select_related(*KNOWN)
    found = page_of(
        visits,
        keys=("-appointment__contact__started_at", "-pk"),
        after=after,
        size=SIZE,
        known_by="pk",
    )
    return [_happening(one, case, names) for one in found.rows], found.next_after


def _happening(one, case, names):
    contact = one.appointment.contact
    local = localtime(contact.started_at)
    return Happening(
        title=f"Visit: {state_words(one)}",
        when=said_at(contact.started_at),
        by=listed(_who(one)),
        text=names.text(one.not_done_because) or _gist(one),
        href=reverse("visit-sheet", args=[case.crn, one.pk]),
        tag=mark_of(one),
        on=local.isoformat(timespec="minutes"),
    )


def state_words(one):
    """Where a visit stands, in a word or two."""
    if one.not_done:
        return f"not done, {NotDone(one.not_done).title.lower()}"
    if one.appointment.called_off_at:
        return "called off"
    if one.seen:
        return "done"
    if one.set_out_at and not one.back_at:
        return "under way"
    return "out and safe, to be recorded" if one.back_at else "arranged"


def mark_of(one):
    if one.not_done:
        return tag("still-to-do")
    if one.appointment.called_off_at:
        return tag("withdrawn")
    if one.seen:
        return tag("met")
    return tag("under-way") if one.set_out_at and not one.back_at else tag("open")


def _gist(one):
    children = one.seen.get("children")
    return f"{counted(children, 'child', 'children')} seen." if children else ""


def _who(one):
    return [who.name for who in (one.appointment.officer, one.with_whom) if who]


# The sheet


def sheet_of(visit, case, names, user, now):
    """Everything on the sheet for the door, as this reader may see it."""
    today, safety, appointment = localtime(now).date(), visit.safety, visit.appointment
    facts = safety_facts(case, today, safety.address)
    contact = appointment.contact
    goes = user.pk in (appointment.officer_id, visit.with_whom_id)
    begun = visit.set_out_at is not None
    over = bool(visit.seen or visit.not_done or contact.outcome_code or appointment.called_off_at)
    to_staff, to_others = record_lines(facts, names)
    stops = [] if begun or over else _stops(safety, facts, today)
    ends_at = contact.ended_at or contact.started_at
    return Sheet(
        key=visit.pk,
        when=_when(contact),
        stands=_how_far(visit, over),
        where=names.text(safety.where),
        who_goes=listed(_who(visit)),
        way=VisitWay(safety.way).title,
        because=names.text(safety.because),
        dangers=to_staff,
        staff_risk=names.text(safety.staff_risk),
        instruction=instruction_of(case),
        endangers=_endangers(safety, to_others, names),
        signal=Signal(safety.signal).title,
        fallback=names.text(safety.fallback),
        buddy=caller(visit.buddy) if visit.buddy else Caller("Nobody yet", UNKNOWN_NUMBER, ""),
        there=list(_there(case, names)),
        contact=[_reachable(one, names) for one in case.reachable.order_by("kind", "pk")],
        prepared=names.text(appointment.prepared),
        prompts=[one.asks for one in OBSERVATIONS.values()],
        in_the_way=[names.text(one) for one in stops],
        may_set_out=goes and not begun and not over and not stops,
        under_way=begun and visit.back_at is None,
        may_say=goes or user.pk == visit.buddy_id,
        over=over,
        recorded=bool(visit.seen or visit.not_done or contact.outcome_code),
        out_by=say_time(localtime(ends_at + timedelta(minutes=15))),
        seen=seen_lines(visit, names),
    )


def instruction_of(case):
    """The safety instruction that travels with a case, also to those who may not open it."""
    return Limit.objects.filter(case=case).values_list("safety", flat=True).first() or ""


def _stops(safety, facts, today):
    if safety.replaced_on:
        return [
            "Another safety decision has taken the place of the one this was arranged by. Arrange it anew."
        ]
    return stands_in_the_way(decision_of(safety), facts, today)


def _when(contact):
    minutes = (contact.ended_at - contact.started_at).seconds // 60 if contact.ended_at else 0
    local = localtime(contact.started_at)
    lasts = f", about {counted(minutes, 'minute')}" if minutes else ""
    return f"{local:%A} {said_at(contact.started_at)}{lasts}"


def _how_far(visit, over):
    if visit.not_done:
        return f"Not done: {NotDone(visit.not_done).title.lower()}."
    if visit.appointment.called_off_at:
        return "Called off or moved."
    if over:
        return "Recorded."
    if visit.back_at:
        said = f"said {visit.back_said_by.name}, {say_time(localtime(visit.back_at))}"
        return f"Out and safe: {said}. It is still to be recorded."
    if visit.set_out_at:
        out, call_by = (say_time(localtime(at)) for at in (visit.set_out_at, visit.call_by))
        return f"Set out at {out}. Call in by {call_by}."
    return "Nobody has set out yet."


def _endangers(safety, to_others, names):
    said = ended(names.text(safety.endangers_whom)) if safety.endangers_whom else ""
    answer = {"yes": "Yes.", "unsure": "Not sure.", "no": ""}[safety.endangers]
    record = ended(f"On record: {'; '.join(to_others)}") if to_others else ""
    return " ".join(filter(None, [answer, said, record]))


def _there(case, names):
    """Those recorded as living with them, as this reader may see them."""
    for one in case.related_people.filter(to_on=None, lives_with=True).order_by("kind", "pk"):
        facts = [names.text(one.relationship) or SubjectKind(one.kind).title]
        facts += ["a victim"] if one.victim else []
        yield f"{names.of(one)}: {listed(facts)}"


def _reachable(one, names):
    note = names.text(one.note)
    return Line(
        one.get_kind_display(), names.text(one.value), detail=f"{SAFE[one.safe]}. {note}".strip()
    )


def seen_lines(visit, names):
    """What was seen, each prompt that was answered."""
    found = [
        Line(prompt.asks, _answer(prompt, visit.seen[code], names))
        for code, prompt in OBSERVATIONS.items()
        if code in visit.seen
    ]
    if visit.not_done:
        found.append(Line("Why it was not done", names.text(visit.not_done_because)))
    return found


def _answer(prompt, answer, names):
    choices = dict(prompt.choices)
    match prompt.how:
        case Prompt.ANY:
            return "; ".join(choices.get(one, one) for one in answer)
        case Prompt.ONE:
            return choices.get(answer, answer)
        case Prompt.NUMBER:
            return str(answer)
    return names.text(str(answer))
