"""What came of an appointment: recorded once, put right with a reason, or logged for several at once.

Which outcomes apply and what follows is `cases.rules.outcomes`; what an absence comes to is decided in
`cases.services.compliance`. Source: nDelius outcomes; product rules, failures.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Appointment, ComplianceDecision, HomeVisit, Objective, OutcomeCorrection
from cases.queries.outcomes import is_ahead, may_credit_rar
from cases.queries.recipients import owner_and_cover
from cases.reference.appointments import Decided, Enforces, Outcome
from cases.rules.meeting_notes import without_empty_headings
from cases.rules.outcomes import (
    ALREADY,
    IN_CALLED_OFF,
    check_aware,
    check_notes,
    check_outcome,
    follows,
    kept_code,
)
from cases.services.absences import settle_absence, stop
from cases.services.appointment_clocks import answer_clocks, owe_again, owe_interpreter
from cases.services.checks import lock_case
from cases.services.enforcement.winning_back import settle_winning_back
from cases.services.reminders import arrange_reminder, drop_reminders
from cases.services.rewriting import rewritten
from cases.services.seen_again import answer_came
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

LOG, INTERPRETER = "log_outcome", "book_interpreter"
SAY_WHY = "Say why it is put right, so that whoever reads the log can follow."
DECIDED = (
    "What came of this appointment has been decided. If there is proof since, change the decision."
)
WRITTEN = ["outcome_code", "outcome_name", "attended", "complied", "notes", "sensitive", "rar_activity"]  # fmt: skip
NOTHING_SAID = Outcome("", "", None, None)
NOTHING_TO_TAKE_BACK = "Nothing was recorded of this appointment that could be taken back."
TIME_HAS_COME = "Its time has come. Say what came of it instead, and why it is put right."
NOT_RAR = (
    "A rehabilitation activity day is credited for an appointment under that requirement that they attended. "
    "This one is not."
)


@transaction.atomic
def record_outcome(
    *,
    appointment,
    outcome,
    notes,
    sensitive,
    by,
    now,
    rar_day=False,
    objectives=(),
    became_aware_on=None,
):
    """Say what came of an appointment, and open what follows from it. Returns the appointment.

    `objectives` of the plan in force that were worked on. `became_aware_on`: where they did not come, the day
    we came to know; otherwise the day it happened.
    """
    appointment, today = hold_appointment(appointment), localtime(now).date()
    contact = appointment.contact
    if contact.outcome_code:
        raise RuleBroken(ALREADY)
    if appointment.called_off_at:
        raise RuleBroken(IN_CALLED_OFF)
    said = _checked(appointment, outcome, now)
    check_notes(notes)
    _check_rar(appointment, said, rar_day)
    aware_on = _aware_on(appointment, became_aware_on, today)
    worked_on = _worked_on(contact.case, objectives)
    _put_notes(contact, notes)
    contact.sensitive = sensitive
    _credit(contact, said, rar_day)
    put_outcome(contact, said)
    answer_came(appointment=appointment, by=by, today=today)
    _log(appointment, worked_on, by=by, now=now)
    if follows(said).kinds:
        settle_absence(appointment, said, aware_on=aware_on, by=by, now=now)
        _tell_whoever_holds_it(appointment, by=by, now=now)
    _finish(appointment, "recorded_outcome", said, by=by, now=now)
    return appointment


@transaction.atomic
def correct_outcome(
    *,
    appointment,
    outcome,
    notes,
    rar_day,
    because,
    by,
    now,
    became_aware_on=None,
    sensitive=None,
):
    """Put right what was said of an appointment. What stood, and why, is kept for good.

    `sensitive`: whether its notes are kept from the person; None leaves that as it is.
    """
    appointment, today = hold_appointment(appointment), localtime(now).date()
    contact = appointment.contact
    if not contact.outcome_code:
        raise RuleBroken("Nothing has been recorded of this appointment yet. Record it.")
    if appointment.called_off_at:
        raise RuleBroken(IN_CALLED_OFF)
    if _is_decided(appointment):
        raise RuleBroken(DECIDED)
    said = _checked(appointment, outcome, now)
    _check_rar(appointment, said, rar_day)
    aware_on = _aware_on(appointment, became_aware_on, today)
    _put_right(appointment, notes, sensitive, because, by=by, now=now)
    _credit(contact, said, rar_day)
    put_outcome(contact, said)
    answer_came(appointment=appointment, by=by, today=today)
    settle_absence(appointment, said, aware_on=aware_on, by=by, now=now)
    _finish(appointment, "corrected_outcome", said, by=by, now=now)
    return appointment


@transaction.atomic
def take_back_outcome(*, appointment, notes, because, by, now, sensitive=None):
    """Before its time, have it stand again as though nothing had been said of it: they can come after all.

    What was said, and why it is taken back, is kept for good. The reminder goes again, an interpreter who is not
    booked is owed again, and it answers again what waited for an appointment like it.
    """
    appointment, today = hold_appointment(appointment), localtime(now).date()
    contact = appointment.contact
    if not contact.outcome_code or appointment.called_off_at:
        raise RuleBroken(NOTHING_TO_TAKE_BACK)
    if not is_ahead(contact, now):
        raise RuleBroken(TIME_HAS_COME)
    _put_right(appointment, notes, sensitive, because, by=by, now=now)
    put_outcome(contact, NOTHING_SAID)
    appointment.logged_at = appointment.logged_by = None
    appointment.save(update_fields=["logged_at", "logged_by"])
    appointment.objectives.clear()
    HomeVisit.objects.filter(pk=appointment.pk).update(not_done="", not_done_because="")
    owe_interpreter(appointment, by=by, today=today)
    answer_clocks(appointment, by=by, today=today)
    arrange_reminder(appointment=appointment, now=now)
    _finish(appointment, "took_back_outcome", NOTHING_SAID, by=by, now=now)
    return appointment


@transaction.atomic
def log_kept(*, appointments, by, now):
    """Say of each of these that they attended and complied, all or none. For several of one's own at once."""
    for one in sorted(appointments, key=lambda one: one.pk):
        record_outcome(
            appointment=one,
            outcome=kept_code(voluntary=one.enforces == Enforces.VOLUNTARY),
            notes="",
            sensitive=one.contact.sensitive,
            by=by,
            now=now,
        )


def put_outcome(contact, said):
    """Write an outcome in the log, with what else of the line was changed."""
    contact.outcome_code, contact.outcome_name = said.code, said.title
    contact.attended, contact.complied = said.attended, said.complied
    contact.save(update_fields=WRITTEN)


def keep_what_stood(*, appointment, because, by, now):
    """Keep for good what the log says of it now, and why it is about to be put right."""
    contact, because = appointment.contact, because.strip()
    if not because:
        raise RuleBroken(SAY_WHY)
    return OutcomeCorrection.objects.create(
        appointment=appointment, was_code=contact.outcome_code, was_name=contact.outcome_name,
        was_notes=contact.notes, was_rar_activity=contact.rar_activity, because=because, at=now,
        by=by,
    )  # fmt: skip


def hold_appointment(appointment):
    """It as it stands, with its case held."""
    case = lock_case(appointment.contact.case)
    appointment = Appointment.objects.select_related(
        "contact", "contact__requirement", "officer"
    ).get(pk=appointment.pk)
    appointment.contact.case = case
    return appointment


def _put_right(appointment, notes, sensitive, because, *, by, now):
    """Keep what stood, and why it is put right; then these notes and this mark stand, with the line not yet saved.

    The notes have the names that whoever puts it right may not see. What the mark was is kept in the trail.
    """
    contact = appointment.contact
    check_notes(notes)
    keep_what_stood(appointment=appointment, because=because, by=by, now=now)
    written = rewritten(notes, contact.notes, case=contact.case, by=by)
    contact.notes = without_empty_headings(written)
    if sensitive is not None and sensitive != contact.sensitive:
        known = {"crn": contact.case.crn, "appointment": appointment.pk}
        record(by=by, action="marked_notes", was=contact.sensitive, now=sensitive, **known)
        contact.sensitive = sensitive


def _checked(appointment, code, now):
    return check_outcome(
        code,
        voluntary=appointment.enforces == Enforces.VOLUNTARY,
        ahead=is_ahead(appointment.contact, now),
        where=appointment.where,
    )


def _check_rar(appointment, said, rar_day):
    if rar_day and not (said.attended and may_credit_rar(appointment.contact, appointment)):
        raise RuleBroken(NOT_RAR)


def _log(appointment, worked_on, *, by, now):
    """That it was recorded, and by whom; what waited for it to be held, or for somebody to say so, waits no more.

    Before its time, nobody is expected any more.
    """
    appointment.logged_at, appointment.logged_by = now, by
    appointment.save(update_fields=["logged_at", "logged_by"])
    appointment.objectives.set(worked_on)
    contact, today = appointment.contact, localtime(now).date()
    stop(appointment, LOG, by=by, today=today)
    stop(appointment, INTERPRETER, by=by, today=today, void=True)
    if contact.started_at > now:
        drop_reminders(appointment=appointment, now=now)
        owe_again(contact.case, by=by, now=now)


def _credit(contact, said, rar_day):
    """One that was not attended stays what it was booked as: a day that was offered."""
    if said.attended:
        contact.rar_activity = rar_day


def _aware_on(appointment, given, today):
    """The day that is given; else that which stands; else the day it happened."""
    happened_on = localtime(appointment.contact.started_at).date()
    if given is None:
        decided = ComplianceDecision.objects.filter(appointment=appointment)
        return decided.values_list("became_aware_on", flat=True).first() or happened_on
    check_aware(given, happened_on, today)
    return given


def _worked_on(case, objectives):
    keys = {getattr(one, "pk", one) for one in objectives}
    found = list(Objective.objects.filter(plan__case=case, pk__in=keys))
    if len(found) != len(keys):
        raise RuleBroken("Choose objectives of this person's own plan.")
    return found


def _put_notes(contact, notes):
    """Beneath what stands there already, such as what came with an extract: nobody's words are lost."""
    said = without_empty_headings(notes)
    contact.notes = "\n\n".join(filter(None, [contact.notes.strip(), said]))


def _is_decided(appointment):
    decided = ComplianceDecision.objects.filter(appointment=appointment)
    return decided.exclude(state=Decided.AWAITING).exists()


def _tell_whoever_holds_it(appointment, *, by, now):
    """Somebody else than whoever recorded it rings and decides."""
    case, today = appointment.contact.case, localtime(now).date()
    if case.officer_id == by.pk:
        return
    day = say_date(localtime(appointment.contact.started_at).date())
    tell(
        case=case,
        users=[one for one in owner_and_cover(case, today) if one != by],
        text=f"{by.name} recorded an appointment on {case.crn}, of {day}, that went wrong. See what is owed on it.",
        href=reverse("appointment", args=[case.crn, appointment.pk]),
        now=now,
    )


def _finish(appointment, action, said, *, by, now):
    case = appointment.contact.case
    settle_winning_back(case=case, by=by, now=now)
    record(by=by, action=action, crn=case.crn, appointment=appointment.pk, outcome=said.code)
