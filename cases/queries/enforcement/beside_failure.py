"""What stands beside a failure: what it may be of, the warnings of its order, its days, the others, and what falls with it.

Source: product rules, failures and clocks.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import ComplianceWarning, LicenceCondition
from cases.queries.booking import running_of
from cases.queries.enforcement.failure_pages import state_of
from cases.queries.enforcement.failures import (
    came_back,
    failed_before,
    is_left_behind,
    left_on,
    order_ends_on,
    order_words,
    with_last_letter,
)
from cases.queries.enforcement.letters import served_reason_on
from cases.queries.sentences import condition_words
from cases.reference.appointments import Enforces
from cases.reference.enforcement import (
    BREACH_OVER,
    BY_STATUTE,
    RECALL_OVER,
    TO_COURT,
    Answer,
    BreachState,
    LetterKind,
    LetterState,
    RecallState,
    Step,
)
from cases.rules.compliance import reason_until
from cases.rules.enforcement.days import laying
from cases.rules.enforcement.warnings import counts_until
from cases.rules.enforcing import choices
from cases.rules.words import shortened, within_a_sentence
from staff.kit import Line, Link, Tag, on

MOST = 30  # other failures that are listed
LONGEST = 120  # letters of a condition in the list of what was failed
CONDITION = "Condition: {words}"
WHOLE = "The order or licence as a whole: {words}"
NO_WARNING = "None was decided under this order"
NOT_GIVEN = "Not given yet, so it does not count in law."
NOT_DELIVERED = "Its letter came back, so it was not given and does not count in law."
UNANSWERED = "Nothing has been decided on it yet. Its clock stops."
NOTHING = "Nothing was enforced because of it, so nothing else changes."
LETTER_STOPS = "Its warning falls with it, and the letter is not sent."
LETTER_FOLLOWS = (
    "Its warning falls with it. That letter has gone, so the admin hub is asked to send another which says that the "
    "warning counts no more."
)
WARNING_FELL = "Its warning was withdrawn already."
RESTED = "What was decided on that warning since is decided again, within one working day."
AGAIN = (
    "{what} does not fall by itself: it is decided again within one working day, on what is left."
)
OVER = "{what} is over: {state}. Withdrawing this does not undo it. Ask the NPS what is to be done."


@dataclass(frozen=True)
class Other:
    """Another failure of the same person."""

    when: str
    order: str
    what: str
    tag: Tag
    href: str
    same: bool  # of the same absence


def parts_to_fail(case, names, today):
    """{key: (the choice, its words)}: each sentence as a whole, its requirements and its conditions, the latest first."""
    running = running_of(case, today)
    of = {row.key: row.words for row in running}
    found = [one for one in choices(running) if one.enforces != Enforces.VOLUNTARY]
    conditions = LicenceCondition.objects.in_bulk([one.condition for one in found if one.condition])
    return {one.key: (one, _words(one, of, conditions, names)) for one in found}


def _words(choice, of, conditions, names):
    """A condition in its own words: many are of one category. They may name somebody, so they are cut last."""
    if choice.enforces == Enforces.ORDER:
        return names.text(WHOLE.format(words=of[choice.sentence]))
    if choice.condition:
        said = shortened(names.text(condition_words(conditions[choice.condition])), LONGEST)
        return CONDITION.format(words=said) + (f" ({of[choice.sentence]})" if len(of) > 1 else "")
    return names.text(choice.words)


def warning_lines(failure):
    """Each warning under its order, and until when it counts: the law of warnings is read from these."""
    rows = with_last_letter(ComplianceWarning.objects.filter(sentence=failure.sentence_id))
    rows = rows.order_by("-decided_on", "-pk")
    lines = [_warning(row, failure.regime in BY_STATUTE) for row in rows]
    return lines or [Line("Warnings", NO_WARNING)]


def _warning(row, by_statute):
    title = Step(row.step).title
    if row.withdrawn_on:
        return Line(title, f"Withdrawn on {on(row.withdrawn_on)}", detail="It does not count.")
    if not row.given_on:
        said = f"Decided on {on(row.decided_on)}"
        return Line(title, said, detail=NOT_DELIVERED if came_back(row) else NOT_GIVEN)
    until = f"Counts until {on(counts_until(row.given_on))}." if by_statute else ""
    return Line(title, f"Given on {on(row.given_on)}", detail=until)


def day_lines(failure, today, policy, extra):
    """Until when they may give a reason, and when a breach can last be laid safely."""
    served = _served_on(failure)
    until = reason_until(failure.happened_on, extra, served)
    because = f"Three working days after a letter that counts as served on {on(served)}, or six after it happened." if served else "Six working days after it happened."  # fmt: skip
    lines = [Line("They may give a reason until", on(until), detail=because)]
    if failure.regime in TO_COURT:
        said = laying(
            order_ends_on=order_ends_on(failure.sentence), today=today, lay_days=policy.lay_days,
            red_days=policy.lay_red_days, extra=extra,
        )  # fmt: skip
        lines.append(Line("Last safe day to lay a breach", on(said.last_on), detail=said.sentence))
    return lines


def _served_on(failure):
    """Of the letters that asked for a reason: of the absence itself, or of what was warned about."""
    asked = served_reason_on(failure.decision.appointment_id) if failure.decision else None
    if not failure.warning_id:
        return asked
    sent = failure.warning.letters.filter(
        kind__in=[LetterKind.WARNING, LetterKind.REASON], state=LetterState.SENT
    )
    days = sent.order_by("-served_on").values_list("served_on", flat=True)[:1]
    return max([*days, *filter(None, [asked])], default=None)


def other_failures(failure, names):
    """The other failures of the same person, of every order, the latest first."""
    return [
        Other(
            when=on(row.happened_on),
            order=order_words(row.sentence),
            what=names.text(row.what),
            tag=state_of(row),
            href=reverse("failure", args=[failure.case.crn, row.pk]),
            same=failure.decision_id is not None and row.decision_id == failure.decision_id,
        )
        for row in failed_before(failure)[:MOST]
    ]


def falls_with(failure):
    """What becomes of what rests on it, in sentences, for whoever is about to withdraw it."""
    match failure.answer:
        case "":
            return [UNANSWERED]
        case Answer.WARN:
            return _of_warning(failure.warning)
        case Answer.REFER:
            state = BreachState(failure.breach.state)
            return [_goes_on("The breach", state, state in BREACH_OVER)]
        case Answer.RECALL:
            recall = RecallState(failure.recall.state)
            return [_goes_on("The recall", recall, recall in RECALL_OVER)]
    return [NOTHING]


def _of_warning(warning):
    if warning.withdrawn_on:
        return [WARNING_FELL]
    sent = warning.letters.filter(kind=LetterKind.WARNING, state=LetterState.SENT).exists()
    return [LETTER_FOLLOWS if sent or warning.given_on else LETTER_STOPS, RESTED]


def _goes_on(what, state, over):
    said = within_a_sentence(state.title)
    return OVER.format(what=what, state=said) if over else AGAIN.format(what=what)


def again_lines(deadline, names):
    """What is to be decided again, why, and the failures that still stand under it."""
    about = deadline.failure or deadline.breach or deadline.recall
    lines = [
        Line("Why it is decided again", names.text(deadline.why)),
        Line("Order", order_words(about.sentence)),
    ]
    if deadline.breach:
        lines.append(Line("The breach is", BreachState(deadline.breach.state).title))
    if deadline.recall:
        lines.append(Line("The recall is", RecallState(deadline.recall.state).title))
    if is_left_behind(deadline):
        breach = deadline.failure.breach
        lines.append(Line("Its breach is", BreachState(breach.state).title))
    for row in left_on(deadline):
        lines.append(Line(f"Stands: failure of {on(row.happened_on)}", names.text(row.what)))
    for row in _withdrawn_from(deadline):
        day = on(row.withdrawn_on)
        detail = names.text(row.withdrawn_because)
        lines.append(Line(f"Withdrawn: failure of {on(row.happened_on)}", day, detail=detail))
    return lines


def _withdrawn_from(deadline):
    thing = deadline.breach or deadline.recall
    if thing is None:
        return []
    return thing.failures.exclude(withdrawn_on=None).order_by("happened_on", "pk")


def followed_lines(failure):
    """What its answer came to, as far as it has come."""
    match failure.answer:
        case Answer.WARN:
            rows = with_last_letter(ComplianceWarning.objects.filter(pk=failure.warning_id))
            letters = failure.warning.letters.filter(kind=LetterKind.WARNING).order_by("pk")
            return [_letter(row) for row in letters] + [_warning(row, False) for row in rows]
        case Answer.REFER:
            return [Line("The breach", BreachState(failure.breach.state).title)]
        case Answer.RECALL:
            return [Line("The recall", RecallState(failure.recall.state).title)]
    return []


def followed_links(failure):
    """The pages of what its answer came to."""
    crn, links = failure.case.crn, []
    if failure.answer == Answer.WARN:
        for row in failure.warning.letters.order_by("pk"):
            words = f"See the letter: {within_a_sentence(LetterKind(row.kind).title)}"
            hidden = f"asked for on {on(localtime(row.asked_at).date())}"
            links.append(Link(words, reverse("letter", args=[crn, row.pk]), hidden=hidden))
    if failure.answer == Answer.REFER:
        links.append(Link("See the breach", reverse("breach", args=[crn, failure.breach_id])))
    if failure.answer == Answer.RECALL:
        links.append(Link("See the recall", reverse("recall", args=[crn, failure.recall_id])))
    return links


def _letter(row):
    detail = f"Sent on {on(localtime(row.sent_at).date())}." if row.sent_at else ""
    if row.state == LetterState.SENT:
        detail += f" Counts as served on {on(row.served_on)}."
    return Line("The letter", LetterState(row.state).title, detail=detail)
