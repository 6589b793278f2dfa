"""A breach before the court: the summons or warrant, days in court, and what the court decided, with what follows from it.

A warrant and prison begin the states in which clocks stand still, as those who record them by hand do. Source: product
rules, failures and clocks; supervision reference 6.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import BreachStep, Hearing
from cases.queries.enforcement.pack import regime_of
from cases.queries.recipients import told_at_once
from cases.reference.enforcement import AT_COURT, BreachState
from cases.rules.enforcement.breaches import check_day, check_outcome, check_step
from cases.rules.enforcement.court import (
    check_asked,
    check_called_off,
    check_hearing,
    check_issued,
    check_near,
    check_open,
    check_prison,
    check_put_off,
    check_result,
)
from cases.rules.leaving import check_still_here
from cases.rules.words import shortened
from cases.services.enforcement.breaches.day_told import tell_the_day
from cases.services.enforcement.breaches.steps import (
    accepted_on,
    laid,
    locked,
    next_hearing,
    settle_court,
    take_step,
)
from cases.services.enforcement.breaches.wanted import begin_warrant, end_warrant, taken_to_prison
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken

State = BreachState
LONGEST = 500


@transaction.atomic
def say_issued(*, breach, to, on, court, by, now, words=""):
    """A summons or a warrant is issued, so the breach is laid. A warrant begins that they are wanted. Returns the step."""
    breach, to = locked(breach), State(to)
    check_still_here(breach.case.left_as)
    if to not in AT_COURT:
        raise RuleBroken("Choose whether a summons or a warrant is issued.")
    was = State(breach.state)
    check_step(was, to)
    check_day(on, accepted_on(breach), localtime(now).date(), "the NPS accepted the breach")
    court = shortened(check_issued(court), 200)
    step = take_step(breach, to, on=on, by=by, now=now, words=words.strip(), outside=court)
    if to == State.WARRANT:
        begin_warrant(breach, court, on=on, by=by, now=now)
    elif was == State.WARRANT:
        end_warrant(breach, f"A summons is issued in its place: {court}", on=on, by=by, now=now)
    return step


@transaction.atomic
def say_asked(*, breach, words, outside, by, now):
    """The court or the NPS was asked, and no day in court is known yet. It is asked again later. Returns the step."""
    breach, today = locked(breach), localtime(now).date()
    check_still_here(breach.case.left_as)
    outside, words = check_asked(State(breach.state), outside, words)
    step = BreachStep.objects.create(
        breach=breach, state=breach.state, on=today, at=now, by=by, words=words, outside=shortened(outside, 200)
    )  # fmt: skip
    record(by=by, action="asked_court", crn=breach.case.crn, breach=breach.pk, step=step.pk)
    settle_court(breach, since=today, by=by, now=now, done=True)
    return step


@transaction.atomic
def set_hearing(*, breach, at, court, by, now, code=""):
    """A day in court is set. One at a time: what came of the one before is said first. Returns the `Hearing`."""
    breach = locked(breach)
    check_still_here(breach.case.left_as)
    before = next_hearing(breach)
    set_on = localtime(before.at).date() if before else None
    court = _checked(breach, at, court, set_on, now)
    made = Hearing.objects.create(breach=breach, at=at, court_name=court, court_code=code)
    record(by=by, action="set_hearing", crn=breach.case.crn, breach=breach.pk, hearing=made.pk)
    settle_court(breach, since=localtime(now).date(), by=by, now=now)
    laid(breach, by=by, now=now)
    tell_the_day(breach, by=by, now=now)
    return made


@transaction.atomic
def correct_hearing(*, hearing, at, court, by, now):
    """The day in court that is set was recorded wrongly, or is another: nothing of it is said yet. Returns it."""
    hearing, breach = _hearing(hearing)
    check_open(_is_said(hearing))
    stood = hearing.at, hearing.court_name
    hearing.at, hearing.court_name = at, _checked(breach, at, court, None, now)
    hearing.save(update_fields=["at", "court_name"])
    crn = breach.case.crn
    record(by=by, action="corrected_hearing", crn=crn, breach=breach.pk, hearing=hearing.pk)
    settle_court(breach, since=localtime(now).date(), by=by, now=now, wrong=True)
    if (hearing.at, hearing.court_name) != stood:
        tell_the_day(breach, by=by, now=now)
    return hearing


@transaction.atomic
def say_hearing(*, hearing, attended, result, by, now, next_at=None):
    """What came of a day in court that did not decide it: adjourned, to `next_at` where that is known. Returns it.

    Whoever was there heard the court set another day; whoever was not is written to.
    """
    hearing, breach = _hearing(hearing)
    result = check_result(_is_said(hearing), hearing.at, result, now)
    _said(hearing, attended, result, by=by, now=now)
    if next_at:
        check_put_off(hearing.at, next_at)
        court = _checked(breach, next_at, hearing.court_name, None, now)
        Hearing.objects.create(
            breach=breach, at=next_at, court_name=court, court_code=hearing.court_code
        )
    crn = breach.case.crn
    record(by=by, action="said_hearing", crn=crn, breach=breach.pk, hearing=hearing.pk)
    settle_court(breach, since=localtime(now).date(), by=by, now=now, done=True)
    if next_at and not attended:
        tell_the_day(breach, by=by, now=now)
    return hearing


@transaction.atomic
def call_off_hearing(*, hearing, because, by, now):
    """A day in court that is not to be. Another, or the silence of the court, is asked about. Returns it."""
    hearing, breach = _hearing(hearing)
    hearing.result = check_called_off(_is_said(hearing), because)[:LONGEST]
    hearing.called_off = True
    hearing.save(update_fields=["result", "called_off"])
    crn = breach.case.crn
    record(by=by, action="called_off_hearing", crn=crn, breach=breach.pk, hearing=hearing.pk)
    settle_court(breach, since=localtime(now).date(), by=by, now=now)
    tell_the_day(breach, by=by, now=now)
    return hearing


@transaction.atomic
def say_outcome(*, breach, code, on, by, now, words="", attended=None, prison=""):
    """What the court decided, which ends the breach. Returns the step.

    `attended`: whether they were in court that day; `prison`: where they were taken from there. Whoever holds the case and
    the seniors hear, and the review that it calls for is owed from now on.
    """
    breach, today = locked(breach), localtime(now).date()
    check_still_here(breach.case.left_as)
    was = State(breach.state)
    check_step(was, State.DECIDED)
    outcome = check_outcome(code, on, today, accepted_on(breach), regime_of(breach))
    prison = check_prison(code, prison)
    breach.outcome, breach.outcome_on, breach.outcome_words = code, on, words.strip()
    hearing = next_hearing(breach)
    if hearing and localtime(hearing.at).date() <= on:
        _said(hearing, attended, outcome.title, by=by, now=now)
    logged = (code, f"Breach: {outcome.title[:1].lower()}{outcome.title[1:]}")
    step = take_step(
        breach, State.DECIDED, on=on, by=by, now=now, words=words.strip(), logged=logged
    )
    if prison:
        taken_to_prison(breach, prison, outcome.title, on=on, by=by, now=now)
    if was == State.WARRANT:
        end_warrant(breach, f"The court decided: {outcome.title}", on=on, by=by, now=now)
    _tell(breach, outcome, by=by, now=now)
    return step


def _hearing(hearing):
    """(as it stands now, its breach), the case locked first; refused once they have left us."""
    breach = locked(hearing.breach)
    check_still_here(breach.case.left_as)
    hearing = Hearing.objects.get(pk=hearing.pk)
    if State(breach.state) == State.DECIDED:
        raise RuleBroken(
            "The court has decided this breach, so nothing more is said of its days there."
        )
    return hearing, breach


def _checked(breach, at, court, set_on, now):
    """The court of a day in court that may be, as it is kept."""
    on = localtime(at).date()
    check_near(on, localtime(now).date())
    court = check_hearing(State(breach.state), on, court, set_on, accepted_on(breach))
    return shortened(court, 200)


def _is_said(hearing):
    return hearing.said_at is not None or hearing.called_off


def _said(hearing, attended, result, *, by, now):
    hearing.attended, hearing.result = attended, result[:LONGEST]
    hearing.said_at, hearing.said_by = now, by
    hearing.save(update_fields=["attended", "result", "said_at", "said_by"])


def _tell(breach, outcome, *, by, now):
    case = breach.case
    changed = " The sentence is another now: have it put right." if outcome.changes_sentence else ""
    tell(
        case=case,
        users=told_at_once(case, localtime(now).date(), by),
        text=f"The court decided the breach of {case.crn}.{changed} Read it, and review the case.",
        href=reverse("breach", args=[case.crn, breach.pk]),
        now=now,
    )
