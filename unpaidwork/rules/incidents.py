"""What is reported from a site, and how it is passed on: to the officer of whom it is about, and to those who run it.

Source: unpaid work reference 6 (reverse channel: incident, near miss, disclosure raise a task with a deadline); report
2.4 (somebody was attacked by another on unpaid work, and nobody acted).
"""

from cases.reference.codes import Titled
from cases.reference.information import InformationKind, Relation, SaidBy
from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time
from unpaidwork.reference.sessions import IncidentKind
from unpaidwork.rules.sync import CLOCK, LONDON, clock_is_ahead

MOST_WORDS = 4000


class Matter(Titled):
    """What somebody told us about."""

    CHILD = "child", "A child"
    ADULT = "adult", "An adult at risk"
    HEALTH = "health", "Their health, drugs or alcohol"
    OTHER = "other", "Something else"


MATTERS = {
    Matter.CHILD: InformationKind.CHILD,
    Matter.ADULT: InformationKind.ADULT,
    Matter.HEALTH: InformationKind.HEALTH,
    Matter.OTHER: InformationKind.OTHER,
}
BETWEEN = (  # what one of those on site did to another
    Relation.ATTACKED,
    Relation.ATTACKED_BY,
    Relation.THREATENED,
    Relation.THREATENED_BY,
    Relation.AT_ODDS,
    Relation.NAMED_WITH,
)


def could_hurt(kind, harm):
    """Whether it is passed on as something that can hurt: where somebody was hurt already nobody need ask."""
    return bool(harm) or kind == IncidentKind.INJURY


def check_incident(*, kind, words, about, others):
    """Refuse what nobody could act on."""
    if kind not in set(IncidentKind):
        raise RuleBroken("Say what kind of thing happened.")
    if says_nothing(words):
        raise RuleBroken("Say what happened, or what was said, as nearly as you can.")
    if len(words) > MOST_WORDS:
        raise RuleBroken(f"Say it in {MOST_WORDS:,} letters or fewer.")
    if kind == IncidentKind.DISCLOSURE and not about:
        raise RuleBroken("Say who told you: their officer must hear of it.")
    if others and not about:
        raise RuleBroken("Say first whom it is mainly about.")
    if about in {other for other, _ in others}:
        raise RuleBroken("The other person is somebody else than whom it is about.")
    if any(relation not in BETWEEN for _, relation in others):
        raise RuleBroken("Say what they did to each other.")


def could_be_said(said_at, at, on):
    """Whether a tablet's clock can be right that it was said at this time: of that day or later, and not still to come.

    `at`: when it came, by our clock. `on`: the day of the session. What is not right is noted and never refused:
    somebody may be hurt, whatever a clock says.
    """
    return said_at.astimezone(LONDON).date() >= on and not clock_is_ahead(said_at, at)


def moment_said(said_at, at, on):
    """When it was said, as far as anybody can tell."""
    return min(said_at, at) if said_at and could_be_said(said_at, at, on) else at


def say_late(said_at, at, on):
    """How what a tablet sent late came, in words; blank where it came as it was said."""
    if not said_at:
        return ""
    if not could_be_said(said_at, at, on):
        return f"The tablet's clock was wrong: by it this was said on {_moment(said_at)}. It came on {_moment(at)}."
    return f"Sent by the tablet on {_moment(at)}." if at - said_at > CLOCK else ""


def _moment(at):
    at = at.astimezone(LONDON)
    return f"{say_date(at.date())} at {say_time(at)}"


def kept_as(kind, matter):
    """(the kind of information, who said it) under which the officer reads it."""
    if kind == IncidentKind.DISCLOSURE:
        return MATTERS[Matter(matter or Matter.OTHER)], SaidBy.PERSON
    return InformationKind.OTHER, SaidBy.COLLEAGUE


def check_answer(answer):
    """Refuse an answer that tells whoever reported it nothing."""
    if says_nothing(answer):
        raise RuleBroken("Say what was done about it, for whoever reported it.")
    return answer.strip()
