"""What is said of an ending, as the plain values that two writers are put together by: one to a question, a register or
somebody who is told.

Source: architecture, concurrency; `cases.reference.endings` (codes).
"""

from datetime import date

from cases.reference.endings import BY_HAND, LONGEST, WORDS, PersonAsked, Tell
from staff.errors import RuleBroken

CHOICES = {"way": BY_HAND, "person": tuple(PersonAsked)}
FLAG, TELL = "flag-", "tell-"


def said_of(answers, flags, told):
    """{name: value} of everything that was said; what was not is absent."""
    asked = (*CHOICES, *WORDS)
    return (
        {code: answers[code] for code in asked if answers.get(code)}
        | {f"{FLAG}{key}": value for key, value in flags.items()}
        | {f"{TELL}{code}": value for code, value in told.items()}
    )


def parted(said):
    """(answers, flags, told) of it; the other way round."""
    answers, flags, told = {}, {}, {}
    for name, value in said.items():
        if name.startswith(FLAG):
            flags[name.removeprefix(FLAG)] = value
        elif name.startswith(TELL):
            told[name.removeprefix(TELL)] = value
        else:
            answers[name] = value
    return answers, flags, told


def clean(name, value, today):
    """The value as it is kept; None for none. Refuses what the page does not offer."""
    if not value:
        return None
    if name in CHOICES:
        return _chosen(name, value)
    if name in WORDS:
        return _words(value)
    if name.startswith(FLAG):
        return _flag(value)
    if name.startswith(TELL) and name.removeprefix(TELL) in set(Tell):
        return _told(value, today)
    raise RuleBroken(f"Nothing called {name} is asked at the end of a case.")


def _chosen(name, value):
    if value not in CHOICES[name]:
        raise RuleBroken(f"“{value}” is not one of the answers.")
    return str(value)


def _words(value):
    words = value.strip()
    if len(words) > LONGEST:
        raise RuleBroken(f"Say it in {LONGEST:,} characters or fewer.")
    return words or None


def _flag(value):
    """{"keep", "because", "review_on"}: the day only of one that stays."""
    if value.get("keep") not in (True, False):
        raise RuleBroken("Say whether the register stays.")
    said = {"keep": value["keep"], "because": _words(value.get("because") or "") or ""}
    day = value.get("review_on") if value["keep"] else None
    return said | ({"review_on": _day(day).isoformat()} if day else {})


def _told(value, today):
    """{"on", "words"} of somebody who was told, else {"because"}."""
    if "because" in value:
        return {"because": _words(value["because"] or "") or ""}
    day = _day(value["on"]) if value.get("on") else None
    if day and day > today:
        raise RuleBroken("The day on which somebody was told cannot be in the future.")
    words = _words(value.get("words") or "") or ""
    return {"on": day.isoformat() if day else "", "words": words}


def _day(value):
    try:
        return value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError) as problem:
        raise RuleBroken(f"“{value}” is not a day.") from problem
