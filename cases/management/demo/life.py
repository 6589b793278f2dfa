"""What befalls the people of the stories of a life, how many days ago, and how their cases stand afterwards.

`oversight.management.demo` does each of these by the services; here it is planned.
"""

from datetime import timedelta

from cases.management.demo.orders import working

PAUSES = {  # why somebody cannot be seen; since when is said by their story
    "warrant": "warrant",
    "warrant_late": "warrant",
    "at_large": "at_large",
    "custody": "custody",
    "hospital": "hospital",
    "deported": "deported",
}
WANTED = {"warrant": 3, "warrant_late": 42, "at_large": None}  # days ago that anybody was asked
OFFERED = {"offered": 1, "offered_late": 7, "refused": 4, "accepted": 9, "elsewhere": 8}
ANSWERED = {"refused": 1, "accepted": 7, "elsewhere": 4}
DIED = {"died": 1, "death_undone": 2}
UNDONE = {"death_undone": 1}
ENDED = {"ended": 5, "reopened": 6}
REOPENED = {"reopened": 2}
LEFT = {"elsewhere", "died", "ended"}
LEAVES_IN = 21  # days: the officer whose cases are offered in part


def day(today, days):
    """So many days ago, or the last working day before."""
    return working(today - timedelta(days=days))


def is_away(plan, first):
    """Whether they cannot be seen from that day on, so that what begins on it asks for nothing."""
    return plan.away_from is not None and plan.away_from <= first


def settle(plan, workforce, today):
    """How the case stands after it: called once all of it is written, and before the truth learns of it."""
    life = plan.told.life if plan.told else ""
    if life in LEFT:
        plan.place = "no_sentence"
    if life == "accepted":
        plan.officer, plan.team = workforce.officer, workforce.teams[0]
    if life in {"elsewhere", "fallen"}:
        plan.officer = None
    if life in DIED:
        _call_off(plan, day(today, DIED[life]))


def _call_off(plan, on):
    for one in plan.meetings:
        if not one.outcome and one.on > on:
            one.stands = one.reminded = False


# The NPS: {what is done: days ago}, in order
ESCALATED = {
    "nps_waits": {"opened": 14, "discussed": 14, "referred": 13},
    "nps_asks": {"opened": 9, "discussed": 9, "referred": 8, "asked": 1},
    "nps_challenged": {"opened": 21, "discussed": 21, "referred": 20, "rejected": 6, "challenged": 5},
    "nps_accepts": {"opened": 13, "discussed": 13, "referred": 12, "accepted": 3},
    "nps_not_referred": {"opened": 8, "not_referred": 7},
}  # fmt: skip


# What is under way beside, and on whom: a story of a life by what befalls it, another by its CRN
BESIDE = {
    "walk_in": "offered_late",
    "fare": "refused",
    "marac": "T100003",
    "core_group": "T100015",
    "court": "ending",
    "victim": "nps_challenged",
    "travel": "T100026",
    "complaint": "offered",
    "charged": "elsewhere",  # it runs on after somebody has left us
}
REPORT_LATE = 1  # days ago: the report to the MARAC was asked for by then


def is_charged(plan):
    """With a serious further offence, so that few may open the case."""
    return plan.told is not None and plan.told.life == BESIDE["charged"]
