"""Supervision of an officer by their senior: where a session stands, and what its agenda may name.

Source: features 125 (agenda built from red items), usability 4 ("strengths first; the officer sees the same page").
"""

from enum import StrEnum, auto

from cases.reference.codes import Titled


class SupervisionState(Titled):
    PLANNED = "planned", "Planned"
    HELD = "held", "Being held"
    SIGNED = "signed", "Signed, to be read by the officer"
    READ = "read", "Signed and read"
    CALLED_OFF = "called_off", "Called off"


MAY_BECOME = {
    SupervisionState.PLANNED: {SupervisionState.HELD, SupervisionState.CALLED_OFF},
    # One that began may stay unfinished: whoever held it is the only one who could sign it, and may be gone
    SupervisionState.HELD: {SupervisionState.SIGNED, SupervisionState.CALLED_OFF},
    SupervisionState.SIGNED: {SupervisionState.READ},
    SupervisionState.READ: set(),
    SupervisionState.CALLED_OFF: set(),
}
UNFINISHED = frozenset({SupervisionState.PLANNED, SupervisionState.HELD})
ONCE_SIGNED = frozenset({SupervisionState.SIGNED, SupervisionState.READ})


class Side(StrEnum):
    STRENGTH = auto()
    RED = auto()


class Topic(Titled):
    """What an agenda may name. The order within a side is that in which equals are taken."""

    # Strengths
    WON_BACK = (
        "won_back",
        "People won back: their next contact agreed after a breach or a recall began",
    )
    CHANGED = "changed", "Reviews that changed something"
    SAFE_ON_TIME = "safe_on_time", "Done on time: what keeps somebody safe"
    ON_TIME = "on_time", "Done on time: the sentence and the record"
    KEPT = "kept", "People who kept every appointment"
    LEARNT = "learnt", "Training done"
    # Red items
    LATE_PERSON = "late_person", "Late: somebody could be hurt"
    RUN_OUT = "run_out", "Overrides that have run out and are not closed"
    NO_ROUTE = "no_route", "A route taken away, and nothing booked in its place"
    HOLLOW = "hollow", "Reviews that recorded no change"
    LATE_SENTENCE = "late_sentence", "Late: the court’s order"
    GATE_OPEN = "gate_open", "Going ahead on an override"
    LATE_RECORD = "late_record", "Late: the record"
    WORKLOAD = "workload", "Workload over what there is room for, week after week"
    UNTRAINED = "untrained", "Cases that ask for training which they have not, or which has expired"
    RUNS_OUT = "runs_out", "Training that has expired, or does soon"
    UNSUPPORTED = "unsupported", "In induction, and nobody is named to support them"


STRENGTHS = (
    Topic.WON_BACK,
    Topic.CHANGED,
    Topic.SAFE_ON_TIME,
    Topic.ON_TIME,
    Topic.KEPT,
    Topic.LEARNT,
)
RED = tuple(one for one in Topic if one not in STRENGTHS)
# That somebody could be hurt if it waits: never left off an agenda
COULD_HURT = frozenset({Topic.LATE_PERSON, Topic.RUN_OUT, Topic.NO_ROUTE})
