"""The pages of a breach: where it is, what is owed, every step it took, its days in court and what was asked to be changed.

Source: product rules, failures; docs/screens.md.
"""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Breach, Failure
from cases.queries.due import due_rows
from cases.queries.enforcement.answered_anew import of_breaches
from cases.queries.enforcement.failures import order_words
from cases.queries.enforcement.winning_back import winning_back_of
from cases.reference.enforcement import (
    BREACH_OVER,
    COURT_OUTCOMES,
    BreachState,
    WithdrawnBecause,
)
from cases.rules.enforcement.breaches import LAID, PACK_TO_SEND, TOLD
from cases.rules.enforcement.chasing import AGAIN_ON, say_silent
from cases.rules.enforcement.court import HEARS, follows
from staff.kit import Happening, Line, Link, on, tag
from staff.permissions import Action
from staff.rules.dates import say_date, say_time

State = BreachState
KINDS = (
    "submit_breach", "answer_nps", "get_breach_answer", "amend_breach", "see_amendment", "lay_breach", "say_hearing",
    "read_withdrawn_breach", "win_back", "decide_again", "answer_hub",
)  # fmt: skip
ANEW = "Answered in another way since"
TAGS = {
    State.DECLINED: "rejected", State.WITHDRAWN: "withdrawn", State.DECIDED: "closed", State.RETURNED: "returned",
    State.ACCEPTED: "accepted",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """A change of the report that was asked for, and where it is sent or read."""

    lines: list[Line]
    next: list[Link]


@dataclass(frozen=True)
class BreachPage:
    state: str
    tag: object
    lines: list[Line]
    failures: list[Happening]
    due: list
    next: list[Link]
    steps: list[Happening]
    hearings: list[Line]
    changes: list[Change]
    follows: list[str] = field(default_factory=list)
    winning_back: object = None


def find_breach(case, pk):
    """None where this case has none by that key."""
    found = Breach.objects.filter(case=case, pk=pk).select_related(
        "sentence", "begun_by", "seen_by_senior", "reengagement__next_contact__contact",
        "reengagement__written_by",
    )  # fmt: skip
    breach = found.first()
    if breach:
        breach.case = case
    return breach


def state_of(breach):
    """Where it is, as a tag."""
    return tag(TAGS.get(State(breach.state), "under-way"))


def breach_page(breach, names, may, now):
    case, today = breach.case, localtime(now).date()
    hearings = list(breach.hearings.order_by("-at", "-pk"))
    return BreachPage(
        state=State(breach.state).title,
        tag=state_of(breach),
        lines=list(lines_of(breach, names)),
        failures=_failures(breach, names),
        due=due_rows(case, names, may, today, kinds=KINDS),
        next=_next(breach, hearings, may),
        steps=_steps(breach, names, may),
        hearings=[_hearing(one, names) for one in hearings],
        changes=[_change(one, breach, names, may) for one in breach.amendments.order_by("-pk")],
        follows=follows(breach.outcome) if breach.outcome else [],
        winning_back=winning_back_of(case, names, may, now, breach=breach),
    )


def lines_of(breach, names):
    """What a breach is, from its order to what came of it."""
    yield Line("Order", order_words(breach.sentence))
    yield Line("We became aware", on(breach.became_aware_on))
    yield Line("Referred by", breach.begun_by.name, detail=on(localtime(breach.begun_at).date()))
    yield Line("Last safe day to lay it", on(breach.lay_by))
    yield Line("Court", names.text(breach.court_name or breach.sentence.court_name))
    if breach.times_submitted:
        first = on(localtime(breach.submitted_at).date())
        yield Line("Sent to the NPS", first, detail=_times(breach.times_submitted))
    if breach.nps_officer:
        is_laid = breach.state in LAID or breach.hearings.exists()
        yield Line("Laid by" if is_laid else "To be laid by", names.text(breach.nps_officer))
    if breach.outcome:
        words = names.text(breach.outcome_words)
        yield Line("The court decided", COURT_OUTCOMES[breach.outcome].title, detail=words)
        yield Line("Decided on", on(breach.outcome_on))
    if breach.withdrawn_because:
        yield from withdrawn_lines(breach, names)


def withdrawn_lines(breach, names):
    """Why it was withdrawn, on whose authority, and who has read it."""
    cause = WithdrawnBecause(breach.withdrawn_because).title
    yield Line("Withdrawn", cause, detail=names.text(breach.withdrawn_words))
    yield Line("Agreed by", names.text(breach.withdrawn_authority))
    if breach.times_submitted:
        told = breach.answers.get(TOLD) or "Nobody has said"
        yield Line("Who told the NPS and the court", names.text(told))
    read = breach.seen_by_senior_at
    by = f"{breach.seen_by_senior.name}, {on(localtime(read).date())}" if read else "Nobody yet"
    yield Line("Read by a senior", by)


def _times(times):
    return "Once" if times == 1 else f"{times:,} times"


def _failures(breach, names):
    rows = Failure.objects.filter(of_breaches([breach])).order_by("happened_on", "pk")
    return [
        Happening(
            title=f"Failure on {say_date(one.happened_on)}",
            when=on(one.happened_on),
            by="" if one.breach_id == breach.pk else ANEW,
            text=names.text(one.what),
            href=reverse("failure", args=[breach.case.crn, one.pk]),
            tag=tag("withdrawn") if one.withdrawn_on else None,
            on=one.happened_on.isoformat(),
        )
        for one in rows
    ]


def _steps(breach, names, may):
    rows = breach.steps.select_related("by").order_by("-at", "-pk")
    return [
        Happening(
            title=_step_title(one),
            when=on(one.on),
            by=", ".join(filter(None, [one.by.name, names.text(one.outside)])),
            text=names.text(one.words),
            href=reverse("document", args=[breach.case.crn, one.pack_id])
            if one.pack_id and Action.VIEW_DOCUMENTS in may
            else "",
            on=one.on.isoformat(),
        )
        for one in rows
    ]


def _step_title(step):
    again_on = step.pack_says.get(AGAIN_ON)
    return say_silent(again_on) if again_on else State(step.state).title


def chased_before(breach):
    """Whom at the NPS we asked last; blank where nobody yet."""
    asked = breach.steps.filter(pack_says__has_key=AGAIN_ON).order_by("-pk").first()
    return asked.outside if asked else ""


def _hearing(one, names):
    at = localtime(one.at)
    day = f"{at:%A} {say_date(at.date())} at {say_time(at)}"  # a weekday shows a slip of the finger
    if one.called_off:
        return Line(day, "Called off", detail=names.text(one.result))
    if one.said_at is None:
        return Line(day, "To come, or not said yet", detail=names.text(one.court_name))
    came = {True: "They came. ", False: "They did not come. ", None: ""}[one.attended]
    return Line(day, f"{came}{names.text(one.result)}", detail=names.text(one.court_name))


def _change(one, breach, names, may):
    lines = [
        Line("What has to be changed", names.text(one.what)),
        Line("Asked for by", names.text(one.asked_by), detail=on(one.asked_on)),
        Line("Due", on(one.due_on)),
    ]
    if one.refused_because:
        lines.append(Line("Not changed", names.text(one.refused_because)))
    if one.sent_at:
        lines.append(
            Line("Sent", on(localtime(one.sent_at).date()), detail=names.text(one.changed))
        )
        seen = on(localtime(one.seen_at).date()) if one.seen_at else "Not yet"
        lines.append(Line("Read by the officer", seen))
    return Change(lines, list(_change_next(one, breach, may)))


def _change_next(one, breach, may):
    at = [breach.case.crn, breach.pk, one.pk]
    owed = one.sent_at is None and not one.refused_because
    if owed and State(breach.state) not in BREACH_OVER and Action.SUBMIT_BREACH in may:
        if State(breach.state) not in PACK_TO_SEND:
            yield Link("Send the change", reverse("send-amendment", args=at))
        yield Link("It is not changed", reverse("refuse-amendment", args=at))
    if one.sent_at and one.seen_at is None and Action.ANSWER_FAILURE in may:
        yield Link("I have read it", reverse("see-amendment", args=at), post=True)


def _next(breach, hearings, may):
    """What may be done now, the first of it the usual thing."""
    state, found = State(breach.state), []
    if Action.SUBMIT_BREACH in may:
        found += _pages(state, hearings, breach)
    if Action.WITHDRAW_BREACH in may and state not in BREACH_OVER:
        found.append(("Withdraw it", "withdraw-breach"))
    if Action.READ_WITHDRAWN_BREACH in may and state == State.WITHDRAWN and not breach.seen_by_senior_at:  # fmt: skip
        found.append(("Read why it was withdrawn", "read-withdrawn-breach"))
    return [Link(text, reverse(name, args=[breach.case.crn, breach.pk])) for text, name in found]


def _pages(state, hearings, breach):
    set_now = any(one.said_at is None and not one.called_off for one in hearings)
    if state in PACK_TO_SEND:
        yield "The pack", "breach-pack"
    elif state not in BREACH_OVER and breach.amendments.owed().exists():
        yield "Write the change", "breach-pack"
    if state == State.SUBMITTED:
        yield "Record the NPS’s answer", "say-nps-answer"
        yield "The NPS has not answered", "chase-nps"
    elif state == State.MORE_ASKED:
        yield "The NPS declines it", "say-nps-answer"
    if state in HEARS:
        if set_now:
            yield "Say what came of the day in court", "say-hearing"
            yield "It is called off", "call-off-hearing"
            yield "Put the day right", "correct-hearing"
        else:
            yield "A day in court is set", "set-hearing"
            yield "No day is known yet", "say-asked"
        yield "A summons or warrant is issued", "say-issued"
        if state != State.ACCEPTED:
            yield "The court has decided", "breach-outcome"
    if state == State.DECIDED and not breach.case.left_as:
        yield "Put the decision right", "correct-breach-outcome"
    if breach.times_submitted and state not in BREACH_OVER:
        yield "A change is asked for", "ask-amendment"
