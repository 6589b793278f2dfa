"""Opening hours as staff write them: "9am to 5pm, 6pm to 8pm"; blank where nobody is seen.

Source: local policy (what is typed is understood or asked for again, and never guessed).
"""

import re
from calendar import day_name

from staff.errors import RuleBroken
from staff.rules.dates import NotUnderstood, say_time, understand_time

DAYS = tuple(day_name)
BETWEEN = re.compile(r"\s+(?:to|until)\s+|\s*[-\u2013]\s*")
EXAMPLE = "for example 9am to 5pm, or 9am to midday, 2pm to 6pm"


def understand_hours(text):
    """[(from, to)] in order. Refuses what is no stretch of a day, and two that overlap."""
    found = []
    for part in filter(None, (one.strip() for one in text.split(","))):
        ends = BETWEEN.split(part)
        if len(ends) != 2:
            raise RuleBroken(f"Write hours as from and to, {EXAMPLE}.")
        try:
            from_at, to_at = (understand_time(one) for one in ends)
        except NotUnderstood as problem:
            raise RuleBroken(f"{problem}. Write hours as from and to, {EXAMPLE}.") from problem
        if from_at >= to_at:
            raise RuleBroken(
                f"{say_time(to_at)} is not after {say_time(from_at)}. Check am and pm."
            )
        found.append((from_at, to_at))
    found.sort()
    for (_, before), (after, _) in zip(found, found[1:], strict=False):
        if after < before:
            raise RuleBroken("Two of these hours overlap. Write each stretch once.")
    return found


def say_hours(stretches):
    """The same in words; blank where there are none."""
    return ", ".join(f"{say_time(start)} to {say_time(end)}" for start, end in sorted(stretches))


def say_days(said):
    """ "Monday to Friday: 9am to 5pm", days that follow each other and say the same taken together.

    `said`: {day of the week, 0 is Monday: what is said of it}.
    """
    runs: list[list[int]] = []
    for weekday in sorted(said):
        if runs and weekday == runs[-1][-1] + 1 and said[weekday] == said[runs[-1][0]]:
            runs[-1].append(weekday)
        else:
            runs.append([weekday])
    return [f"{_span(run)}: {said[run[0]]}" for run in runs]


def _span(run):
    if len(run) == 1:
        return DAYS[run[0]]
    return f"{DAYS[run[0]]} {'to' if len(run) > 2 else 'and'} {DAYS[run[-1]]}"
