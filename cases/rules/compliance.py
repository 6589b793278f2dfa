"""What an appointment that went wrong comes to: the call of the same day, and the officer's decision.

Sources: product rules, failures (an absence is a failure only once the officer says so, after seeing whether the
person was told in a way they can read; caring, health, shifts, faith, interpreter; stood down; whether they rang)
and clocks (a reason: the later of 6 working days from the failure and 3 after deemed service; default). Late proof
may turn a failure into something acceptable.
"""

from dataclasses import dataclass
from datetime import date

from cases.reference.appointments import (
    ACCEPTABLE_ABSENCES,
    DECISION_MAY_BECOME,
    MISSED,
    UNACCEPTABLE,
    Called,
    Decided,
    Interpreter,
    Safe,
    ToldHow,
)
from cases.rules.calendar import add_working_days
from cases.rules.interim import says_nothing
from cases.rules.words import counted
from staff.errors import RuleBroken
from staff.rules.dates import say_date

REASON_DAYS, AFTER_SERVICE_DAYS = 6, 3  # working days
DEEMED_ACCEPTABLE = "AFDA"
NOT_SURE = frozenset({Safe.NO, Safe.UNSURE})
NOT_RUNG = frozenset({Called.NOT_SAFE, Called.NO_NUMBER})
IN_ENGLISH = frozenset({"", "english"})
VOLUNTARY = "This appointment was voluntary. An absence from it is never a failure to comply."


@dataclass(frozen=True, slots=True)
class Before:
    """What is looked at before an absence is called a failure, as it is recorded."""

    told_how: ToldHow = ToldHow.NOT_YET
    reminder_failed: bool = False
    needs_interpreter: bool | None = None
    interpreter: Interpreter = Interpreter.NOT_NEEDED
    language: str = ""
    circumstances: int = 0  # of caring, health, work, faith on record
    in_touch: int = 0  # times they were in touch with us that day or since
    stood_down: bool = False  # we sent them or others of theirs away that day
    called: Called | None = None
    reason_until: date | None = None  # they may still give a reason until then
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that stands against calling it a failure. `code` is kept with the decision."""

    code: str
    sentence: str


def reason_until(happened_on, extra=frozenset(), served_on=None):
    """The last day on which they may still give a reason. `served_on`: deemed service of a letter."""
    days = [add_working_days(happened_on, REASON_DAYS, extra)]
    if served_on:
        days.append(add_working_days(served_on, AFTER_SERVICE_DAYS, extra))
    return max(days)


def is_early(until, today):
    """Whether they may still give a reason."""
    return today < until


def cautions(before):
    """What speaks against a failure, in the order it is best asked."""
    checks = (
        ("not_told", before.told_how == ToldHow.NOT_YET, "Nothing on record says that they were told of it."),
        ("reminder_failed", before.reminder_failed, "A reminder was sent and did not arrive."),
        (
            "interpreter",
            bool(before.needs_interpreter) and before.interpreter != Interpreter.BOOKED,
            "They need an interpreter, and none was booked.",
        ),
        (
            "language",
            before.language.strip().lower() not in IN_ENGLISH,
            f"Their first language is {before.language}. Could they read or follow how they were told?",
        ),
        ("stood_down", before.stood_down, "We stood them down, or sent them away, that day."),
        (
            "in_touch",
            before.in_touch > 0,
            f"They were in touch with us {counted(before.in_touch, 'time')} that day or since. Read what they said.",
        ),
        (
            "circumstances",
            before.circumstances > 0,
            "Caring, health, work or faith is on record that may have kept them. Ask.",
        ),
        ("not_rung", before.called is None, "Nobody has recorded ringing them yet."),
    )  # fmt: skip
    found = [Caution(code, sentence) for code, applies, sentence in checks if applies]
    if before.reason_until and before.today and is_early(before.reason_until, before.today):
        until = say_date(before.reason_until)
        found.append(Caution("early", f"They may still give a reason until {until}."))
    return found


def check_call(called, safe, note):
    """A call as it can be recorded. Whether they are safe is asked first, of whoever was spoken to."""
    if called == Called.SPOKE and not safe:
        raise RuleBroken("Say whether they are safe: it is the first thing to ask.")
    if called != Called.SPOKE and safe:
        raise RuleBroken("Only somebody you spoke to can have told you that they are safe.")
    if safe in NOT_SURE and says_nothing(note):
        raise RuleBroken("Say what they said, and what you did at once.")
    if called in NOT_RUNG and says_nothing(note):
        raise RuleBroken(
            "Say what you did instead of ringing, such as asking a worker who sees them."
        )


def check_decision(*, state, to, voluntary, outcome, reason, because, early, not_waiting=""):
    """Refuse a decision that cannot be made; give the outcome that the log then says."""
    if to not in DECISION_MAY_BECOME[Decided(state)]:
        raise RuleBroken(
            f"This is decided: {Decided(state).title.lower()}. "
            "Only a failure can still be found acceptable, when there is proof."
        )
    if says_nothing(because):
        raise RuleBroken("Say why you decide so, in a sentence that they could be shown.")
    if to == Decided.FAILURE:
        if voluntary:
            raise RuleBroken(VOLUNTARY)
        if early and says_nothing(not_waiting):
            raise RuleBroken("Say why you do not wait: they may still give a reason.")
        return UNACCEPTABLE if outcome in {MISSED, UNACCEPTABLE} else outcome
    if outcome not in {MISSED, UNACCEPTABLE}:
        return DEEMED_ACCEPTABLE
    if reason not in ACCEPTABLE_ABSENCES:
        raise RuleBroken("Choose the reason that is accepted.")
    return reason


def pattern_words(attended, missed, accepted):
    """How the last months went, in a sentence that blames nobody."""
    if not attended + missed + accepted:
        return "No appointment with an outcome is on record for that time."
    return (
        f"Attended {attended:,}, absent with good reason {accepted:,}, "
        f"missed or not complied with {missed:,}."
    )
