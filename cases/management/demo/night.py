"""What the nights before would have found owed: home visits, contact this month, days of activity, reviews."""

from cases.services.timetable import OWED_EACH_NIGHT

# The caseload has the enquiries and plans that are owed written into it, with what was done of them
WRITTEN_ALREADY = {"open_due_enquiries", "owe_plans"}


def owe_what_is_due(today):
    """Each step over every case. Returns what they counted, by the name of each count."""
    return [
        _over_all(step, today)
        for job, step in OWED_EACH_NIGHT.items()
        if job not in WRITTEN_ALREADY
    ]


def _over_all(step, today):
    total: dict[str, int] = {}
    after = 0
    while after is not None:
        after, counts = step(after=after, today=today)
        for name, number in counts.items():
            total[name] = total.get(name, 0) + number
    return total
