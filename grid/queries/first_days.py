"""What the page of interventions says of the first days of those with whom the work begins at once.

Source: HMIP Thames Valley CRC 2018, Annex 3 (intervention targeting from the outset).
"""

from cases.rules.words import counted
from grid.rules.intervention_ranking import FRONT_LOADED_FROM
from grid.rules.likelihood import start_of_followup

FIRST_DAYS = 60  # HMIP Thames Valley CRC 2018, Annex 3


def front_loaded(judged, today):
    """A sentence, for those whose first 60 days come first; blank: for others. `judged`: a `suitability_page.Judged`."""
    percent = judged.ranking.person.likelihood.value
    start = judged.facts.sentence and start_of_followup(judged.facts.sentence)
    if percent is None or percent < FRONT_LOADED_FROM:
        return ""
    said = f"Those who score {FRONT_LOADED_FROM}% or more reoffend early where they do, so the work begins at once."
    if start is None or today < start:
        return said
    day = (today - start).days  # as the list beside it counts
    if not day:
        return f"{said} Their first {FIRST_DAYS} days begin today."
    if day > FIRST_DAYS:
        return f"{said} Their first {FIRST_DAYS} days ended {counted(day - FIRST_DAYS, 'day')} ago."
    return f"{said} Today is day {day} of their first {FIRST_DAYS}."
