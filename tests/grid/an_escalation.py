"""A risk put to the NPS, taken as far as a test needs it, each step by whoever would take it."""

from datetime import timedelta

from grid.reference.escalation import EscalationState as State
from grid.services import escalation as services
from staff.permissions import Role
from tests.factories import NOW, UserFactory

WHY = "He has said that he will kill her, and was outside the school on Monday."
MEANWHILE = "The school rings me the same day; the police have a marker on her address."
OFFICE = "Thames Valley NPS, Reading"


def senior_of(case):
    return UserFactory(role=Role.SPO, team=case.team)


def taken(case, to, *, now=NOW, senior=None):
    """Opened by the officer and taken to this state; each step a minute after the one before it."""
    found = case.escalations.unsettled().first() or services.open_escalation(
        case=case, because=WHY, by=case.officer, now=now
    )
    senior = senior or senior_of(case)
    for number, step in enumerate(ROADS[to], start=1):
        found = step(found, senior, now + timedelta(minutes=number))
    return found


def decided(one, senior, now, refer=True):
    return services.decide_discussion(
        escalation=one, refer=refer, decided="We refer it: the threats are new.", meanwhile=MEANWHILE, by=senior, now=now
    )  # fmt: skip


def not_referred(one, senior, now):
    return decided(one, senior, now, refer=False)


def referred(one, senior, now):
    by = one.case.officer
    return services.refer_risk(
        escalation=one, outside=OFFICE, referral="The referral form and the OASys.", by=by, now=now
    )


def said(answer):
    def step(one, senior, now):
        hub = UserFactory(role=Role.HUB)
        return services.record_answer(
            escalation=one, answer=answer, outside="Jo Hall, NPS Reading", said="They want the police log.", by=hub, now=now
        )  # fmt: skip

    return step


def sent(one, senior, now):
    return services.send_more(
        escalation=one, sent="The police log, by secure e-mail.", by=one.case.officer, now=now
    )


def challenged(one, senior, now):
    return services.challenge_answer(
        escalation=one, grounds="They had not read the police log.", by=one.case.officer, now=now
    )


def kept(one, senior, now):
    return services.keep_here(
        escalation=one, changed="Seen twice a week, once at home.", meanwhile=MEANWHILE, by=one.case.officer, now=now
    )  # fmt: skip


def withdrawn(one, senior, now):
    return services.withdraw_escalation(
        escalation=one, withdrawn="He was sentenced to custody elsewhere.", by=senior, now=now
    )


def handed_over(one, senior, now):
    return services.hand_over(
        escalation=one, outside=OFFICE, outside_officer="Jo Hall", note="She is at risk on Mondays.", by=senior, now=now
    )  # fmt: skip


TO_THE_NPS = [decided, referred]
ROADS = {
    State.OPENED: [],
    State.DISCUSSED: [decided],
    State.NOT_REFERRED: [not_referred],
    State.REFERRED: TO_THE_NPS,
    State.ASKED: [*TO_THE_NPS, said(State.ASKED)],
    State.REJECTED: [*TO_THE_NPS, said(State.REJECTED)],
    State.CHALLENGED: [*TO_THE_NPS, said(State.REJECTED), challenged],
    State.PLAN_CHANGED: [*TO_THE_NPS, said(State.REJECTED), kept],
    State.ACCEPTED: [*TO_THE_NPS, said(State.ACCEPTED)],
    State.HANDED_OVER: [*TO_THE_NPS, said(State.ACCEPTED), handed_over],
    State.WITHDRAWN: [decided, withdrawn],
}
