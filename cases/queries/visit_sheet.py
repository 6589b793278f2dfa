"""The sheet for the door: everything whoever goes must have in hand, and what was seen.

Source: report 2.3; supervision reference 3.4.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.timezone import localtime

from cases.models import Limit
from cases.queries.person import SAFE
from cases.queries.visit_pages import (
    UNKNOWN_NUMBER,
    Caller,
    caller,
    longer_until,
    names_of,
    said_at,
)
from cases.queries.visit_safety import decision_of, safety_facts
from cases.queries.visit_safety_page import record_lines
from cases.queries.visit_watch import page_of
from cases.reference.checks import SubjectKind
from cases.reference.visits import OBSERVATIONS, NotDone, Prompt, Signal, VisitWay
from cases.rules.visit_safety import stands_in_the_way
from cases.rules.words import counted, ended, listed
from staff.kit import Line
from staff.rules.dates import say_time

ON_THE_WAY = timedelta(minutes=15)  # from the door until they call in


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
    out: bool  # the reader is there, and says when they are safe
    watch: str  # where the buddy says what they heard
    over: bool
    out_by: str  # what is proposed where they say when they will be out
    seen: list[Line]


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
    return Sheet(
        key=visit.pk,
        when=_when(contact),
        stands=_how_far(visit, over),
        where=names.text(safety.where),
        who_goes=names_of(visit.going),
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
        out=goes and visit.is_out,
        watch=page_of(visit) if visit.is_out and user.pk == visit.buddy_id else "",
        over=over,
        out_by=longer_until(visit, now) if visit.is_out else _out_by(contact),
        seen=seen_lines(visit, names),
    )


def instruction_of(case):
    """The safety instruction that travels with a case, also to those who may not open it."""
    return Limit.objects.filter(case=case).values_list("safety", flat=True).first() or ""


def _out_by(contact):
    return say_time(localtime((contact.ended_at or contact.started_at) + ON_THE_WAY))


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
    if visit.is_out:
        out, call_by = (say_time(localtime(at)) for at in (visit.set_out_at, visit.call_by))
        called_off = " It was called off or moved meanwhile." if over else ""
        return f"Set out at {out}. Call in by {call_by}.{called_off}"
    if visit.not_done:
        return f"Not done: {NotDone(visit.not_done).title.lower()}."
    if visit.appointment.called_off_at:
        return "Called off or moved."
    if over:
        return "Recorded."
    if visit.back_at:
        said = f"said {visit.back_said_by.name}, {say_time(localtime(visit.back_at))}"
        return f"Out and safe: {said}. It is still to be recorded."
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
