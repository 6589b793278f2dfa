"""A breach as staff make it: referred, with all that its pack needs, and brought by the services to wherever a test wants it."""

from datetime import timedelta

from cases.models import Breach, Deadline
from cases.reference.breach_pack import REPORT
from cases.reference.enforcement import BreachState
from cases.rules.enforcement.pack import MAY_NOT_EXIST
from cases.services.enforcement.answers import answer_failure
from cases.services.enforcement.breaches.answers import say_nps_answer
from cases.services.enforcement.breaches.court import say_issued, say_outcome
from cases.services.enforcement.breaches.submitting import submit_pack
from cases.services.enforcement.breaches.withdrawing import withdraw_breach
from cases.services.enforcement.breaches.writing import write_pack
from cases.services.enforcement.failures import record_failure
from tests.factories import NOW, CaseFactory, RequirementFactory, SentenceFactory, UserFactory

State = BreachState
NPS = "Jo Hall, NPS Reading"
COURT = "Reading Magistrates’ Court"
SAID = "They came to eleven of fourteen appointments, and rang twice when they could not."
NOT_THERE = "It does not exist: nobody made one in the first month of the order."
UNCHANGED = "They have what they asked for already: it was behind the letters."
SINCE = timedelta(days=5)  # the failure


def referred(case=None, at=NOW, **of_sentence):
    """A breach of a community order, of one failure that was referred at once. Nothing of its pack is written."""
    case, failed = case or CaseFactory(), (at - SINCE).date()
    known = {
        "started_on": (at - timedelta(days=200)).date(),
        "convicted_on": (at - timedelta(days=200)).date(),
        "expected_end_on": (at + timedelta(days=300)).date(),
        "court_name": COURT,
    }
    order = SentenceFactory(case=case, **known | of_sentence)
    failure = record_failure(
        case=case, order=order.pk, happened_on=failed, became_aware_on=failed, learnt="monitoring",
        what="Broke the curfew by three hours and did not answer the telephone.",
        requirement=RequirementFactory(sentence=order, main_name="Curfew"), by=case.officer, now=at,
    )  # fmt: skip
    because = "It was three hours, and they gave no reason for it."
    answer_failure(failure=failure, answer="refer", because=because, by=case.officer, now=at)
    return Breach.objects.select_related("case", "sentence").get(sentence=order)


def whole_pack(breach):
    """{name: words} of everything that a pack may say."""
    said = {f"report.{one.code}": SAID for one in REPORT}
    said |= {f"statements.{one}": NOT_THERE for one in MAY_NOT_EXIST}
    told = "Told in person by A Officer on the first day of the order, and by letter."
    return said | {f"told.{one.pk}": told for one in breach.failures.all()}


def written(case=None, at=NOW, **of_sentence):
    """One whose pack may go."""
    breach = referred(case, at, **of_sentence)
    write_pack(breach=breach, given=whole_pack(breach), by=breach.case.officer, now=at)
    breach.refresh_from_db()
    return breach


def on(breach, to, by=None, now=NOW, **given):
    """Take one step by the service of it."""
    by = by or breach.case.officer
    about = {"breach": breach, "by": by, "now": now}
    day = now.date()
    match State(to):
        case State.SUBMITTED:
            said = {"words": "What was asked for is added.", "explained": {"unchanged": UNCHANGED}}
            return submit_pack(**about, **said | given)
        case State.MORE_ASKED | State.RETURNED | State.DECLINED | State.ACCEPTED:
            known = {"to": to, "on": day, "outside": NPS, "words": "They want the signed rules."}
            return say_nps_answer(**about, **known | given)
        case State.SUMMONS | State.WARRANT:
            return say_issued(**about, **{"to": to, "on": day, "court": COURT} | given)
        case State.DECIDED:
            return say_outcome(**about, **{"code": "ABPC", "on": day} | given)
        case _:
            known = {
                "because": "proof",
                "words": "A letter from the hospital came.",
                "authority": NPS,
                "told": "A Officer rang Jo Hall of the NPS, who told the court.",
            }
            return withdraw_breach(**about, **known | given)


WAY = {
    State.PREPARING: (),
    State.SUBMITTED: (State.SUBMITTED,),
    State.MORE_ASKED: (State.SUBMITTED, State.MORE_ASKED),
    State.RETURNED: (State.SUBMITTED, State.RETURNED),
    State.DECLINED: (State.SUBMITTED, State.DECLINED),
    State.ACCEPTED: (State.SUBMITTED, State.ACCEPTED),
    State.SUMMONS: (State.SUBMITTED, State.ACCEPTED, State.SUMMONS),
    State.WARRANT: (State.SUBMITTED, State.ACCEPTED, State.WARRANT),
    State.DECIDED: (State.SUBMITTED, State.ACCEPTED, State.SUMMONS, State.DECIDED),
    State.WITHDRAWN: (State.WITHDRAWN,),
}


def brought_to(state, case=None, **of_sentence):
    """A breach in this state, by the shortest way there."""
    breach = written(case, **of_sentence)
    for step in WAY[State(state)]:
        on(breach, step)
    breach.refresh_from_db()
    return breach


def owed_of(breach):
    """The kinds of what is owed of it."""
    return set(Deadline.objects.unmet().filter(breach=breach).values_list("kind", flat=True))


def a_senior(case):
    return UserFactory(role="spo", team=case.team)
