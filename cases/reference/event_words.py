"""What an answer to each kind of event would be about, and where in the record its answer would stand.

Ours. `ABOUT`: topics of `cases.reference.wording`; an answer on none of them speaks of something else. `STANDS`: what
a changed level, score or choice of this part of the record is about, where no words say so.
"""

from cases.reference.reviews import EventKind

ABOUT: dict[EventKind, frozenset[str]] = {
    EventKind.CALL_OUT: frozenset(
        {"police", "violence", "partner", "household", "victim", "family", "justice", "weapon", "health"}
    ),
    EventKind.ARREST: frozenset({"justice", "police", "custody", "violence", "weapon", "drugs", "records"}),
    EventKind.CHILD: frozenset({"child", "family", "health", "violence"}),
    EventKind.ADULT: frozenset({"adult_at_risk", "family", "money"}),
    EventKind.INFORMATION: frozenset(
        {
            "health", "drugs", "opiates", "stimulants", "alcohol", "treatment", "sighting", "mind", "justice", "police",
            "violence", "order_of_court",
        }
    ),
    EventKind.ATTACK: frozenset({"violence", "weapon", "victim", "custody", "police"}),
    EventKind.REPLY: frozenset(
        {"records", "police", "child", "violence", "justice", "partner", "adult_at_risk"}
    ),
    EventKind.REGISTER: frozenset({"register", "records", "child", "weapon", "violence", "partner"}),
    EventKind.RAISED: frozenset({"register", "violence", "child", "partner", "records", "police", "victim"}),
    EventKind.NEW_PERSON: frozenset({"partner", "child", "family", "household", "home"}),
    EventKind.NEW_ADDRESS: frozenset({"home", "household", "family", "records"}),
    EventKind.MISSED: frozenset(
        {"attendance", "health", "death", "job", "child", "mind", "custody", "family"}
    ),
    EventKind.FAILURE: frozenset({"breach", "attendance", "justice", "health", "job", "custody"}),
    EventKind.CUSTODY: frozenset({"custody", "justice", "police"}),
    EventKind.ROUTE: frozenset({"programme", "treatment", "job"}),
    EventKind.PROGRAMME: frozenset({"programme", "treatment"}),
    EventKind.VISIT: frozenset(
        {"home", "household", "alcohol", "drugs", "weapon", "child", "violence", "family", "partner"}
    ),
    EventKind.OVERRIDE: frozenset({"records", "lapse", "police"}),
    EventKind.OFFICER: frozenset({"records"}),
    EventKind.OTHER: frozenset({"police", "violence", "partner", "child", "health", "justice", "home"}),
}  # fmt: skip

# What each kind of register is about is read from its name
STANDS: dict[str, frozenset[str]] = {
    "accommodation": frozenset({"home"}),
    "ete": frozenset({"job"}),
    "finance": frozenset({"money"}),
    "relationships": frozenset({"partner", "family", "child"}),
    "lifestyle": frozenset({"sighting", "justice"}),
    "drugs": frozenset({"drugs", "opiates", "stimulants", "treatment"}),
    "alcohol": frozenset({"alcohol", "treatment"}),
    "emotional": frozenset({"mind"}),
    "thinking": frozenset({"violence", "programme"}),
    "health": frozenset({"health"}),
    "harm.children": frozenset({"child"}),
    "harm.known_adult": frozenset({"partner", "violence", "police", "adult_at_risk", "victim"}),
    "harm.public": frozenset({"violence", "justice", "weapon"}),
    "harm.staff": frozenset({"violence"}),
    "harm.prisoners": frozenset({"custody"}),
    "sara": frozenset({"partner", "violence", "police"}),
    "domestic_abuse": frozenset({"partner", "violence", "police"}),
    "children": frozenset({"child"}),
    "home_visits": frozenset({"home"}),
    "contact": frozenset({"attendance", "breach", "violence", "custody"}),
    "managing.victims": frozenset({"victim", "partner"}),
}
