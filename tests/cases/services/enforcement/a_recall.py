"""A recall at each place it can be at, made by the services that bring it there."""

from datetime import timedelta

from cases.reference.enforcement import RecallState
from cases.reference.recall import PART_A, Alternative
from cases.services.enforcement.answers import answer_failure
from cases.services.enforcement.failures import record_failure
from cases.services.enforcement.recalls import (
    answer_recall,
    countersign_recall,
    send_recall,
    sign_part_a,
    withdraw_recall,
    write_part_a,
)
from staff.permissions import Role
from tests.factories import NOW, SentenceFactory, UserFactory

State = RecallState
LATER = NOW + timedelta(days=20)
WORDS = "He left the approved premises on Monday and has not been seen since."
WHOLE = {
    **{one.code: WORDS for one in PART_A},
    **{str(one): "Tried in September, and he did not keep to it." for one in Alternative},
}
AT_ONCE = dict.fromkeys(("what", "risk", "managed"), WORDS)
NPS = "B. Senior, NPS Reading, by secure e-mail"
PPCS = "C. Worker, Public Protection Casework Section"
IN_PRISON = {"kind": "custody", "where": "HMP Bullingdon"}


def a_licence(case, now=LATER):
    """Released two months ago, and on licence for another year."""
    today = now.date()
    ends_on = today + timedelta(days=365)
    return SentenceFactory(
        case=case, started_on=today - timedelta(days=300), order="custody", custody_status="B",
        released_on=today - timedelta(days=60), licence_end_on=ends_on, sentence_expiry_on=ends_on,
    )  # fmt: skip


def discussed(case, now=LATER):
    """As the officer's answer to a failure begins it."""
    licence = case.sentences.filter(order="custody").first() or a_licence(case, now)
    on = now.date() - timedelta(days=1)
    failure = record_failure(
        case=case, order=licence.pk, happened_on=on, became_aware_on=on, learnt="police",
        what="Left the approved premises and did not come back.", by=case.officer, now=now,
    )  # fmt: skip
    answered = answer_failure(
        failure=failure, answer="recall", because="The risk cannot be managed any more.", by=case.officer, now=now
    )  # fmt: skip
    return answered.recall


def written(recall, answers=WHOLE, by=None, now=LATER):
    write_part_a(recall=recall, given=answers, seen={}, by=by or recall.begun_by, today=now.date())
    return recall


def signed(recall, *, emergency=False, out_of_hours=False, by=None, now=LATER):
    return sign_part_a(
        recall=recall, emergency=emergency, out_of_hours=out_of_hours, by=by or recall.begun_by, now=now
    )  # fmt: skip


def countersigned(recall, by=None, now=LATER, **given):
    known = {"goes": True, "words": "Read and agreed."}
    by = by or UserFactory(role=Role.SPO, team=recall.case.team)
    return countersign_recall(recall=recall, by=by, now=now, **known | given)


def sent(recall, by=None, now=LATER):
    return send_recall(recall=recall, whom=NPS, by=by or recall.begun_by, now=now)


def answered(recall, to, by=None, now=LATER, **given):
    known = {"outside": NPS, "words": "Read by the senior manager on duty."}
    if to == State.DECISION:
        known |= {
            "decided_on": now.date(),
            "days": 28,
            "found": IN_PRISON | {"from_on": now.date()},
        }
    return answer_recall(recall=recall, to=to, by=by or recall.begun_by, now=now, **known | given)


def brought_to(case, state):
    """A recall of this case that came to be here step by step."""
    recall = discussed(case)
    if state == State.DISCUSSED:
        return recall
    if state == State.WITHDRAWN:
        return withdraw_recall(recall=recall, because=WORDS, by=recall.begun_by, now=LATER)
    signed(written(recall))
    if state == State.PART_A:
        recall.refresh_from_db()
        return recall
    recall = countersigned(recall)
    if state == State.COUNTERSIGNED:
        return recall
    recall = sent(recall)
    path = {
        State.WITH_NPS: [],
        State.NPS_REJECTED: [State.NPS_REJECTED],
        State.ENDORSED: [State.ENDORSED],
        State.WITH_PPCS: [State.ENDORSED, State.WITH_PPCS],
        State.DECISION: [State.ENDORSED, State.WITH_PPCS, State.DECISION],
        State.PPCS_REJECTED: [State.ENDORSED, State.WITH_PPCS, State.PPCS_REJECTED],
    }[state]
    for to in path:
        recall = answered(recall, to)
    return recall
