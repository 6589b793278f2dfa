"""What a pause must say when it begins, when it is put right and when it is over.

Source: product rules, GRID (contact is paused in custody, hospital or warrant), and clocks (monthly police enquiry).
"""

from datetime import date

from cases.reference.pauses import WANTED, PauseKind
from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.rules.dates import say_date

WHERE = {  # of these, where they are is known, and is asked
    PauseKind.CUSTODY: "Say which prison.",
    PauseKind.HOSPITAL: "Say which hospital.",
    PauseKind.DEPORTED: "Say to which country.",
}
SINCE = {  # how a case page says it, with the day behind it
    PauseKind.WARRANT: "Warrant out since",
    PauseKind.AT_LARGE: "Unlawfully at large since",
    PauseKind.CUSTODY: "In custody since",
    PauseKind.HOSPITAL: "In hospital since",
    PauseKind.DEPORTED: "Deported or removed on",
}
LONGEST_SOURCE = 300  # letters that are kept of who said so
LONGEST_BECAUSE = 500  # and of why it ended


def check_pause(
    *, kind: str, from_on: date, where: str, source: str, last_seen_on: date | None, today: date
) -> dict:
    """Refuse a pause nobody could act on. Gives what is kept, trimmed."""
    kind = PauseKind(kind)
    if from_on > today:
        raise RuleBroken("It cannot begin in the future. Record it on the day it happens.")
    if kind in WHERE and says_nothing(where):
        raise RuleBroken(WHERE[kind])
    if says_nothing(source):
        raise RuleBroken("Say who told us, and how, so that it can be checked.")
    if last_seen_on and last_seen_on > today:
        raise RuleBroken("The day on which they were last seen cannot be in the future.")
    return {
        "kind": kind,
        "from_on": from_on,
        "where": "" if kind in WANTED else where.strip(),
        "source": source.strip(),
        "last_seen_on": last_seen_on,
    }


def check_end(*, kind: str, from_on: date, to_on: date, because: str, now_as: str, today: date):
    """Refuse an end before the beginning, or one that says nothing. Gives the words trimmed.

    `now_as`: the kind of pause that takes its place; blank where they can be seen as usual.
    """
    if to_on > today:
        raise RuleBroken("It cannot end in the future. Record it on the day it happens.")
    if to_on < from_on:
        raise RuleBroken(f"It began on {say_date(from_on)}, so it cannot end before that.")
    if says_nothing(because):
        raise RuleBroken("Say what happened and who told us, so that whoever reads it can follow.")
    if now_as == kind:
        raise RuleBroken("It cannot end and go on as the same. Put right what is recorded instead.")
    return because.strip()


def check_asked(*, kind: str, from_on: date, on: date, asked: str, said: str, today: date):
    """Refuse an answer to where they are that nobody could have had. Gives the words trimmed."""
    if kind not in WANTED:
        raise RuleBroken("Where they are is known, so nobody need be asked.")
    if on > today:
        raise RuleBroken("The day on which you asked cannot be in the future.")
    if on < from_on:
        raise RuleBroken(f"They are being looked for since {say_date(from_on)}. Give that day or a later one.")  # fmt: skip
    if says_nothing(asked):
        raise RuleBroken("Say whom you asked.")
    if says_nothing(said):
        raise RuleBroken("Say what they answered, even if it is that they have not found them.")
    return asked.strip(), said.strip()


def ask_the_police(due_on: date, today: date) -> str:
    """What staff are told of asking where they are: the same day as what is owed."""
    when = "today" if due_on <= today else f"by {say_date(due_on)}"
    return f"The police are to be asked {when} where they are, and each month until they are found."


def may_be_seen_again(kind: str, still: frozenset[str]) -> bool:
    """Whether seeing them is owed once this pause is over. `still`: the kinds that go on running."""
    return kind != PauseKind.DEPORTED and not still
