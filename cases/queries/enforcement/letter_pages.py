"""The pages of a letter of enforcement: to whom it goes and how, what it lacks and where that is mended, its words; and its steps.

Source: features 90; docs/screens.md. Everything written passes through the reader's names.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Deadline, Message
from cases.queries.due import how_late
from cases.queries.enforcement.letters import letters_of
from cases.reference.agencies import Delivery
from cases.reference.enforcement import LetterState, SentBy
from cases.rules.enforcement.letter_stale import PUT_BACK
from cases.rules.enforcement.letter_words import which_letter
from cases.rules.enforcement.letters import HOW, mark_of
from staff.kit import Gap, Happening, Line, Link, Tag, on, tag
from staff.permissions import Action
from staff.rules.dates import say_time

TAGS = {
    LetterState.ASKED: "draft",
    LetterState.READY: "under-way",
    LetterState.SENT: "sent",
    LetterState.RETURNED: "returned",
    LetterState.CANCELLED: "withdrawn",
}
MENDED_AT = {  # what is missing: (the page where it is mended, what its reader must be allowed to do)
    "name": ("case-person", Action.VIEW_CASE),
    "called": ("case-person", Action.VIEW_CASE),
    "address": ("contact-details", Action.SET_SAFE_CONTACT),
    "email": ("contact-details", Action.SET_SAFE_CONTACT),
    "order": ("case-sentence", Action.VIEW_CASE),
    "failure": ("case-enforcement", Action.VIEW_ENFORCEMENT),
    "next": ("book-appointment", Action.BOOK_APPOINTMENT),
    "writer": ("name-officer", Action.NAME_OFFICER),
}
ASK = "Ask their officer about it, or return it to them"
POLICY = ("telephone", "requests", Action.SET_POLICY)
OUTBOX = {
    Delivery.WAITING: "It waits in the outbox and goes by itself within a few minutes.",
    Delivery.GOING: "It is being sent.",
    Delivery.SENT: "It has gone.",
    Delivery.UNSURE: "It may not have gone. The admin hub finds out, and says so in the outbox.",
    Delivery.FAILED: "It could not be delivered.",
    Delivery.CANCELLED: "It was stopped before it went.",
}


@dataclass(frozen=True)
class LetterPage:
    """One letter as it stands. `said`: `cases.rules.enforcement.letters.as_data`, as this reader may see it."""

    key: int
    title: str
    tag: Tag
    lines: list[Line]
    gaps: list[Gap]
    again: list[Gap]  # what does not stop it, and is thought about before it goes
    said: dict
    read: str  # the mark of what is read here
    state: str
    heard: str  # who it is for, for those who hear ten buttons of one name
    crn: str
    href: str
    on_paper: bool
    by_hand: bool
    to_write: bool
    ready: bool  # to go, or to be put back
    to_go: bool  # ready, and nothing has passed or changed since
    sent: bool
    to_mend: bool
    paper: str  # the address of its PDF, where there is one
    item: str  # of the queue, for those who work on it: where its officer is asked


def letter_page(letter, names, may, looked, today, policy, owed=None):
    """`looked`: of `cases.services.enforcement.letters.look_at`; `letter` has its case; `owed`: of `owed_of`."""
    missing, said, again = looked
    how, state = SentBy(letter.words.get(HOW, SentBy.POST)), LetterState(letter.state)
    case = letter.case
    open_to = Action.SEND_LETTER in may
    ready = open_to and state == LetterState.READY
    to_mend = state == LetterState.RETURNED and not (letter.again_id or letter.cancelled_because)
    at = [case.crn, letter.pk]
    return LetterPage(
        key=letter.pk,
        title=title_of(letter),
        tag=tag(TAGS[state]),
        lines=[
            *_going(letter, names, how, said),
            *_late(owed.due_on if owed else None, today, policy),
            *_been(letter, names),
        ],
        gaps=[_gap(one, letter, names, may) for one in missing],
        again=[_gap(one, letter, names, may) for one in again],
        said=told(said, names),
        read=mark_of(said),
        state=state.title,
        heard=f"for {case.name}, {case.crn}",
        crn=case.crn,
        href=reverse("letter", args=at),
        on_paper=how != SentBy.EMAIL,
        by_hand=how == SentBy.HAND,
        to_write=open_to and state == LetterState.ASKED,
        ready=ready,
        to_go=ready and not missing,
        sent=open_to and state == LetterState.SENT,
        to_mend=open_to and to_mend,
        paper=reverse("letter-paper", args=at) if has_paper(letter) else "",
        item=_item(owed, case.crn) if owed and Action.WORK_QUEUE in may else "",
    )


def _item(owed, crn):
    return reverse("hub-item", args=[crn, owed.pk])


def has_paper(letter):
    """Whether there is something to print: what may be written yet is not printed, so that nobody posts it."""
    return letter.state == LetterState.READY or letter.document_id is not None


def title_of(letter):
    """ "Letter: First warning", "Letter: A warning is withdrawn"."""
    step = letter.warning.step if letter.warning else ""
    return f"Letter: {which_letter(letter.kind, step, letter.breach_id)}"


def told(said, names):
    """The same words for this reader, whatever they are in."""
    if isinstance(said, str):
        return names.text(said)
    if isinstance(said, dict):
        return {key: told(value, names) for key, value in said.items()}
    return [told(one, names) for one in said]


def letters_happened(case, names):
    """Every letter of a case, as entries of a timeline, the latest first."""
    rows = letters_of(case)
    return [
        Happening(
            title=title_of(one),
            when=on(_day(one)),
            text=names.text(_came_to(one)),
            href=reverse("letter", args=[case.crn, one.pk]),
            tag=tag(TAGS[LetterState(one.state)]),
            on=_day(one).isoformat(),
        )
        for one in rows
    ]


def owed_of(letters):
    """{key of a letter that is still to go: the `Deadline` of it, which is its item of the queue}, in one statement."""
    owed = Deadline.objects.unmet().filter(kind="send_letter", letter__in=letters)
    return {one.letter_id: one for one in owed}


def _day(letter):
    return localtime(letter.sent_at or letter.asked_at).date()


def _came_to(letter):
    if letter.state == LetterState.RETURNED:
        return f"Came back on {on(letter.returned_on)}: {letter.returned_because}"
    if letter.state == LetterState.CANCELLED:
        return f"Not to be sent: {letter.cancelled_because}"
    if letter.state == LetterState.SENT:
        return f"{SentBy(letter.sent_how).title}, served on {on(letter.served_on)}"
    return LetterState(letter.state).title


def _going(letter, names, how, said):
    """To whom, how, and what it gives them: as it went, once it has."""
    gone = letter.sent_at is not None
    if how == SentBy.EMAIL:
        to = letter.address if gone else "Their e-mail address that is safe to use"
    else:
        to = ", ".join(names.text(one) for one in said["to"])
    yield Line("Goes to", to, detail=SentBy(letter.sent_how or how).title)
    yield Line("Language", "Welsh and English" if letter.welsh else "English")
    if said["until"]:
        until = date.fromisoformat(said["until"])
        yield Line("They may give a reason until", on(until))
    yield Line(
        "Asked for", on(localtime(letter.asked_at).date()), detail=f"By {letter.asked_by.name}"
    )


def _late(due_on, today, policy):
    """The last post with which it can go."""
    if due_on:
        hour = say_time(policy.last_post)
        yield Line("Late after", f"{on(due_on)}, {hour}", detail=how_late(due_on, today))


def _been(letter, names):
    """What has been done with it, in the order in which it was."""
    if letter.ready_at:
        yield _when("Read and made ready", letter.ready_at, letter.ready_by)
    if letter.sent_at:
        yield _when("Sent", letter.sent_at, letter.sent_by)
        yield Line("Proof", names.text(letter.proof), detail=_email_state(letter))
        yield Line("Counts as served", on(letter.served_on))
    if letter.returned_on:
        yield Line("Came back", on(letter.returned_on), detail=names.text(letter.returned_because))
    if letter.cancelled_because:
        label = "Not written again" if letter.returned_on else "Not to be sent"
        yield Line(label, names.text(letter.cancelled_because))
    if letter.again_id:
        other = reverse("letter", args=[letter.case.crn, letter.again_id])
        yield Line("Written again", "Another letter takes its place", change=other)


def _when(label, at, by):
    at = localtime(at)
    return Line(label, f"{on(at.date())}, {say_time(at.time())}", detail=f"By {by.name}")


def _email_state(letter):
    if letter.sent_how != SentBy.EMAIL:
        return ""
    found = Message.objects.filter(document=letter.document_id).values_list("delivery", flat=True)
    return OUTBOX[Delivery(found[0])] if found else ""


def _gap(one, letter, names, may):
    return Gap(names.text(one.sentence), _mended_at(one.field, letter, may))


def _mended_at(field, letter, may):
    """Where the reader mends it: another page, or its box on the page where the letter is written; blank where they may not."""
    crn = letter.case.crn
    if field == POLICY[0]:
        return reverse("policy", args=[POLICY[1]]) if POLICY[2] in may else ""
    if field == PUT_BACK:
        return reverse("letter", args=[crn, letter.pk]) if Action.SEND_LETTER in may else ""
    if field in MENDED_AT:
        page, action = MENDED_AT[field]
        return reverse(page, args=[crn]) if action in may else ""
    if Action.SEND_LETTER not in may:
        return ""
    if letter.state == LetterState.READY:  # written only once it is put back
        return reverse("letter", args=[crn, letter.pk])
    return f"{reverse('write-letter', args=[crn, letter.pk])}#id_{field}"


def links_of(page, letter, may):
    """What can be done with it besides what its buttons do, and the absence of which it asks the reason."""
    at = [page.crn, letter.pk]
    found = []
    if letter.absence_id and Action.VIEW_CASE in may:
        absence = reverse("appointment", args=[page.crn, letter.absence_id])
        found.append(Link("See the appointment that they missed", absence))
    if page.to_write:
        found.append(Link("Write it", reverse("write-letter", args=at)))
    if page.to_go:
        found.append(Link(_sending(page), reverse("send-letter", args=at)))
    if page.sent:
        found.append(Link("It came back", reverse("letter-back", args=at)))
    if page.to_mend:
        found.append(Link("Leave it so", reverse("leave-letter", args=at)))
    if page.to_write or page.ready:
        found.append(Link("It is not to go", reverse("cancel-letter", args=at)))
    if page.item:
        found.append(Link(ASK, page.item))
    return found


def _sending(page):
    if page.by_hand:
        return "Say who handed it over"
    return "Say that it is posted" if page.on_paper else "Send it by e-mail"
