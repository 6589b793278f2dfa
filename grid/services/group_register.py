"""Keeping the register of a session of a group: what came of it for each, put right with a reason, and sent once whole.

What is said is in the case in the same transaction, with whatever follows from it. Nothing said here makes anybody fail:
what went wrong awaits the decision of their officer. Sources: product rules, groups and failures; features 80.
"""

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime

from cases.models import Case
from cases.queries.outcomes import may_credit_rar
from cases.rules.interim import says_nothing
from cases.rules.words import ended, within_a_sentence
from cases.services.outcomes import correct_outcome, keep_what_stood, record_outcome
from cases.services.policy import meeting_policy
from cases.services.rewriting import rewritten
from grid.models import GroupAttendance, SeriesSession
from grid.queries.group_register import (
    KNOWN,
    credited_elsewhere,
    expected_on,
    hook_of,
    is_by_others,
    is_called_off,
    is_said,
    is_unsaid,
    may_say_of,
    said_of,
    say_mark,
    session_words,
    sessions_open_to,
    wrote_meanwhile,
)
from grid.queries.rooms import title_of
from grid.queries.series import as_session
from grid.reference.group_marks import Mark
from grid.reference.groups import SessionState
from grid.rules.group_register import (
    MOST_REASON,
    Said,
    check_change,
    check_held,
    check_said,
    check_send,
    means,
)
from grid.services.group_reach import settle_group_reach
from grid.services.intervention_policy import intervention_policy
from staff.audit import record, record_many
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

NOT_YOURS = "Only those who lead this session, or a senior of the team of the case, can say this."
NOT_EXPECTED = "They are not expected at this session any more."
CALLED_OFF = "This appointment was called off or moved, so nothing came of it."
SAID_ALREADY = "Something is said of them already. To change it, put it right."
SENT = "The register has been sent. Put right what it says, and say why."
STAYS_SENSITIVE = "The note is marked as kept from the person. That is not taken back."
BEFORE_IT_WAS_SENT = "It was put right on the register of the group before that was sent."
SAY_WHY = "It is in their case already. Say why it is put right."


@transaction.atomic
def say_of(*, attendance, version, said, by, now, sensitive=False):
    """Say what came of the session for one person. `said`: a `Said`; `version`: of what was seen. Returns the attendance.

    `sensitive`: the note is kept from the person. Raises RuleBroken for what cannot be, or was said meanwhile.
    """
    held = _hold(attendance, version, by)
    if held.session.sent_at:
        raise RuleBroken(SENT)
    if not is_unsaid(held):
        raise RuleBroken(SAID_ALREADY)
    return _write(held, said, sensitive=sensitive, by=by, now=now)


@transaction.atomic
def rest_came(*, session, versions, by, now):
    """Everybody of these, of whom nothing is said yet, came and took part; or it is said of nobody.

    `versions`: {key of the attendance: version} as they were shown. Whoever is not among them is left as they are.
    """
    rows = [one for one in expected_on(session) if one.pk in versions]
    if not rows or len(rows) != len(versions):
        raise RuleBroken("Choose people of this register of whom nothing is said yet.")
    _hold_rows(session.pk, [one.case_id for one in rows])
    return [
        say_of(
            attendance=one,
            version=versions[one.pk],
            said=Said(one.case_id, Mark.TOOK_PART),
            by=by,
            now=now,
        )
        for one in rows
    ]


@transaction.atomic
def correct(*, attendance, version, said, because, by, now, sensitive=False):
    """Put right what was said of one person, here or in their case, also once the register has been sent.

    What stood, and why it is put right, is kept for good. Until it has been sent, what the register itself said may be
    changed without a reason.
    """
    held = _hold(attendance, version, by)
    because = because.strip()
    marks = sensitive and not held.appointment.contact.sensitive
    if is_unsaid(held):
        raise RuleBroken("Nothing has been said of them yet that could be put right. Say it.")
    if is_by_others(held):
        if says_nothing(because):
            raise RuleBroken(SAY_WHY)
        if len(because) > MOST_REASON:
            raise RuleBroken(f"The reason must be {MOST_REASON} letters or fewer.")
    elif not (marks and said == said_of(held)):
        check_change(said_of(held), said, sent=bool(held.session.sent_at), reason=because)
    because = because or BEFORE_IT_WAS_SENT
    return _write(held, said, sensitive=sensitive, because=because, by=by, now=now)


@transaction.atomic
def send_register(*, session, version, by, now):
    """Send it: it says of everybody what came of it. `version`: of the register as it was seen. Returns the session."""
    if not sessions_open_to(by).filter(pk=session.pk).exists():
        raise RuleBroken(NOT_YOURS)
    held = SeriesSession.objects.select_related("series", "sent_by").select_for_update(
        of=("self",), no_key=True
    )
    session = held.get(pk=session.pk)
    if session.sent_at:
        at = localtime(session.sent_at)
        raise RuleBroken(
            f"{session.sent_by.name} sent it on {say_date(at.date())} at {say_time(at)}."
        )
    if session.version != version:
        raise RuleBroken(
            "Somebody else wrote on this register meanwhile. Look at it, then send it."
        )
    _check_whole(session, now)
    session.sent_at, session.sent_by = now, by
    session.version += 1
    session.save(update_fields=["sent_at", "sent_by", "version"])
    cases = session.attendances.values_list("case", flat=True)
    settle_group_reach(case_ids=set(cases), today=localtime(now).date(), by=by)
    record(by=by, action="sent_group_register", session=session.pk)
    return session


@transaction.atomic
def record_reading(*, session, crns, masked, by):
    """Keep in the trail whom this reader was shown on the register, by CRN, and who was kept from them. `session`: its key."""
    record_many(by=by, action="read_group_register", crns=crns, session=session)
    for crn in masked:
        record(by=by, action="read_group_register", crn=crn, refused=True, session=session)


def _hold(attendance, version, by):
    """It as it stands now, with its case held, where this member of staff may say this of them and saw what stands."""
    (case,) = _hold_rows(attendance.session_id, [attendance.case_id])
    rows = GroupAttendance.objects.select_related("session__series", *KNOWN)
    held = rows.get(pk=attendance.pk)
    held.case = held.appointment.contact.case = case
    if not may_say_of(held, by):
        raise RuleBroken(NOT_YOURS)
    session = held.session
    check_held(as_session(session), called_off=session.state == SessionState.CALLED_OFF)
    if not held.stands:
        raise RuleBroken(NOT_EXPECTED)
    if is_called_off(held):
        raise RuleBroken(CALLED_OFF)
    if held.version != version:
        raise RuleBroken(wrote_meanwhile(held))
    return held


def _hold_rows(session, cases):
    """The cases of these keys, held: after their session, and in order, as whoever changes the series holds them."""
    SeriesSession.objects.select_for_update(no_key=True).get(pk=session)
    held = Case.objects.filter(pk__in=cases).order_by("pk")
    return list(held.select_for_update(no_key=True))


def _write(held, said, *, sensitive, by, now, because=""):
    """Put it in the row, the case and the trail. `because`: why what stood is put right, where anything did."""
    session, series = as_session(held.session), held.session.series
    if said.case != held.case_id:
        raise RuleBroken("A mark is said of the person on whose line it stands.")
    if held.appointment.contact.sensitive and held.note and not sensitive:
        raise RuleBroken(STAYS_SENSITIVE)
    policy = intervention_policy(session.on)
    check_said(said, session, now, most_late=policy.groups.most_late_minutes)
    meaning = means(
        said,
        session,
        hook_of(held),
        days_counted=series.code in policy.terms and policy.terms[series.code].days_counted,
        credited=_credited(held, localtime(now).date()),
    )
    _put(held, said, by=by, now=now)
    _log(held, meaning, sensitive, because, by=by, now=now)
    record(
        by=by,
        action="put_group_attendance_right" if because else "recorded_group_attendance",
        crn=held.case.crn,
        attendance=held.pk,
        mark=str(said.mark),
    )
    return held


def _credited(held, today):
    """Days of their requirement that something else is credited with already."""
    return credited_elsewhere(held, today, meeting_policy(today).rar_stall_weeks)


def _put(held, said, *, by, now):
    held.mark, held.late_minutes, held.excuse = said.mark, said.late_minutes, said.excuse
    # What its writer was not shown of what stands is not lost
    held.note = rewritten(said.note.strip(), held.note, case=held.case, by=by)
    held.version += 1
    held.recorded_at, held.recorded_by = now, by
    held.save(
        update_fields=[
            "mark", "late_minutes", "excuse", "note", "version", "recorded_at", "recorded_by",
        ]
    )  # fmt: skip
    known = SeriesSession.objects.filter(pk=held.session_id, sent_at=held.session.sent_at)
    if not known.update(version=F("version") + 1):
        raise RuleBroken(SENT)


def _log(held, meaning, sensitive, because, *, by, now):
    """The outcome of the appointment, recorded or put right; what it calls for is owed by that."""
    appointment, code = held.appointment, meaning.outcome.code
    contact, words = appointment.contact, log_words(held)
    known = {"by": by, "now": now}
    # A day is credited only under the requirement; what was booked under none is for their officer to put right
    rar_day = meaning.rar_day is not None and may_credit_rar(contact, appointment)
    sensitive = sensitive or contact.sensitive
    if not contact.outcome_code:
        record_outcome(
            appointment=appointment, outcome=code, notes=words, sensitive=sensitive, rar_day=rar_day,
            **known,
        )  # fmt: skip
        return
    stood = "\n\n".join(filter(None, [contact.notes.strip(), words]))
    was_day = bool(contact.rar_activity and contact.attended)
    if code == contact.outcome_code and rar_day == was_day:
        keep_what_stood(appointment=appointment, because=because, **known)
        contact.notes, contact.sensitive = stood, sensitive
        contact.save(update_fields=["notes", "sensitive"])
        return
    correct_outcome(
        appointment=appointment, outcome=code, notes=stood, rar_day=rar_day, because=because,
        sensitive=sensitive, **known,
    )  # fmt: skip


def log_words(held):
    """The lines that the officer reads in the log: which session, what came of it, and the note."""
    session = f"{title_of(held.session.series.code)}, {session_words(held.session)}"
    return "\n".join(
        filter(None, [f"{session}: {ended(within_a_sentence(say_mark(held)))}", held.note])
    )


def _check_whole(session, now):
    """Refuse to send what does not say of everybody what came of it. What their officers recorded counts as said."""
    rows = [one for one in expected_on(session) if not is_called_off(one)]
    ours = [one for one in rows if one.mark or is_unsaid(one)]
    planned = as_session(session)
    check_send(
        [said_of(one) for one in ours if is_said(one)],
        frozenset(one.case_id for one in ours),
        planned,
        now,
        called_off=session.state == SessionState.CALLED_OFF,
        most_late=intervention_policy(planned.on).groups.most_late_minutes,
    )
