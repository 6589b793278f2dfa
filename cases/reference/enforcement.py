"""From a failure to comply to what the court made of it: the codes of every step.

Sources: supervision reference 1.6, 1.8, 2.3 and 6 (nDelius enforcement actions, statuses of recall, contacts of a breach);
product rules, failures. Codes are only added to.
"""

from dataclasses import dataclass

from cases.reference.codes import Titled


class Regime(Titled):
    """Under what somebody is supervised on the day they fail: each has a law, or a ladder, of its own."""

    COMMUNITY = "community", "Community order"
    SUSPENDED = "suspended", "Suspended sentence order"
    LICENCE = "licence", "Licence"
    POST_SENTENCE = "pss", "Post-sentence supervision"
    DEFAULT_ORDER = "default_order", "Supervision default order"


BY_STATUTE = frozenset({Regime.COMMUNITY, Regime.SUSPENDED})  # which must be warned or referred
TO_COURT = frozenset({*BY_STATUTE, Regime.POST_SENTENCE, Regime.DEFAULT_ORDER})


class Answer(Titled):
    """What the officer does about a failure without a reasonable excuse."""

    WARN = "warn", "Give a warning"
    REFER = "refer", "Refer the breach for court"
    RECALL = "recall", "Ask for recall"
    NOTHING = "nothing", "No enforcement, for the reason given"


class Learnt(Titled):
    """How we came to know of a failure that no appointment says."""

    STAFF = "staff", "Seen by our staff"
    REPORTED = "reported", "Reported by somebody else"
    MONITORING = "monitoring", "Reported by the electronic monitoring company"
    POLICE = "police", "Reported by the police"
    SELF = "self", "They told us"


class Step(Titled):
    """Rungs of the local ladders, and the warning that the law knows. The code is that of nDelius."""

    FIRST = "EA02", "First warning"
    SECOND = "EA03", "Second warning"
    FINAL = "EA04", "Final warning"
    COMPLIANCE = "LCL", "Licence compliance letter"
    MANAGER = "MANW", "Warning by the senior probation officer"
    SENIOR = "SMGW", "Final warning by a senior manager"


class LetterKind(Titled):
    """What a letter is for."""

    WARNING = "warning", "Warning"
    WITHDRAWAL = "withdrawal", "A warning is withdrawn"
    REASON = "reason", "Asking for a reason"
    BREACH = "breach", "The breach goes to court"
    APPOINTMENT = "appointment", "The next appointment"


class LetterState(Titled):
    """Where a letter is. It goes once: another is another letter."""

    ASKED = "asked", "To be written"
    READY = "ready", "Read and ready to go"
    SENT = "sent", "Sent"
    RETURNED = "returned", "Came back"
    CANCELLED = "cancelled", "Not to be sent"


class SentBy(Titled):
    """How it goes: service is reckoned from it."""

    POST = "post", "First class post"
    EMAIL = "email", "E-mail"
    HAND = "hand", "By hand"


LETTER_MAY_BECOME = {
    LetterState.ASKED: {LetterState.READY, LetterState.CANCELLED},
    LetterState.READY: {LetterState.SENT, LetterState.ASKED, LetterState.CANCELLED},
    LetterState.SENT: {LetterState.RETURNED},
    LetterState.RETURNED: set(),
    LetterState.CANCELLED: set(),
}


class BreachState(Titled):
    """Where a breach is, from the officer's referral to what the court made of it."""

    PREPARING = "preparing", "Pack being put together"
    SUBMITTED = "submitted", "With the NPS"
    MORE_ASKED = "more_asked", "The NPS asks for more"
    RETURNED = "returned", "Returned by the NPS"
    DECLINED = "declined", "Declined by the NPS"
    ACCEPTED = "accepted", "Accepted by the NPS"
    SUMMONS = "summons", "Summons issued"
    WARRANT = "warrant", "Warrant issued"
    DECIDED = "decided", "Decided by the court"
    WITHDRAWN = "withdrawn", "Withdrawn"


BREACH_OVER = frozenset({BreachState.DECLINED, BreachState.DECIDED, BreachState.WITHDRAWN})
AT_COURT = frozenset({BreachState.SUMMONS, BreachState.WARRANT})
BREACH_MAY_BECOME = {
    BreachState.PREPARING: {BreachState.SUBMITTED, BreachState.WITHDRAWN},
    BreachState.SUBMITTED: {
        BreachState.MORE_ASKED, BreachState.RETURNED, BreachState.DECLINED, BreachState.ACCEPTED, BreachState.WITHDRAWN,
    },
    BreachState.MORE_ASKED: {BreachState.SUBMITTED, BreachState.DECLINED, BreachState.WITHDRAWN},
    BreachState.RETURNED: {BreachState.SUBMITTED, BreachState.WITHDRAWN},
    BreachState.ACCEPTED: {BreachState.SUMMONS, BreachState.WARRANT, BreachState.WITHDRAWN},
    BreachState.SUMMONS: {BreachState.WARRANT, BreachState.DECIDED, BreachState.WITHDRAWN},
    BreachState.WARRANT: {BreachState.SUMMONS, BreachState.DECIDED, BreachState.WITHDRAWN},
    BreachState.DECLINED: set(),
    BreachState.DECIDED: set(),
    BreachState.WITHDRAWN: set(),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CourtOutcome:
    """What a court makes of a breach. `proven`: of the breach; `goes_on`: whether supervision does.

    `only`: the orders of whose breach the law lets a court decide so; none: of every order. Sources: CJA 2003, Schedule 8
    (community orders), Schedule 12 (suspended sentences: activated, never revoked), 256AC and Schedule 19A (supervision
    after a sentence, default orders).
    """

    code: str
    title: str
    proven: bool
    goes_on: bool
    changes_sentence: bool = False  # hours, length or requirements are others from then on
    only: frozenset[Regime] = frozenset()


COURT_OUTCOMES = {
    one.code: one
    for one in (
        CourtOutcome("ABNP", "Not proven", False, True),
        CourtOutcome("ABPC", "Proven, the order goes on", True, True),
        CourtOutcome("ABCF", "Proven, the order goes on with a fine", True, True),
        CourtOutcome("ABPM", "Proven, the order goes on with changes", True, True, changes_sentence=True),
        CourtOutcome("ABNA", "Proven, no action", True, True),
        CourtOutcome("ABCC", "Proven, committed to custody", True, False),
        CourtOutcome(
            "ABSD", "Proven, supervision default order", True, True, changes_sentence=True,
            only=frozenset({Regime.POST_SENTENCE, Regime.DEFAULT_ORDER}),
        ),
        CourtOutcome(
            "ABPP", "Proven, revoked and sentenced again", True, False, changes_sentence=True,
            only=frozenset({Regime.COMMUNITY, Regime.DEFAULT_ORDER}),
        ),
        CourtOutcome(
            "ABSA", "Proven, suspended sentence activated", True, False, changes_sentence=True,
            only=frozenset({Regime.SUSPENDED}),
        ),
    )
}  # fmt: skip


class WithdrawnBecause(Titled):
    """Why a breach was withdrawn: counted by cause and by court."""

    PROOF = "proof", "Proof of a good reason came"
    ERROR = "error", "An error of ours in the record"
    EVIDENCE = "evidence", "The evidence does not prove it"
    LATE = "late", "Too late to be laid"
    COMPLYING = "complying", "They comply again, and the NPS agrees"
    SENTENCED = "sentenced", "Dealt with under another sentence"
    ILLNESS = "illness", "Illness or death"
    OTHER = "other", "Another reason"


class RecallState(Titled):
    """Where a recall is. Codes in brackets in the words of nDelius: REC01 to REC10."""

    DISCUSSED = "REC01", "Initiated"
    PART_A = "REC02", "Part A completed"
    COUNTERSIGNED = "REC03", "Countersigned by the senior"
    ENDORSED = "REC04", "Endorsed by the NPS"
    NPS_REJECTED = "REC05", "Rejected by the NPS"
    WITH_NPS = "REC06", "With the NPS"
    DECISION = "REC07", "Recalled"
    WITH_PPCS = "REC08", "With the Public Protection Casework Section"
    PPCS_REJECTED = "REC11", "Rejected by the Public Protection Casework Section"
    WITHDRAWN = "REC10", "Withdrawn"


RECALL_OVER = frozenset(
    {
        RecallState.NPS_REJECTED,
        RecallState.DECISION,
        RecallState.PPCS_REJECTED,
        RecallState.WITHDRAWN,
    }
)
RECALL_MAY_BECOME = {
    RecallState.DISCUSSED: {RecallState.PART_A, RecallState.WITHDRAWN},
    RecallState.PART_A: {RecallState.COUNTERSIGNED, RecallState.DISCUSSED, RecallState.WITHDRAWN},
    RecallState.COUNTERSIGNED: {RecallState.WITH_NPS, RecallState.WITHDRAWN},
    RecallState.WITH_NPS: {RecallState.ENDORSED, RecallState.NPS_REJECTED, RecallState.WITHDRAWN},
    RecallState.ENDORSED: {RecallState.WITH_PPCS, RecallState.WITHDRAWN},
    RecallState.WITH_PPCS: {
        RecallState.DECISION,
        RecallState.PPCS_REJECTED,
        RecallState.WITHDRAWN,
    },
    **{state: set() for state in RECALL_OVER},
}


class ClaimEnd(Titled):
    """How somebody of the hub stopped working on an item."""

    DONE = "done", "Done"
    LET_GO = "let_go", "Put back"
    IDLE = "idle", "Put back by itself: nobody had worked on it"
    ASKED = "asked", "The officer was asked"
    RETURNED = "returned", "Returned to the officer"
    TAKEN = "taken", "Given to somebody else"
