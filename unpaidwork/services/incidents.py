"""Reporting from a site what happened, nearly happened or was told; and saying what was done about it.

What is about somebody is kept as information on their case and must be read by a day; the senior hears at once where
somebody could be hurt. What is about the site alone is answered by those who run it. Source: report 2.4; unpaid work
reference 6.
"""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case
from cases.queries.recipients import seniors_of
from cases.reference.information import Relation
from cases.services.information import keep_information
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from unpaidwork.models import Attendance, Incident, WorkSession
from unpaidwork.queries.register import cases_open, may_keep, may_settle
from unpaidwork.queries.site_staff import coordinators_here
from unpaidwork.reference.sessions import IncidentKind
from unpaidwork.rules.incidents import (
    check_answer,
    check_incident,
    could_hurt,
    kept_as,
    moment_said,
    say_late,
)
from unpaidwork.services.attendance import NOT_YOURS
from unpaidwork.services.site_telling import said_time, tell_staff

SAME_SPELL = timedelta(hours=1)  # the same words by the same hand within it are the same report
SUBJECT = "Reported from a site: please look"


@transaction.atomic
def report_incident(
    *, session, kind, words, harm, by, now, about=None, others=(), matter="", key=None, said_at=None
):
    """Keep it, and pass it on at once. `about` and the first of each of `others`: an `Attendance` of this session.

    `others`: (who, `Relation` of what the one it is about did to them). Those who attacked or threatened one
    another are kept apart from now on. `matter`: what a disclosure is about. `key`, `said_at`: the tablet's own, of
    what it sends late; the same key again writes nothing and returns what stands.
    """
    if not may_keep(session, by):
        raise RuleBroken(NOT_YOURS)
    if before := _sent_before(session, key):
        return before
    keys = [(one.pk, Relation(relation)) for one, relation in others]
    check_incident(kind=kind, words=words, about=about and about.pk, others=keys)
    people = _hold(session, [about, *(one for one, _ in others)] if about else [], by)
    WorkSession.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    if before := _sent_before(session, key):
        return before
    incident = Incident(
        session=session, kind=kind, words=words.strip(), harm=could_hurt(kind, harm), at=now, by=by,
        key=key, said_at=said_at,
    )  # fmt: skip
    _check_not_twice(incident, about)
    if about:
        incident.case = people[about.pk]
        related = [(people[key], relation) for key, relation in keys]
        _keep(incident, related, matter, by=by, now=now)
    incident.save(force_insert=True)
    crn = incident.case.crn if incident.case else ""
    record(
        by=by, action="reported_incident", crn=crn, incident=incident.pk, kind=str(kind),
        harm=incident.harm,
    )  # fmt: skip
    _tell_coordinators(incident, by=by, now=now)
    return incident


@transaction.atomic
def answer_incident(*, incident, answer, by, now):
    """Say what those who run the site did about it. Whoever reported it reads that beside it."""
    if not may_settle(by):
        raise RuleBroken("A coordinator says what was done about it.")
    incident = (
        Incident.objects.select_for_update(of=("self",)).select_related("case").get(pk=incident.pk)
    )
    if incident.answered_at:
        raise RuleBroken("Somebody has said already what was done about it.")
    incident.answer = check_answer(answer)
    incident.answered_at, incident.answered_by = now, by
    incident.save(update_fields=["answer", "answered_at", "answered_by"])
    crn = incident.case.crn if incident.case else ""
    record(by=by, action="answered_incident", crn=crn, incident=incident.pk)
    return incident


def _hold(session, people, by):
    """{key of the attendance: the case, held}, in one order; refused where one is not on it or not theirs to know."""
    keys = {one.pk for one in people}
    rows = Attendance.objects.filter(session=session, pk__in=keys, case__in=cases_open(session, by))
    found = dict(rows.values_list("pk", "case"))
    if len(found) != len(keys):
        raise RuleBroken("Choose from those who are on this session.")
    held = Case.objects.filter(pk__in=found.values()).order_by("pk").select_for_update(no_key=True)
    cases = {case.pk: case for case in held}
    return {key: cases[case] for key, case in found.items()}


def _sent_before(session, key):
    """What the tablet sent under this key before; refused where that was of another session."""
    before = Incident.objects.filter(key=key).first() if key else None
    if before and before.session_id != session.pk:
        raise RuleBroken("The tablet sent this before, of another session. Report it here anew.")
    return before


def _check_not_twice(incident, about):
    """Refuse the same words of the same person within a while of when they were said."""
    said = _said(incident)
    rows = Incident.objects.filter(
        session=incident.session, by=incident.by, words=incident.words, case=about and about.case_id
    )
    for one in rows.select_related("session"):
        if abs(_said(one) - said) < SAME_SPELL:
            at = said_time(_said(one))
            raise RuleBroken(f"You reported this at {at}. It is not reported again.")


def _said(incident):
    return moment_said(incident.said_at, incident.at, incident.session.on)


def _keep(incident, related, matter, *, by, now):
    """On the case, to be read; and the senior at once where somebody could be hurt."""
    session, case, today = incident.session, incident.case, localtime(now).date()
    kind, said_by = kept_as(incident.kind, matter)
    title = IncidentKind(incident.kind).title
    late = say_late(incident.said_at, incident.at, session.on)
    incident.information = keep_information(
        case=case,
        related=related,
        kind=kind,
        said_by=said_by,
        who=f"{by.name}, at unpaid work",
        happened_on=min(session.on, today),
        text=" ".join(
            filter(None, [f"At {session.project.name}.", late, f"{title}: {incident.words}"])
        ),
        harm=incident.harm,
        by=by,
        today=today,
        now=now,
    )
    if not incident.harm:
        return
    for one in incident.information.readings.select_related("case").order_by("pk"):
        tell(
            case=one.case,
            users=[user for user in seniors_of(one.case, today) if user != by],
            text=f"Reported from unpaid work about {one.case.crn}: somebody could be hurt. Read it now.",
            href=reverse("see-information", args=[one.case.crn, one.pk]),
            now=now,
            urgent=True,
        )


def _tell_coordinators(incident, *, by, now):
    project, today = incident.session.project, localtime(now).date()
    kind = IncidentKind(incident.kind).title.lower()
    urgent = " Somebody could be hurt" if incident.harm else ""
    tell_staff(
        users=coordinators_here(project, today, [by.pk]),
        subject=SUBJECT,
        text=f"{by.name} reports from {project.name}: {kind}.{urgent}",
        href=f"{reverse('work-incidents')}#incident-{incident.pk}",
        key=f"incident-{incident.pk}",
        now=now,
    )
