"""Which runs are due now and not done, and doing them. The database says so, not a queue.

Source: architecture, "the database is the queue": messages may come twice or never.
"""

from functools import partial

from django.utils.timezone import localtime

from cases.rules.timetable import hour_due, morning_due, night_due, opens_the_week
from cases.services.chasing import chase_due_agencies
from cases.services.contact_owed import owe_contact_chunk
from cases.services.digests import write_digests
from cases.services.flags import flag_overdue
from cases.services.intake import open_due_chunk
from cases.services.jobs import run_job
from cases.services.outcomes_owed import owe_outcomes_chunk
from cases.services.overrides_run_out import expire_overrides
from cases.services.plans_owed import owe_plans_chunk
from cases.services.policy import clocks
from cases.services.reviews_owed import owe_reviews_chunk
from cases.services.visit_watch import alert_missed_check_ins
from cases.services.visits_owed import owe_visits_chunk
from staff.services import throw_away_drafts

OPEN_ENQUIRIES, FLAG = "open_due_enquiries", "flag_overdue"
EXPIRE = "expire_overrides"
OWE_PLANS = "owe_plans"
OWE_CONTACT = "owe_contact"
OWE_VISITS = "owe_visits"
OWE_OUTCOMES = "owe_outcomes"
OWE_REVIEWS = "owe_reviews"
THROW_AWAY = "throw_away_drafts"
CHASE, DIGESTS = "chase_due_agencies", "write_digests"


def run_night(*, now):
    """The night's runs, begun, resumed or already done: what is due and owed, then flags.

    Enquiries that are due, plans, reviews and contact that are owed, overrides that have run out; and what was
    typed and never sent is thrown away.
    """
    night = night_due(localtime(now))
    for_the_night = {"slot": night.isoformat(), "today": night, "now": now}
    return _each(
        partial(run_job, job=OPEN_ENQUIRIES, step=partial(_open_due, night), **for_the_night),
        partial(run_job, job=OWE_PLANS, step=partial(_owe_plans, night), **for_the_night),
        partial(run_job, job=OWE_VISITS, step=partial(_owe_visits, night), **for_the_night),
        partial(run_job, job=OWE_CONTACT, step=partial(_owe_contact, night), **for_the_night),
        partial(run_job, job=OWE_OUTCOMES, step=partial(_owe_outcomes, night), **for_the_night),
        partial(run_job, job=OWE_REVIEWS, step=partial(_owe_reviews, night), **for_the_night),
        partial(run_job, job=EXPIRE, step=partial(_expire, night, now), **for_the_night),
        partial(run_job, job=FLAG, step=flag_overdue(today=night), **for_the_night),
        partial(run_job, job=THROW_AWAY, step=partial(_throw_away, now), **for_the_night),
    )


def run_hour(*, now):
    """The hour's run of flags, begun, resumed or already done."""
    local = localtime(now)
    today = local.date()
    return [
        run_job(
            job=FLAG, slot=hour_due(local), today=today, now=now, step=flag_overdue(today=today)
        )
    ]


def run_morning(*, now):
    """The morning's runs on a working day: the weekly chase on the first, then what each of the staff owes."""
    local = localtime(now)
    extra = clocks(local.date()).extra_bank_holidays
    today = morning_due(local, extra)
    if today is None:
        return []
    for_the_day = {"slot": today.isoformat(), "today": today, "now": now}
    steps = {CHASE: chase_due_agencies} if opens_the_week(today, extra) else {}
    return _each(
        *(
            partial(run_job, job=job, step=step(today=today, now=now), **for_the_day)
            for job, step in {**steps, DIGESTS: write_digests}.items()
        )
    )


def run_due(*, now):
    """Whatever is due and not done. Nights missed are caught up in one run, as of the last of them.

    Visits nobody has come back from come first: somebody may be waiting for help.

    A morning missed is not: nobody needs yesterday's list.
    """
    runs = (_watch_visits, run_night, run_morning, run_hour)
    return [run for done in _each(*(partial(one, now=now) for one in runs)) for run in done]


def _watch_visits(*, now):
    alert_missed_check_ins(now=now)
    return []


def _owe_visits(today, after):
    return owe_visits_chunk(after=after, today=today)


def _owe_plans(today, after):
    return owe_plans_chunk(after=after, today=today)


def _owe_contact(today, after):
    return owe_contact_chunk(after=after, today=today)


def _owe_reviews(today, after):
    return owe_reviews_chunk(after=after, today=today)


def _owe_outcomes(today, after):
    return owe_outcomes_chunk(after=after, today=today)


def _open_due(today, after):
    return open_due_chunk(after=after, today=today)


def _expire(today, now, after):
    return expire_overrides(today=today, now=now, after=after)


def _throw_away(now, after):
    last, number = throw_away_drafts(now=now, after=after)
    return last, {"thrown_away": number}


def _each(*runs):
    """Try every one, so that a run which fails holds up no other; then say which failed."""
    done, errors = [], []
    for run in runs:
        try:
            done.append(run())
        except Exception as error:
            errors.append(error)
    if errors:
        raise ExceptionGroup("Runs that failed, left for the next minute", errors)
    return done
