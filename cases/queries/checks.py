"""The enquiries of one case as its pages show them: each kind in words, each one with its steps.

Source: product rules, checks. A reply covers its subjects and nobody else, so it is always shown
with them.
"""

from dataclasses import dataclass

from django.urls import reverse

from cases.models import Enquiry
from cases.models.worded_once import worded_once
from cases.queries.check_history import history_of, put_right_last, said_by, steps_of
from cases.queries.check_words import words_of
from cases.queries.coverage import (
    around,
    covered_by,
    left_out_of,
    left_out_of_all,
    named,
    subjects_answered,
    subjects_of,
    with_subjects,
)
from cases.queries.next_steps import steps_of_check
from cases.reference.checks import (
    MAY_GO_BACK,
    CheckKind,
    EnquiryState,
    Reply,
    SubjectKind,
)
from cases.reference.codes import Sharing
from cases.rules.checks import NOT_AN_ANSWER, STEP, because_of, is_overdue, say_changes
from cases.rules.references import reference_of
from cases.rules.words import within_a_sentence
from staff.kit import Happening, Line, Link, Tag, on, tag
from staff.permissions import Action

ALWAYS = (CheckKind.POLICE, CheckKind.CHILDREN)  # whose absence is itself said
MARK = {
    EnquiryState.DUE: "due",
    EnquiryState.SENT: "awaiting-reply",
    EnquiryState.REPLIED: "to-analyse",
    EnquiryState.ANALYSED: "analysed",
    EnquiryState.NOT_NEEDED: "not-needed",
    EnquiryState.SUPERSEDED: "superseded",
}


@dataclass(frozen=True)
class CheckLine:
    """One kind of check, or one enquiry, in a line."""

    title: str
    tag: Tag
    words: str
    covered: str = ""  # what the last reply covered
    left_out: str = ""  # and whom it did not
    href: str = ""
    next: Link | None = None
    key: int | None = None  # of the enquiry it leads to
    reference: str = ""


@dataclass(frozen=True)
class CheckSummary:
    """Every kind of check on a case. `silent`: the kinds of which there is no record, in words."""

    lines: list[CheckLine]
    silent: str


@dataclass(frozen=True)
class CheckPage:
    """One enquiry whole."""

    id: int
    title: str
    tag: Tag
    words: str
    lines: list[Line]
    subjects: list[Line]
    covered: str
    left_out: str
    reply_text: str
    analysis: str
    sharing: str
    history: list[Happening]
    actions: list[Link]
    put_right: list[Link]  # where the reply was recorded wrongly
    put_right_last: str  # why it is as it is now, and what stood; blank where it was not


def enquiries_of(case):
    """The enquiries of the case with their subjects, the latest first."""
    return with_subjects(latest_first(case))


def latest_first(case):
    """The enquiries of the case; whom they ask about is not read."""
    found = _latest_first(case.pk)
    for one in found:
        one.case = case
    return found


@worded_once
def _latest_first(case):
    return Enquiry.objects.filter(case=case).dated_anew().order_by("-triggered_on", "-pk")


def summary_of(case, enquiries, names, may, today):
    """Each kind of check in a line: where it stands, and what the last reply covered."""
    none = "No record in the extract" if case.imported else "Nothing on record"
    lines, silent, people = [], [], around(case)
    for kind in CheckKind:
        found = [one for one in enquiries if one.kind == kind]
        if found:
            lines.append(_kind_line(case, kind, found, people, names, may, today))
        elif kind in ALWAYS:
            lines.append(CheckLine(kind.title, tag("not-recorded"), f"{none}.", covered="Nobody"))
        else:
            silent.append(within_a_sentence(kind.title))
    return CheckSummary(lines, f"{none}: {'; '.join(silent)}." if silent else "")


def _kind_line(case, kind, found, people, names, may, today):
    """Of several, the one that is not finished; of those, the one due first."""
    waiting = [one for one in found if one.due_on]
    now = min(waiting, key=lambda one: (one.due_on, one.pk)) if waiting else found[0]
    replied = [one for one in found if one.replied_on]
    last = max(replied, key=lambda one: (one.replied_on, one.pk), default=None)
    more = f" And {len(waiting) - 1} more open." if len(waiting) > 1 else ""
    return CheckLine(
        title=kind.title,
        tag=_mark(now, today),
        words=words_of(now, names, today) + more,
        covered=covered_by(last, names) if last else "",
        left_out=left_out_of_all(found, people, names) if last else "",
        href=reverse("check", args=[case.crn, now.pk]) if Action.VIEW_CHECKS in may else "",
        next=next(iter(_actions(case, now, may, today)), None),
        key=now.pk,
        reference=reference_of(now.pk),
    )


def other_lines(case, enquiries, summary, names, may, today):
    """Each enquiry that the lines of the kinds do not already show."""
    shown, people = {line.key for line in summary.lines}, around(case)
    return [
        CheckLine(
            title=CheckKind(one.kind).title,
            tag=_mark(one, today),
            words=words_of(one, names, today),
            covered=covered_by(one, names) if one.replied_on else _about(one, names),
            left_out=left_out_of(one, people, names) if one.replied_on else "",
            href=reverse("check", args=[case.crn, one.pk]),
            next=next(iter(_actions(case, one, may, today)), None),
            key=one.pk,
            reference=reference_of(one.pk),
        )
        for one in enquiries
        if one.pk not in shown
    ]


def _about(one, names):
    people, places = _named(one, names, people=True), _named(one, names, people=False)
    return (
        f"About {'; '.join([*people, *places])}"
        if people or places
        else "Nobody is named in it yet"
    )


def _named(one, names, *, people):
    """The subjects as this reader may see them; those whose names are kept, each by what they are."""
    return [
        named(subject, names)
        for subject in subjects_of(one)
        if (subject.kind != SubjectKind.ADDRESS) == people
    ]


def _mark(one, today):
    return (
        tag("overdue")
        if is_overdue(one.state, one.due_on, today)
        else tag(MARK[EnquiryState(one.state)])
    )


def _actions(case, one, may, today):
    step = STEP.get(EnquiryState(one.state))
    offered = steps_of_check(step, is_overdue(one.state, one.due_on, today)) if step else []
    if one.state == EnquiryState.REPLIED and one.reply in NOT_AN_ANSWER:
        offered.append(("Ask again", "send-request", Action.RECORD_CHECK))
    return [
        Link(words, reverse(page, args=[case.crn, one.pk]), hidden=f": {CheckKind(one.kind).title}")
        for words, page, action in offered
        if action in may
    ]


def check_page(case, one, names, may, today):
    """One enquiry with its subjects, its history and what may be done about it now."""
    steps = steps_of(one)
    return CheckPage(
        id=one.pk,
        title=f"{CheckKind(one.kind).title}, {reference_of(one.pk)}",
        tag=_mark(one, today),
        words=words_of(one, names, today),
        lines=_lines(one, names),
        subjects=[
            _subject(subject, reply, one, names) for subject, reply in subjects_answered(one)
        ],
        covered=covered_by(one, names) if one.replied_on else "",
        left_out=left_out_of(one, around(case), names) if one.replied_on else "",
        reply_text=names.text(one.reply_text),
        analysis=names.text(one.analysis),
        sharing=Sharing(one.sharing).title,
        history=history_of(steps, names),
        actions=_actions(case, one, may, today),
        put_right=_put_right(case, one, may),
        put_right_last=put_right_last(steps, names),
    )


def _lines(one, names):
    because = because_of(one)
    note = "" if one.because_note == because else one.because_note
    lines = [
        Line("Reference", reference_of(one.pk)),
        Line("Why it is due", because, detail=names.text(note)),
        Line("Fell due", on(one.triggered_on)),
        _agency(one, names),
        Line("Sent", on(one.sent_on) if one.sent_on else "Not yet sent"),
    ]
    if one.told_person is not None:
        told = "Yes" if one.told_person else "No"
        lines.append(Line("Person told", told, detail=names.text(one.not_told_because)))
    if one.chases:
        lines.append(Line("Last chased", on(one.chased_on), detail=f"{one.chases} in all"))
    if one.replied_on:
        whole = Reply(one.reply)
        said = "No trace of those it asked about" if whole == Reply.NO_TRACE else whole.title
        lines.append(Line("Reply", said, detail=on(one.replied_on)))
    if one.analysed_on:
        lines.append(
            Line(
                "Analysed",
                say_changes(one.all_changes),
                detail=f"{on(one.analysed_on)}, {said_by(one.analysed_by)}",
            )
        )
    return lines


def _agency(one, names):
    """Whom it was put to, or whom it is for."""
    if one.asked_of or not one.agency:
        return Line("Asked of", names.text(one.asked_of) or "Not yet chosen")
    return Line("For", one.agency.name)


def _subject(subject, reply, one, names):
    none = "No answer about them" if one.replied_on else "No answer yet"
    said = Reply(reply).title if reply else none
    born = f", born {on(subject.born_on)}" if subject.born_on and names.may_see(subject) else ""
    return Line(SubjectKind(subject.kind).title, f"{names.of(subject)}{born}", detail=said)


def _put_right(case, one, may):
    if EnquiryState.REPLIED not in MAY_GO_BACK.get(EnquiryState(one.state), ()):
        return []
    if Action.RECORD_CHECK not in may:
        return []
    said = [("Put right what was recorded", "put-reply-right"), ("Take it off: it is no reply to this enquiry", "take-reply-off")]  # fmt: skip
    return [Link(words, reverse(page, args=[case.crn, one.pk])) for words, page in said]


def find_enquiry(case, pk):
    """The enquiry of this case, or None."""
    found = case.enquiries.select_related("analysed_by", "agency").filter(pk=pk)
    return next(iter(with_subjects(list(found))), None)
