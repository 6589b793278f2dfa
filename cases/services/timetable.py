"""Which runs are due now and not done, and doing them. The database says so, not a queue.

Source: architecture, "the database is the queue": messages may come twice or never.
"""

from functools import partial

from django.utils.timezone import localtime

from cases.rules.timetable import hour_due, morning_due, night_due, opens_the_week
from cases.services.arrivals_owed import owe_arrivals_chunk
from cases.services.chasing import chase_due_agencies
from cases.services.contact_owed import owe_contact_chunk
from cases.services.digests import write_digests
from cases.services.enforcement.winning_back import settle_winning_back_chunk
from cases.services.flags import flag_overdue
from cases.services.home_office import owe_home_office_chunk
from cases.services.intake import open_due_chunk
from cases.services.jobs import RUNS_FAILED, each_by_itself, run_job
from cases.services.names import key_names
from cases.services.order_terms import owe_order_terms_chunk
from cases.services.outcomes_owed import owe_outcomes_chunk
from cases.services.overrides_run_out import expire_overrides
from cases.services.pauses_proposed import propose_pauses_chunk
from cases.services.plans_owed import owe_plans_chunk
from cases.services.policy import clocks
from cases.services.reviews_owed import owe_reviews_chunk
from cases.services.victim_notices import owe_victim_notices_chunk
from cases.services.visit_watch import alert_missed_check_ins
from cases.services.visits_owed import owe_visits_chunk
from cases.services.welfare import owe_welfare_chunk
from staff.services import throw_away_drafts

OPEN_ENQUIRIES, FLAG = "open_due_enquiries", "flag_overdue"
EXPIRE, PROPOSE = "expire_overrides", "propose_pauses"
ARRIVALS = "owe_arrivals"
THROW_AWAY, KEY_NAMES = "throw_away_drafts", "key_names"
CHASE, DIGESTS = "chase_due_agencies", "write_digests"
OWED_EACH_NIGHT = {  # job: what it looks for, chunk by chunk, before flags are raised over what it finds
    OPEN_ENQUIRIES: open_due_chunk,
    "owe_plans": owe_plans_chunk,
    "owe_visits": owe_visits_chunk,
    "owe_contact": owe_contact_chunk,
    "owe_outcomes": owe_outcomes_chunk,
    "owe_reviews": owe_reviews_chunk,
    "owe_order_terms": owe_order_terms_chunk,
    "owe_welfare": owe_welfare_chunk,
    "owe_home_office": owe_home_office_chunk,
}
FOUND_EACH_NIGHT = {  # and what else it finds, of which somebody is told or the moment is kept
    ARRIVALS: owe_arrivals_chunk,
    PROPOSE: propose_pauses_chunk,
    "owe_victim_notices": owe_victim_notices_chunk,
    "owe_winning_back": settle_winning_back_chunk,
    EXPIRE: expire_overrides,
}


def run_night(*, now):
    """The night's runs, begun, resumed or already done: what is due and owed, then flags.

    Enquiries that are due, arrivals nobody recorded, plans, reviews and contact that are owed, overrides that have run out; and what was
    typed and never sent is thrown away.
    """
    night = night_due(localtime(now))
    for_the_night = {"slot": night.isoformat(), "today": night, "now": now}
    return each_by_itself(
        *(
            partial(run_job, job=job, step=_by_chunks(chunk, today=night), **for_the_night)
            for job, chunk in OWED_EACH_NIGHT.items()
        ),
        *(
            partial(run_job, job=job, step=_by_chunks(chunk, today=night, now=now), **for_the_night)
            for job, chunk in FOUND_EACH_NIGHT.items()
        ),
        partial(run_job, job=FLAG, step=flag_overdue(today=night), **for_the_night),
        partial(run_job, job=THROW_AWAY, step=partial(_throw_away, now), **for_the_night),
        partial(run_job, job=KEY_NAMES, step=_key_names, **for_the_night),
        failed=RUNS_FAILED,
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
    return each_by_itself(
        *(
            partial(run_job, job=job, step=step(today=today, now=now), **for_the_day)
            for job, step in {**steps, DIGESTS: write_digests}.items()
        ),
        failed=RUNS_FAILED,
    )


def run_due(*, now):
    """Whatever is due and not done. Nights missed are caught up in one run, as of the last of them.

    A morning missed is not: nobody needs yesterday's list. Visits nobody has come back from come before all else:
    somebody may be waiting for help.
    """
    runs = (_watch_visits, run_night, run_morning, run_hour)
    done = each_by_itself(*(partial(one, now=now) for one in runs), failed=RUNS_FAILED)
    return [run for each in done for run in each]


def _watch_visits(*, now):
    alert_missed_check_ins(now=now)
    return []


def _by_chunks(chunk, **given):
    """A step of a run: `chunk` from the key after which it is to begin, given the same each time."""
    return lambda after: chunk(after=after, **given)


def _key_names(after):
    return None, {"keyed": key_names()}


def _throw_away(now, after):
    last, number = throw_away_drafts(now=now, after=after)
    return last, {"thrown_away": number}
