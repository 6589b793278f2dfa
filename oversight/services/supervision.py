"""Supervision of an officer from end to end: planned, held with its agenda as it stands then, signed, read and answered.

Source: features 125; product rules, oversight. Rules: `oversight.rules.supervised`, `cases.rules.senior_actions`. Whoever
holds it is a senior over the officer; the page asks that of `oversight.queries.supervision`.
"""

from django.db import transaction

from cases.reference.senior_actions import SeniorActionState
from cases.rules.senior_actions import check_due, check_says
from cases.services.checks import lock_case
from cases.services.policy import supervision_policy
from cases.services.senior_actions import ask_for_action
from oversight.models import AgreedAction, Supervision
from oversight.queries.agenda import agenda_for
from oversight.reference.supervision import SupervisionState
from oversight.rules.agenda import as_kept
from oversight.rules.supervised import (
    check_becomes,
    check_names_no_case,
    check_next,
    check_open,
    check_planned,
    check_takes_actions,
)
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import User
from staff.rules.dates import say_date

NOT_THEIRS = "Only {name} says that they have read it."


@transaction.atomic
def plan_supervision(*, officer, planned_on, by, today):
    """Plan the next one. One at a time is planned or being held."""
    officer = _lock_officer(officer)
    check_planned(planned_on, today)
    if officer.pk == by.pk:
        raise RuleBroken("Somebody else supervises you.")
    if running := officer.supervisions.unfinished().first():
        raise RuleBroken(
            f"A supervision of {officer.name} is planned for {say_date(running.planned_on)} already. Move it, or hold it."
        )
    one = Supervision.objects.create(officer=officer, senior=by, planned_on=planned_on)
    record(by=by, action="planned_supervision", supervision=one.pk, officer=officer.pk)
    return one


@transaction.atomic
def move_supervision(*, supervision, planned_on, by, today):
    """To another day, while it is planned."""
    one = _lock(supervision)
    check_becomes(one.state, SupervisionState.HELD)
    check_planned(planned_on, today)
    one.planned_on, one.senior = planned_on, by
    one.save()
    record(by=by, action="moved_supervision", supervision=one.pk, officer=one.officer_id)
    return one


@transaction.atomic
def call_off_supervision(*, supervision, because, by, today):
    """Any senior over the officer may, of one that began as well: what was agreed in it stands, and another can be planned."""
    one = _lock(supervision)
    check_becomes(one.state, SupervisionState.CALLED_OFF)
    words = check_says(called_off_because=because)["called_off_because"]
    check_names_no_case(words)
    one.state, one.called_off_because = SupervisionState.CALLED_OFF, words
    one.called_off_on, one.called_off_by = today, by
    one.save()
    record(by=by, action="called_off_supervision", supervision=one.pk, officer=one.officer_id)
    return one


@transaction.atomic
def begin_supervision(*, supervision, by, today):
    """Hold it: from now on its agenda is as the record stood at this moment."""
    one = _lock(supervision)
    check_becomes(one.state, SupervisionState.HELD)
    agenda = agenda_for(one.officer, by, today, supervision_policy(today))
    one.state, one.senior, one.held_on = SupervisionState.HELD, by, today
    one.agenda = as_kept(agenda)
    one.save()
    record(by=by, action="began_supervision", supervision=one.pk, officer=one.officer_id)
    return one


@transaction.atomic
def agree_action(*, supervision, what, why, due_on, by, today, now, case=None):
    """Something to be done by a day. On a case it stands there, in the work of whoever holds it."""
    if case:
        case = lock_case(case)
    one = _lock(supervision)
    check_takes_actions(one.state)
    if case:
        if case.officer_id != one.officer_id:
            raise RuleBroken(
                f"{one.officer.name} does not hold this case, so it is not theirs to do."
            )
        asked = ask_for_action(
            case=case, what=what, why=why, due_on=due_on, by=by, today=today, now=now
        )
        made = AgreedAction.objects.create(supervision=one, on_case=asked)
    else:
        words = check_says(what=what, why=why)
        check_names_no_case(*words.values())
        check_due(due_on, today)
        made = AgreedAction.objects.create(supervision=one, due_on=due_on, **words)
    record(by=by, action="agreed_action", supervision=one.pk, agreed=made.pk)
    return made


@transaction.atomic
def sign_supervision(*, supervision, discussed, next_on, by, today, now):
    """Write down what was talked about, sign it, and plan the next one. The officer reads it and may answer."""
    one = _lock(supervision)
    check_becomes(one.state, SupervisionState.SIGNED)
    if one.senior_id != by.pk:
        raise RuleBroken(f"{one.senior.name} held this supervision, and signs it.")
    words = check_says(discussed=discussed)["discussed"]
    check_names_no_case(words)
    check_next(next_on, one.held_on, today)
    one.state, one.discussed, one.signed_at = SupervisionState.SIGNED, words, now
    one.save()
    record(by=by, action="signed_supervision", supervision=one.pk, officer=one.officer_id)
    plan_supervision(officer=one.officer, planned_on=next_on, by=by, today=today)
    return one


@transaction.atomic
def read_supervision(*, supervision, by, now, answer=""):
    """Say that you have read it, with an answer if you have one. It is kept beside what was signed."""
    one = _lock(supervision)
    check_becomes(one.state, SupervisionState.READ)
    if one.officer_id != by.pk:
        raise RuleBroken(NOT_THEIRS.format(name=one.officer.name))
    one.answer = check_says(answer=answer)["answer"] if answer.strip() else ""
    check_names_no_case(one.answer)
    one.state, one.read_at = SupervisionState.READ, now
    one.save()
    record(by=by, action="read_supervision", supervision=one.pk)
    return one


@transaction.atomic
def do_agreed_action(*, agreed, because, by, today):
    """Say what was done, of something that is on no case."""
    return _settle(agreed, SeniorActionState.DONE, because, by, today)


@transaction.atomic
def withdraw_agreed_action(*, agreed, because, by, today):
    return _settle(agreed, SeniorActionState.WITHDRAWN, because, by, today)


def _settle(agreed, to, because, by, today):
    _lock(agreed.supervision)
    one = AgreedAction.objects.get(pk=agreed.pk)
    if one.on_case_id:
        raise RuleBroken("This is on a case, and is settled on the case.")
    check_open(one.state)
    one.settled_because = check_says(settled_because=because)["settled_because"]
    check_names_no_case(one.settled_because)
    one.state, one.settled_on, one.settled_by = to, today, by
    one.save()
    done = to == SeniorActionState.DONE
    record(by=by, action="did_agreed_action" if done else "withdrew_agreed_action", agreed=one.pk)
    return one


def _lock_officer(officer):
    """So that two seniors do not plan at once."""
    return User.objects.select_for_update(no_key=True).get(pk=officer.pk)


def _lock(supervision):
    found = Supervision.objects.select_related("officer", "senior")
    return found.select_for_update(of=("self",), no_key=True).get(pk=supervision.pk)
