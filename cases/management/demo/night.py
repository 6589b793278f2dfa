"""What the nights before would have found owed: home visits, contact this month, days of activity, reviews."""

from cases.services.contact_owed import owe_contact_chunk
from cases.services.outcomes_owed import owe_outcomes_chunk
from cases.services.reviews_owed import owe_reviews_chunk
from cases.services.visits_owed import owe_visits_chunk

STEPS = (owe_visits_chunk, owe_contact_chunk, owe_outcomes_chunk, owe_reviews_chunk)


def owe_what_is_due(today):
    """Each step over every case. Returns what they counted, by the name of each count."""
    return [_over_all(step, today) for step in STEPS]


def _over_all(step, today):
    total: dict[str, int] = {}
    after = 0
    while after is not None:
        after, counts = step(after=after, today=today)
        for name, number in counts.items():
            total[name] = total.get(name, 0) + number
    return total
