"""A breach before the court: the summons or warrant, days in court, and what is owed until the court has decided.

Sources: supervision reference 2.3 and 6; how soon somebody asks where a day is not known is local policy.
"""

from dataclasses import dataclass
from datetime import date, datetime

from cases.reference.enforcement import AT_COURT, COURT_OUTCOMES, BreachState
from cases.rules.calendar import add_working_days
from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.rules.dates import say_date

ASK_AFTER = {  # working days after which somebody asks, where no day in court is known
    BreachState.ACCEPTED: 5,
    BreachState.SUMMONS: 5,
    BreachState.WARRANT: 20,
}
ASK = {
    BreachState.ACCEPTED: "Accepted by the NPS, nothing heard of the court since {day}: ask what is issued, and for which day",
    BreachState.SUMMONS: "A summons is out and no day in court is set, {day}: find out the day",
    BreachState.WARRANT: "A warrant is out, {day}: ask whether it is executed, and what the court says",
}
HEARS = frozenset({BreachState.ACCEPTED, *AT_COURT})  # a day in court may be set
TO_PRISON = frozenset({"ABCC", "ABSA"})
MAY_BE_PRISON = TO_PRISON | {"ABPP"}
NOT_AT_COURT = (
    "This breach is not before the court, so no day in court is recorded. Read where it stands now."
)
BEFORE_ACCEPTED = (
    "The NPS accepted this breach on {day}, and no court hears it before that. Check the day."
)
IN_COURT = "In court on "  # how the reason of a clock begins that waits for a day that is set
ONE_IS_SET = (
    "A day in court is set already, on {day}. Say first what came of it, or that it was called off."
)
SAID = "What came of this day in court is recorded already."
FARTHEST = 366  # days ahead: beyond is a slip of the finger, and the breach would be looked at by nobody until then
TOO_FAR = "{day} is more than a year ahead, and no court sets a day so far off. Check the year."
# Where a letter of ours says when to come: whoever is wanted is brought before the court, or is told by it
TOLD_BY_LETTER = frozenset({BreachState.ACCEPTED, BreachState.SUMMONS})
WHY_TOLD = "The day in court is {day}, and the letter that went does not say so: they are told"
RING = "{crn}: {what}, and the letter that went to them does not say so. Ring them."
RING_AGAIN = (
    "{crn}: {what} after all. Ring them: they may have been told otherwise since their letter went."
)


@dataclass(frozen=True, slots=True)
class Owed:
    """What has to be asked or said of the court: since when, by when, and why, for staff."""

    since: date
    due_on: date
    why: str


def court_owed(
    state: BreachState, since: date, hearing_on: date | None, extra: frozenset[date] = frozenset()
) -> Owed | None:
    """What is owed of a breach that the NPS has accepted, so that no silence of a court loses it.

    `since`: when it came to be so, or when the court last said something; `hearing_on`: the day in court that is set.
    """
    if state not in HEARS:
        return None
    if hearing_on:
        why = f"{IN_COURT}{say_date(hearing_on)}"
        return Owed(hearing_on, add_working_days(hearing_on, 1, extra), why)
    why = ASK[state].format(day=say_date(since))
    return Owed(since, add_working_days(since, ASK_AFTER[state], extra), why)


def asks_the_day(why: str) -> bool:
    """Whether a clock of the court that runs for this reason waits for the day itself, as none is set."""
    return not why.startswith(IN_COURT)


def check_put_off(at: datetime, to: datetime) -> None:
    """Refuse to put a day in court off to one before it."""
    if to <= at:
        raise RuleBroken("The next day in court comes after this one. Check the day and the time.")


def check_hearing(
    state: BreachState, on: date, court: str, set_on: date | None, accepted_on: date
) -> str:
    """Refuse a day in court that cannot be. `set_on`: the day that is set already. Gives the court, trimmed."""
    if state not in HEARS:
        raise RuleBroken(NOT_AT_COURT)
    if set_on:
        raise RuleBroken(ONE_IS_SET.format(day=say_date(set_on)))
    if on < accepted_on:
        raise RuleBroken(BEFORE_ACCEPTED.format(day=say_date(accepted_on)))
    if says_nothing(court):
        raise RuleBroken("Name the court.")
    return " ".join(court.split())


def check_near(on: date, today: date) -> None:
    """Refuse a day in court that can only be a slip: what is owed of the court would wait for it."""
    if (on - today).days > FARTHEST:
        raise RuleBroken(TOO_FAR.format(day=say_date(on)))


def why_told(on: date) -> str:
    """Why another letter is owed that names the day in court."""
    return WHY_TOLD.format(day=say_date(on))


def ring_them(crn: str, on: date | None, *, again: bool = False) -> str:
    """What the officer hears of a day in court that is another than they were told. `on`: None where it is called off;
    `again`: the letter says so, and something else was heard since it went."""
    what = f"the day in court is {say_date(on)}" if on else "the day in court is called off"
    return (RING_AGAIN if again else RING).format(what=what, crn=crn)


def check_open(said: bool) -> None:
    """Refuse to write over a day in court of which something is recorded."""
    if said:
        raise RuleBroken(SAID)


def check_result(said: bool, at: datetime, result: str, now: datetime) -> str:
    """Refuse what cannot have come of a day in court. `said`: it is recorded already. Gives the words trimmed."""
    check_open(said)
    if at > now:
        raise RuleBroken("That day in court is still to come. If it is not to be, call it off.")
    if says_nothing(result):
        raise RuleBroken("Say what the court said on that day, in its words.")
    return result.strip()


def check_called_off(said: bool, because: str) -> str:
    check_open(said)
    if says_nothing(because):
        raise RuleBroken("Say why it is not to be, and who said so.")
    return because.strip()


def check_asked(state: BreachState, whom: str, words: str) -> tuple[str, str]:
    """Refuse an answer of the court that nobody could act on. Gives both trimmed."""
    if state not in HEARS:
        raise RuleBroken(NOT_AT_COURT)
    if says_nothing(whom):
        raise RuleBroken("Say whom you asked, at the court or the NPS.")
    if says_nothing(words):
        raise RuleBroken("Say what they answered, even if it is that no day is set.")
    return " ".join(whom.split()), words.strip()


def check_issued(court: str) -> str:
    """Refuse a summons or warrant of which nobody could say whose it is. Gives the words trimmed."""
    if says_nothing(court):
        raise RuleBroken("Name the court that issued it, or whoever told you.")
    return " ".join(court.split())


def check_prison(code: str, prison: str) -> str:
    """Refuse an outcome that takes somebody to prison without the prison. Gives it trimmed; blank: they were not taken there."""
    if code not in MAY_BE_PRISON:
        return ""
    if code in TO_PRISON and says_nothing(prison):
        raise RuleBroken("Say which prison they were taken to. If the court did not say, ring it.")
    return "" if says_nothing(prison) else " ".join(prison.split())


def follows(code: str) -> list[str]:
    """What follows from what the court decided, a sentence each, for whoever reads it."""
    outcome = COURT_OUTCOMES[code]
    found = []
    if not outcome.proven:
        found.append("The court did not find it proven. What the order asks goes on as before.")
    elif outcome.goes_on:
        found.append("The order goes on. Contact goes on as before.")
    else:
        found.append("This order does not go on as it was.")
    if outcome.changes_sentence:
        found.append(
            "The sentence is another from that day. Have it put right in nDelius: hours, requirements and dates come from there."
        )
    return [*found, "Review the case: what the court decided is among what has happened."]
