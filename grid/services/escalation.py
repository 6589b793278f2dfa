"""A risk put to the NPS, step by step, until a named officer there has the case or it stays ours.

Source: product rules, GRID ("escalation is a case"). The clocks of each step, the lines of the log and who is told
follow from the step; the GRID opens and ends escalations in `grid.services.escalated`.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, Contact
from cases.queries.raising import in_force
from cases.queries.recipients import told_at_once
from cases.reference.codes import CONTACT_ORDER, ContactLevel, Place
from cases.reference.holding import TransferKind
from cases.reference.information import RaiseKind
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.raising import raise_now
from cases.services.telling import tell
from cases.services.transfers import accept_transfer, offer_transfer
from grid.models import Escalation, EscalationStep
from grid.queries.escalation import heads_let_in
from grid.queries.facts import facts_of
from grid.reference.escalation import EscalationState as State
from grid.rules import escalation as rules
from grid.rules.placement import place
from grid.services.policy import grid_policy
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

NOT_OURS = "This case is not ours to refer: the NPS or somebody else has it, or no sentence runs."
AT_LEAST_WEEKLY = "Seen at least weekly while the risk is put to the NPS."
LONGEST_OUTCOME = 200  # characters that are kept
TOLD = {  # what the officer and the seniors hear, with nobody's name in it
    State.OPENED: "A risk is put to the NPS on {crn}. Discuss it with the officer today.",
    State.DISCUSSED: "It was decided to refer the risk on {crn} to the NPS. Send the referral by the next working day.",
    State.NOT_REFERRED: "A risk on {crn} is not referred to the NPS. Read why.",
    State.ASKED: "The NPS asks for more on {crn}. Send it by the next working day.",
    State.REJECTED: "The NPS said no to the risk referred on {crn}. Challenge the answer, or change the plan.",
    State.ACCEPTED: "The NPS takes {crn}. It is ours until a named officer there has accepted it.",
    State.PLAN_CHANGED: "The risk on {crn} stays with us, with a changed plan. Read it.",
    State.WITHDRAWN: "The referral to the NPS on {crn} is withdrawn. Read why.",
}
SEEN_BY_THE_HEAD = frozenset({State.NOT_REFERRED, State.PLAN_CHANGED, State.WITHDRAWN})


@transaction.atomic
def open_escalation(*, case, because, by, now):
    """Put a risk to the NPS in a sentence, or take up again one that was settled. Returns it.

    It is to be discussed with a senior today; meanwhile they are seen at least weekly.
    """
    case = lock_case(case)
    _check_ours(case)
    because = rules.check_because(because)
    rules.check_may(State.OPENED, by.role, holds=False)
    found = case.escalations.unsettled().first()
    if found:
        rules.check_step(found.state, State.OPENED)
    else:
        found = Escalation(case=case, because=because, opened_on=localtime(now).date())
    found.case = case
    _take(found, State.OPENED, because, before="", by=by, now=now)
    _see_weekly(case, by=by, now=now)
    return found


@transaction.atomic
def decide_discussion(*, escalation, refer, decided, meanwhile, by, now):
    """The senior writes what was decided with the officer, and who is protected meanwhile and how."""
    to = State.DISCUSSED if refer else State.NOT_REFERRED
    escalation = _hold(escalation, to, by)
    words = rules.check_says(decided=decided, meanwhile=meanwhile)
    escalation.meanwhile = words["meanwhile"]
    _take(escalation, to, words["decided"], by=by, now=now)
    _see_weekly(escalation.case, by=by, now=now)
    return escalation


@transaction.atomic
def refer_risk(*, escalation, outside, referral, by, now):
    """The referral has gone to this office of the NPS. Its answer is waited for from today."""
    return _said(
        escalation,
        State.REFERRED,
        "referral",
        referral,
        outside,
        by=by,
        now=now,
        since=State.DISCUSSED,
    )


@transaction.atomic
def record_answer(*, escalation, answer, outside, said, by, now):
    """What the NPS said: it asks for more, says no, or takes the case. `outside`: who there said so."""
    answer = State(answer)
    if answer not in rules.FROM_THE_NPS:
        raise RuleBroken("Choose what the NPS said: it asks for more, says no, or takes the case.")
    return _said(escalation, answer, "said", said, outside, by=by, now=now)


@transaction.atomic
def send_more(*, escalation, sent, by, now):
    """What the NPS asked for has gone. Its answer is waited for as before."""
    return _said(escalation, State.REFERRED, "sent", sent, None, by=by, now=now, since=State.ASKED)


@transaction.atomic
def challenge_answer(*, escalation, grounds, by, now):
    """The NPS is asked to look again, on these grounds; its answer is waited for anew."""
    return _said(escalation, State.CHALLENGED, "grounds", grounds, None, by=by, now=now)


@transaction.atomic
def keep_here(*, escalation, changed, meanwhile, by, now):
    """The case stays with us, with another plan than before, and says who is protected by it."""
    escalation = _hold(escalation, State.PLAN_CHANGED, by)
    words = rules.check_says(changed=changed, meanwhile=meanwhile)
    escalation.meanwhile = words["meanwhile"]
    _take(escalation, State.PLAN_CHANGED, words["changed"], by=by, now=now)
    return escalation


@transaction.atomic
def hand_over(*, escalation, outside, outside_officer, note, by, now):
    """A named NPS officer has accepted the case: from now on it is theirs, and the escalation is over."""
    escalation = _hold(escalation, State.HANDED_OVER, by)
    words = rules.check_says(outside=outside, outside_officer=outside_officer, note=note)
    who = f"{words['outside_officer']}, {words['outside']}"
    _take(escalation, State.HANDED_OVER, words["note"], outside=who, by=by, now=now)
    case = escalation.case
    transfer = case.transfers.waiting().filter(kind=TransferKind.NPS).first() or offer_transfer(
        case=case,
        kind=TransferKind.NPS,
        note=words["note"],
        outside=words["outside"],
        by=by,
        now=now,
    )
    accept_transfer(transfer=transfer, outside_officer=words["outside_officer"], by=by, now=now)
    return escalation


@transaction.atomic
def withdraw_escalation(*, escalation, withdrawn, by, now):
    """A senior takes back what was decided or referred, and says why. The head of service reads it."""
    return _said(escalation, State.WITHDRAWN, "withdrawn", withdrawn, None, by=by, now=now)


@transaction.atomic
def change_meanwhile(*, escalation, meanwhile, by, now):
    """Say anew who is protected until the NPS has the case, and how. Returns the escalation."""
    escalation = _lock(escalation)
    rules.check_may(State.OPENED, by.role, holds=False)
    escalation.meanwhile = rules.check_says(meanwhile=meanwhile)["meanwhile"]
    escalation.save(update_fields=["meanwhile"])
    _note(escalation, escalation.meanwhile, by=by, now=now)
    record(by=by, action="changed_meanwhile", crn=escalation.case.crn, escalation=escalation.pk)
    return escalation


def _said(escalation, to, box, words, outside, *, by, now, since=None):
    """A step of one box of words, and where the NPS spoke, of who there did. `since`: the one state it follows."""
    escalation = _hold(escalation, to, by, since=since)
    words = rules.check_says(**{box: words})[box]
    outside = "" if outside is None else rules.check_says(outside=outside)["outside"]
    _take(escalation, to, words, outside=outside, by=by, now=now)
    return escalation


def _lock(escalation):
    """As it stands now, its case locked first, so that two people cannot take two steps at once."""
    case = Case.objects.select_for_update(no_key=True).get(pk=escalation.case_id)
    escalation = Escalation.objects.get(pk=escalation.pk)
    escalation.case = case
    if escalation.closed_on:
        raise RuleBroken(
            f"This escalation ended on {say_date(escalation.closed_on)}: {escalation.outcome}."
        )
    _check_ours(case)
    return escalation


def _hold(escalation, to, by, *, since=None):
    """Locked, and at a state from which whoever asks may take this step."""
    escalation = _lock(escalation)
    rules.check_step(escalation.state, to)
    if since and escalation.state != since:
        raise RuleBroken(f"This comes after “{since.title}”. Read where it stands now.")
    rules.check_may(to, by.role, holds=by.pk == escalation.case.officer_id)
    return escalation


def _check_ours(case):
    if not case.is_ours:
        raise RuleBroken(NOT_OURS)


def _take(escalation, to, words, *, by, now, before=None, outside=""):
    """The step, what it ends and begins, its lines in the log, and word to those whose it is next."""
    case, today = escalation.case, localtime(now).date()
    before = escalation.state if before is None else before
    escalation.state = to
    if rules.closes(to, called_for=_is_called_for(case, today)):
        escalation.closed_on = today
        escalation.outcome = _outcome(to, outside)
    escalation.save()
    _note(escalation, words, outside=outside, by=by, now=now)
    _move_clocks(escalation, before, by=by, today=today)
    for code, name in rules.logged(before, to):
        _log(case, code, name, words, by=by, now=now)
    record(by=by, action="moved_escalation", crn=case.crn, escalation=escalation.pk, to=str(to))
    _tell(escalation, by=by, today=today, now=now)


def _outcome(to, outside):
    return f"Handed over: {outside}"[:LONGEST_OUTCOME] if to == State.HANDED_OVER else to.title


def _is_called_for(case, today):
    """By the facts as they stand, whether or not the sweep has come by since they changed."""
    return place(facts_of(case, today), grid_policy(today)).place == Place.ESCALATE


def _note(escalation, words, *, by, now, outside=""):
    EscalationStep.objects.create(
        escalation=escalation, state=escalation.state, words=words, outside=outside, at=now, by=by
    )


def _move_clocks(escalation, before, *, by, today):
    case, to = escalation.case, escalation.state
    met, void, begin = rules.clocks_moved(before, to)
    for kind in (*met, *void):
        meet_deadline(case=case, kind=kind, by=by, today=today, void=kind in void)
    for kind in begin:
        why = f"{State(to).title}, {say_date(today)}"
        open_deadline(case=case, kind=kind, triggered_on=today, why=why, by=by, today=today)


def _log(case, code, name, words, *, by, now):
    """Not for the person: it speaks of who could be hurt, and of what is done about it."""
    Contact.objects.create(
        case=case,
        type_code=code,
        type_name=name,
        started_at=now,
        sensitive=True,
        notes=words,
        staff_code=by.staff_code or by.username,
        staff_name=by.name,
    )


def _see_weekly(case, *, by, now):
    """Raise how often they are seen to weekly, where it is less. Only a signed assessment makes it less again."""
    level = in_force(case).contact_level
    if level and CONTACT_ORDER[level] < CONTACT_ORDER[ContactLevel.WEEKLY]:
        raise_now(
            case=case, kind=RaiseKind.CONTACT, value=ContactLevel.WEEKLY, because=AT_LEAST_WEEKLY, by=by, now=now
        )  # fmt: skip


def _tell(escalation, *, by, today, now):
    case, text = escalation.case, TOLD.get(escalation.state)
    if not text:
        return
    told = {one.pk: one for one in told_at_once(case, today, by)}
    if escalation.state in SEEN_BY_THE_HEAD:
        told |= {one.pk: one for one in heads_let_in(case) if one.pk != by.pk}
    tell(
        case=case,
        users=[told[pk] for pk in sorted(told)],
        text=text.format(crn=case.crn),
        href=reverse("escalation", args=[case.crn]),
        now=now,
        urgent=True,
    )
