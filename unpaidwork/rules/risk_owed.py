"""When the risk assessment for unpaid work is owed: the first, and bringing one up to date.

Source: product rules, gates (the risk gate signed, and not out of date) and clocks; unpaid work reference 10 (a change
of circumstances re-opens the gate).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from cases.rules.words import counted, shortened
from staff.rules.dates import say_date
from unpaidwork.rules.gate import (
    changed_since,
    checks_answered,
    full_analysis_made,
    nps_officer_heard,
)

ASSESS, RENEW = "assess_work_risk", "renew_work_risk"
AHEAD = timedelta(days=14)  # before its last day, so that nobody's work stops for a form


@dataclass(frozen=True, slots=True)
class RiskOwed:
    kind: str
    since: date
    why: str
    due_on: date | None = None  # where it is not so many days after


def nps_missing(facts):
    """What only the NPS can tell us of somebody it manages, and has not, by what is signed here."""
    if not facts.retained:
        return []
    asked = (nps_officer_heard, full_analysis_made, checks_answered)
    return [found for rule in asked for found in rule(facts, None)]


def risk_owed(facts, *, since, today):
    """What is owed of one case with work to be done since that day; None where nothing is."""
    if facts.risk is None:
        return RiskOwed(
            ASSESS, since, "Unpaid work is to be done, and no risk assessment for it is signed"
        )
    if new := changed_since(facts):
        what = shortened(new[0].words, 80)
        more = f" and {counted(len(new) - 1, 'other')}" if len(new) > 1 else ""
        return RiskOwed(RENEW, today, f"New since it was signed: {what}{more}")
    if missing := nps_missing(facts):
        return RiskOwed(RENEW, today, missing[0].sentence)
    last = facts.risk.good_until
    if last - AHEAD <= today:
        why = f"The risk assessment is good until {say_date(last)}"
        return RiskOwed(RENEW, last - AHEAD, why, due_on=last)
    return None
