"""What the log of contact holds of what happened: missed, moved, enforced, marked, seen at home.

Source: as `cases.queries.happened`, of which it is a part.
"""

from django.db.models import F, Q
from django.utils.timezone import localtime

from cases.models import ComplianceDecision, Contact, HomeVisit
from cases.reference.appointments import MISSED_VOLUNTARY, Decided
from cases.reference.enforcing import (
    BREACH_ACTIONS,
    BREACH_CONTACTS,
    RECALL_ACTIONS,
    RECALL_CONTACTS,
    SIGNIFICANT,
)
from cases.reference.visits import NotDone
from cases.rules.event_facts import Enforced, Failed, Moved, Noted, Visited, WentWrong
from cases.rules.notes import ROOTS, TOLD, told_in

OF_STEPS = BREACH_CONTACTS | RECALL_CONTACTS
OF_ACTIONS = BREACH_ACTIONS | RECALL_ACTIONS
SPEAKS_OF = {one.code: one.what for one in TOLD if one.code != "report"}


def appointments(case_ids, window):
    """Those missed or not complied with, and those moved or missed for a good reason."""
    rows = (
        Contact.objects.filter(case__in=case_ids, appointment=True)
        .filter(Q(attended=False) | Q(attended=True, complied=False))
        .exclude(outcome_code=MISSED_VOLUNTARY)
        .filter(
            window.at("started_at")
            | window.at("booking__logged_at")
            | Q(window.brought.since("contact"), ~Q(source_id=""))
        )
    )
    for case, pk, source, at, logged_at, attended, complied, decided in rows.values_list(
        "case",
        "pk",
        "source_id",
        "started_at",
        "booking__logged_at",
        "attended",
        "complied",
        "booking__decision__state",
    ):
        on = localtime(at).date()
        known_on = max(on, localtime(logged_at).date()) if logged_at else on
        known_on = window.brought.known_on("contact", case, pk, known_on) if source else known_on
        if complied or decided == Decided.ACCEPTABLE:
            yield case, "moved", known_on, Moved(pk, on)
        else:
            yield case, "went_wrong", known_on, WentWrong(pk, on, known_on, came=bool(attended))


def failures(case_ids, window):
    rows = ComplianceDecision.objects.filter(
        window.at("decided_at"), case__in=case_ids, state=Decided.FAILURE
    )
    for case, pk, happened_on, decided_at in rows.values_list(
        "case", "pk", "happened_on", "decided_at"
    ):
        decided_on = localtime(decided_at).date()
        yield case, "failures", decided_on, Failed(pk, happened_on, decided_on)


def lines(case_ids, window):
    """Steps of breach and recall, lines marked as a significant event, and what notes speak of."""
    worth_reading = (
        Q(type_code__in=OF_STEPS | {SIGNIFICANT})
        | Q(enforcement_code__in=OF_ACTIONS)
        | Q(notes__iregex="|".join(ROOTS))
    )
    rows = Contact.objects.filter(window.at("started_at"), worth_reading, case__in=case_ids)
    rows = rows.exclude(source_id="", system_generated=True)  # of our own steps, the step is read
    for case, pk, at, type_code, action, notes in rows.order_by("started_at", "pk").values_list(
        "case", "pk", "started_at", "type_code", "enforcement_code", "notes"
    ):
        on = localtime(at).date()
        if type_code in OF_STEPS or action in OF_ACTIONS:
            recall = type_code in RECALL_CONTACTS or action in RECALL_ACTIONS
            yield case, "enforced", on, Enforced("contact", pk, on, recall)
        elif type_code == SIGNIFICANT:
            yield case, "notes", on, Noted(pk, on)
        for told in told_in(notes):
            if told.code in SPEAKS_OF:
                yield case, "notes", on, Noted(pk, on, SPEAKS_OF[told.code])


def visits(case_ids, window):
    rows = HomeVisit.objects.filter(
        window.at("appointment__contact__started_at"),
        Q(not_done__gt="") | ~Q(seen={}),
        appointment__contact__case__in=case_ids,
    )
    for case, pk, at, not_done, seen in rows.values_list(
        F("appointment__contact__case"),
        "pk",
        "appointment__contact__started_at",
        "not_done",
        "seen",
    ):
        on = localtime(at).date()
        found = frozenset(
            (code, choice)
            for code, answer in seen.items()
            for choice in (answer if isinstance(answer, list) else [answer])
            if isinstance(choice, str)
        )
        yield case, "visits", on, Visited(pk, on, found, not_done and NotDone(not_done))
