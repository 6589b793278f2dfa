"""What stands beside the decision about an absence, and beside the telephone: words for whoever rings and decides.

Source: product rules, failures and safe contact.
"""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import ComplianceDecision, Message, Reachable
from cases.queries.booking import theirs_of
from cases.queries.compliance import attendance_of, in_touch_since
from cases.queries.enforcement.letters import reason_letters_of
from cases.queries.sentences import sentences_of
from cases.reference.agencies import Delivery
from cases.reference.appointments import Called, Decided, Interpreter, Safe, ToldHow
from cases.reference.enforcement import LetterState
from cases.rules.compliance import pattern_words
from cases.rules.words import shortened
from staff.kit import Line, Tag, on, tag

GIST = 300  # letters of what they said when they were in touch
MOST = 30  # appointments of the pattern that are listed
STATES = {
    Decided.AWAITING: "awaiting-decision",
    Decided.ACCEPTABLE: "accepted",
    Decided.FAILURE: "failure",
}


@dataclass(frozen=True)
class Number:
    """A way to ring them, and whether it is safe."""

    kind: str
    value: str
    safe: bool | None
    said: str
    note: str


@dataclass(frozen=True)
class Word:
    """A line of the log that bears on the decision."""

    when: str
    title: str
    text: str = ""
    href: str = ""


@dataclass(frozen=True)
class Decision:
    """A decision as the page of its appointment shows it."""

    tag: Tag
    lines: list[Line]
    awaits: bool
    may_become: bool  # there is a decision that is still open to somebody
    earlier: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Beside:
    """Everything that is looked at before deciding."""

    told: list[Line]
    life: list[str]
    in_touch: list[Word]
    pattern: str
    attendance: list[Word]
    orders: list[str]


def decision_of(appointment):
    """The decision about this appointment; None where its outcome called for none."""
    found = ComplianceDecision.objects.filter(appointment=appointment)
    return found.select_related("called_by", "decided_by", "appointment").first()


def decision_shown(decision, names):
    state = Decided(decision.state)
    lines = [
        Line("Happened", on(decision.happened_on)),
        Line("We came to know", on(decision.became_aware_on)),
        _called(decision, names),
    ]
    if state != Decided.AWAITING:
        by = f"{decision.decided_by.name}, {on(localtime(decision.decided_at).date())}"
        lines.append(Line(state.title, names.text(decision.because), detail=by))
        if words := decision.answers.get("not_waiting"):
            lines.append(Line("Why we did not wait", names.text(words)))
    lines += [_asked_by_letter(one) for one in reason_letters_of(decision.appointment_id)]
    return Decision(
        tag=tag(STATES[state]),
        lines=lines,
        awaits=state == Decided.AWAITING,
        may_become=state != Decided.ACCEPTABLE,
        earlier=[
            Line(
                f"Before: {Decided(one['state']).title.lower()}",
                names.text(one["because"]),
                detail=f"{one['by']}, {on(date.fromisoformat(one['on']))}",
            )
            for one in decision.answers.get("earlier", [])
        ],
    )


def _asked_by_letter(letter):
    label, state = "Asked for the reason by letter", LetterState(letter.state)
    if state == LetterState.SENT:
        went = f"Sent on {on(localtime(letter.sent_at).date())}"
        return Line(label, went, detail=f"Counts as served on {on(letter.served_on)}.")
    asked = f"Asked for on {on(localtime(letter.asked_at).date())}."
    return Line(label, state.title, detail=asked)


def _called(decision, names):
    if not decision.called:
        return Line("Rung", "Not yet")
    safe = f" Safe: {Safe(decision.safe).title.lower()}." if decision.safe else ""
    by = f"{decision.called_by.name}, {on(localtime(decision.called_at).date())}"
    note = names.text(decision.call_note)
    return Line("Rung", f"{Called(decision.called).title}.{safe}", detail=f"{by}. {note}".rstrip())


def numbers_of(case, names):
    """Every telephone of theirs, those that are safe first and those that are not last."""
    kinds = [Reachable.Kind.MOBILE, Reachable.Kind.TELEPHONE]
    order = {True: 0, None: 1, False: 2}
    words = {
        True: "Safe to ring",
        None: "Nobody has asked if it is safe: say who you are only once you know it is them",
        False: "Not safe: do not ring it",
    }
    found = [
        Number(
            Reachable.Kind(one.kind).label,
            one.value,
            one.safe,
            words[one.safe],
            names.text(one.note),
        )
        for one in case.reachable.filter(kind__in=kinds).order_by("kind", "pk")
    ]
    return sorted(found, key=lambda one: order[one.safe])


def beside_decision(appointment, decision, names, now):
    """How they were told, their life, whether they were in touch, how the last months went, what they are on."""
    case = appointment.contact.case
    theirs = theirs_of(case)
    return _beside(case, decision, _told(appointment, theirs, names), theirs, names, now)


def beside_failure(failure, names, now):
    """The same of a failure that came of no appointment; of one that did, as it stood beside its decision."""
    if failure.decision:
        return beside_decision(failure.decision.appointment, failure.decision, names, now)
    return _beside(failure.case, failure, [], theirs_of(failure.case), names, now)


def _beside(case, about, told, theirs, names, now):
    """`about`: a decision or a failure, from the day of which they may have been in touch."""
    attended = list(attendance_of(case, now)[:MOST])
    return Beside(
        told=told,
        life=[names.text(words) for words in theirs.circumstances],
        in_touch=[
            _word(row, names) for row in in_touch_since(case, about).order_by("started_at", "pk")
        ],
        pattern=_pattern(case, now),
        attendance=[_word(row, names, gist=False) for row in attended],
        orders=[
            ", ".join(filter(None, [row.title, row.offence]))
            for row in sentences_of(case, names, localtime(now).date(), current=True)
        ],
    )


def _told(appointment, theirs, names):
    lines = [Line("How they were told", ToldHow(appointment.told_how).title)]
    for one in Message.objects.filter(appointment=appointment).order_by("at", "pk"):
        when = on(localtime(one.settled_at or one.not_before).date())
        lines.append(Line("Reminder", Delivery(one.delivery).title, detail=when))
    lines.append(Line("First language", theirs.language or "Not recorded"))
    needs = {True: "Needed", False: "Not needed", None: "Nobody has asked"}
    interpreter = Interpreter(appointment.interpreter).title
    note = names.text(appointment.interpreter_note)
    lines.append(
        Line(
            "Interpreter",
            needs[theirs.needs_interpreter],
            detail=f"For this appointment: {interpreter.lower()}. {note}".rstrip(),
        )
    )
    return lines


def _pattern(case, now):
    found = attendance_of(case, now).order_by().values_list("attended", "complied")
    attended = sum(1 for came, kept in found if came and kept is not False)
    accepted = sum(1 for came, kept in found if not came and kept)
    return pattern_words(attended, len(found) - attended - accepted, accepted)


def _word(contact, names, *, gist=True):
    return Word(
        when=on(localtime(contact.started_at).date()),
        title=contact.type_name or contact.type_code,
        text=shortened(names.text(contact.notes), GIST) if gist else contact.outcome_name,
        href=reverse("appointment", args=[contact.case.crn, contact.pk])
        if contact.appointment
        else "",
    )
