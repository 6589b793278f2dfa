"""A risk put to the NPS as its pages show it: where it stands, what each step said, whose the next one is.

Source: product rules, GRID ("escalation is a case"; until a named NPS officer accepts, the case is ours).
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from cases.queries.due import due_rows
from cases.queries.recipients import let_in
from cases.rules.words import counted, sentence
from grid.queries.facts import facts_of
from grid.reference.escalation import EscalationState as State
from grid.rules.escalation import CLOCKS, DECIDED, FROM_THE_NPS, LIVE, MAY, MAY_BECOME, QUIET
from grid.rules.likelihood import plain
from grid.rules.placement import RSR_PROPOSES_ESCALATION
from staff.kit import Happening, Line, Link, Tag, on, tag
from staff.models import User
from staff.permissions import Action, Role
from staff.rules.dates import say_time

OURS = "Ours until a named NPS officer accepts."
MARKS = {
    State.OPENED: "still-to-do",
    State.DISCUSSED: "still-to-do",
    State.NOT_REFERRED: "closed",
    State.REFERRED: "awaiting-reply",
    State.ASKED: "still-to-do",
    State.REJECTED: "rejected",
    State.CHALLENGED: "awaiting-reply",
    State.PLAN_CHANGED: "closed",
    State.ACCEPTED: "accepted",
    State.HANDED_OVER: "closed",
    State.WITHDRAWN: "withdrawn",
}
NEXT = {  # whose the next step is, in words
    State.OPENED: "The officer and a senior probation officer discuss it today, and the senior writes what was decided.",
    State.DISCUSSED: "The officer sends the NPS the referral by the next working day, and records it.",
    State.REFERRED: "The NPS answers. Whoever hears it records it: the hub, the officer or a senior.",
    State.ASKED: "The officer sends the NPS what it asked for.",
    State.REJECTED: "The officer challenges the answer, saying on what grounds, or changes the plan and keeps the case.",
    State.CHALLENGED: "The NPS looks again. Whoever hears its answer records it.",
    State.ACCEPTED: "A named NPS officer accepts the case, and whoever hears it records it.",
    State.NOT_REFERRED: "Nothing is owed. A new fact of harm opens it again, and so may whoever works on the case.",
    State.PLAN_CHANGED: "Nothing is owed to the NPS. A new fact of harm opens it again, and so may whoever works on the case.",
    State.WITHDRAWN: "Nothing is owed. A new fact of harm opens it again, and so may whoever works on the case.",
}


@dataclass(frozen=True)
class Way:
    """A step that somebody takes on a page of its own. `since`: the one state it follows, where there is one."""

    page: str
    words: str
    to: frozenset[State]
    since: State | None = None

    def is_open(self, state):
        return bool(self.to & MAY_BECOME[State(state)]) and self.since in (None, state)

    @property
    def action(self):
        return MAY[min(self.to)]


WAYS = (
    Way("discuss-escalation", "Write what was decided", DECIDED),
    Way("refer-escalation", "Record the referral", frozenset({State.REFERRED}), State.DISCUSSED),
    Way("send-to-nps", "Record what was sent", frozenset({State.REFERRED}), State.ASKED),
    Way("hand-over-to-nps", "Record who has accepted it", frozenset({State.HANDED_OVER})),
    Way("record-nps-answer", "Record what the NPS said", FROM_THE_NPS),
    Way("challenge-nps", "Challenge the answer", frozenset({State.CHALLENGED})),
    Way("keep-escalated", "Keep it here with a changed plan", frozenset({State.PLAN_CHANGED})),
    Way("withdraw-escalation", "Withdraw it", frozenset({State.WITHDRAWN})),
    Way("open-escalation", "Open it again", frozenset({State.OPENED})),
)
BY_PAGE = {one.page: one for one in WAYS}


@dataclass(frozen=True)
class EscalationPage:
    """One escalation, for one reader."""

    title: str
    tag: Tag
    lead: str  # whose the case is, and since when
    next_said: str
    lines: list[Line]
    owed: list[Line]
    ways: list[Link]
    steps: list[Happening]


def heads_let_in(case):
    """The heads of service whom the case does not shut out."""
    return let_in(case, User.objects.filter(role=Role.HEAD).values("pk"))


def latest_of(case):
    """The one that is open, or the last one that was; None where there never was any."""
    found = case.escalations.order_by("-pk")
    return found.filter(closed_on=None).first() or found.first()


def may_open(found, case, may):
    """Whether this reader may put a risk to the NPS: none is under way, and the case is ours."""
    free = found is None or found.closed_on is not None or found.state in QUIET
    return free and case.is_ours and Action.ESCALATE_RISK in may


def proposed(case, today):
    """What the scores say for it, where they do. Source: product rules, GRID (an RSR of 6.89% or more proposes it)."""
    scores = facts_of(case, today).rsr
    rsr = max(scores, key=lambda score: (score.on, score.percent), default=None)
    if rsr is None:
        return []
    least = f"At {RSR_PROPOSES_ESCALATION}% or more, an escalation is proposed"
    return [Line("RSR", f"{plain(rsr.percent)}%", detail=f"{on(rsr.on)}, {rsr.source}. {least}")]


def in_a_sentence(case, header):
    """What is under way with the NPS, and who owns the case meanwhile; blank where nothing is.

    What staff wrote of a risk is only for those who may read it.
    """
    opened = case.escalations.unsettled().first()
    if opened is None:
        return ""
    told = Action.VIEW_MOVEMENTS in header.may
    why = f": {header.names.text(opened.because).rstrip('.')}" if told else ""
    said = f"Risk escalation opened {on(opened.opened_on)}{why}. {State(opened.state).title}."
    if opened.state in QUIET:
        return f"{said} A new fact of harm opens it again."
    return (
        f"{said} Until a named NPS officer accepts the case, {header.officer or 'this provider'} owns it, "
        "with contact at least weekly."
    )


def earlier_of(case, but, names):
    """Those before it, each in a line of a timeline."""
    found = case.escalations.exclude(pk=but.pk if but else None).order_by("-opened_on", "-pk")
    return [
        Happening(
            title=State(one.state).title,
            when=f"{on(one.opened_on)} to {on(one.closed_on)}",
            text=f"{names.text(one.because)}. {names.text(one.outcome)}.",
            on=one.opened_on.isoformat(),
        )
        for one in found
    ]


def escalation_page(one, case, header, user, today):
    state, names = State(one.state), header.names
    ended = one.closed_on is not None
    return EscalationPage(
        title=_title(one),
        tag=tag("closed") if ended else tag(MARKS[state]),
        lead=_lead(one, case, header, today),
        next_said="" if ended else NEXT[state],
        lines=list(_lines(one, names)),
        owed=[] if ended else _owed(case, names, header.may, today),
        ways=[] if ended else list(ways_of(one, case, header.may, user)),
        steps=steps_of(one, names),
    )


def _owed(case, names, may, today):
    """What runs, by when and whose it is. Where each is done is this page."""
    return [
        Line(
            row.what,
            f"{row.due}, {row.late}" if row.late else row.due,
            detail=f"{row.by}. {row.rule}",
        )
        for row in due_rows(case, names, may, today, kinds=CLOCKS)
    ]


def _title(one):
    return one.outcome if one.closed_on else State(one.state).title


def _lead(one, case, header, today):
    if one.closed_on:
        return f"Opened {on(one.opened_on)}, ended {on(one.closed_on)}."
    days = (today - one.opened_on).days
    since = f"Open {counted(days, 'day')}." if days else "Opened today."
    if one.state in QUIET:
        return f"{since} {header.officer} holds the case."
    return f"{since} {OURS} {header.officer} holds it until then, with contact at least weekly."


def _lines(one, names):
    yield Line("Why", names.text(one.because))
    yield Line("Opened", on(one.opened_on))
    yield Line(
        "Who is protected meanwhile, and how",
        names.text(one.meanwhile) or "Nobody has written it yet",
    )
    if one.closed_on:
        yield Line("Ended", on(one.closed_on), detail=names.text(one.outcome))


def ways_of(one, case, may, user):
    """What this reader may do next. What a senior decides is not for whoever holds the case."""
    holds = case.officer_id == user.pk
    for way in WAYS:
        theirs = way.action in may and not (way.action == Action.DECIDE_PLACEMENT and holds)
        if theirs and way.is_open(one.state):
            yield Link(way.words, reverse(way.page, args=[case.crn]))
    if one.state in LIVE and Action.ESCALATE_RISK in may:
        anew = "Say anew who is protected" if one.meanwhile else "Say who is protected"
        yield Link(anew, reverse("escalation-meanwhile", args=[case.crn]))


def _did(state, before):
    """What a step did, given where it stood before."""
    if state == State.OPENED:
        return "Opened again" if before else "Opened"
    if state == before:
        return "Who is protected, said anew"
    if (state, before) == (State.REFERRED, State.ASKED):
        return "What the NPS asked for was sent"
    return State(state).title


def steps_of(one, names):
    """Each step with its day and who took it, the latest first."""
    found, before = [], None
    for step in one.steps.select_related("by").order_by("pk"):
        at = localtime(step.at)
        found.append(
            Happening(
                title=_did(step.state, before),
                when=f"{on(at.date())}, {say_time(at)}",
                by=step.by.name if step.by else "The GRID",
                text="\n".join(
                    filter(None, [names.text(step.outside), sentence(names.text(step.words))])
                ),
                on=at.date().isoformat(),
            )
        )
        before = step.state
    return list(reversed(found))
