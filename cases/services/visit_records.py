"""What came of a visit: what was seen and what follows from it, or that it was not done and why.

The line of the log, what was seen and everything that was ticked to follow are one transaction, so that a child
who was seen is either asked about or not on record as seen. Source: report 2.3; product rules, checks.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import RelatedPerson
from cases.queries.enquiries import check_facts
from cases.queries.recipients import owner_and_cover, seniors_of
from cases.reference.appointments import Enforces, ToldHow
from cases.reference.checks import Because, CheckKind, SubjectKind
from cases.reference.codes import Sharing
from cases.reference.visits import FollowOn, NotDone
from cases.rules.booking import lasts
from cases.rules.enquiries import ASKED_OF_NEW, About, asked_about
from cases.rules.outcomes import kept_code
from cases.rules.visits import check_because, check_other_place, check_seen, outcome_of
from cases.services.checks import ask_agencies
from cases.services.outcomes import record_outcome
from cases.services.raising import raise_now
from cases.services.telling import tell
from cases.services.visits import arrange_visit, check_in, lock_visit
from cases.services.visits_owed import owe_visits
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

NOT_COMPLIED = "AFTC"
STILL_THERE = "Nobody has said that those who went are out and safe. Ring them, and say so, before it is recorded."


@transaction.atomic
def record_visit(
    *, visit, seen, notes, by, now, sensitive=False, complied=True, follow_on=(), new_person=None,
    other_address="", rise=None, rise_because="",
):  # fmt: skip
    """Say what was seen, and carry out what was ticked to follow. Returns the visit.

    `seen`: answers to the prompts, by code. `new_person`: name, kind, relationship and birth date of somebody
    met who is not recorded. `rise`: the kind and value of what is raised at once, with its reason.
    """
    visit = _to_record(visit, by, now)
    seen = check_seen(seen)
    voluntary = visit.appointment.enforces == Enforces.VOLUNTARY
    kept = kept_code(voluntary=voluntary)
    record_outcome(
        appointment=visit.appointment,
        outcome=kept if complied or voluntary else NOT_COMPLIED,
        notes=notes,
        sensitive=sensitive,
        by=by,
        now=now,
    )
    visit.seen = seen
    visit.save(update_fields=["seen"])
    given = {"new_person": new_person, "other_address": other_address}
    _follow(visit, follow_on, given, rise, rise_because, by=by, now=now)
    return _recorded(visit, "recorded_visit", follow_on, by=by, now=now)


@transaction.atomic
def record_not_done(
    *, visit, not_done, because, by, now, sensitive=False, follow_on=(), other_address="", rise=None,
    rise_because="", next_at=None,
):  # fmt: skip
    """Say why it was not done, carry out what was ticked to follow, and with `next_at` book the next attempt.

    The next attempt goes by the same decision and with the same people; it is refused where that decision no
    longer lets anybody go. What is owed stays owed. Returns the visit.
    """
    visit = _to_record(visit, by, now)
    not_done, because = NotDone(not_done), check_because(because)
    appointment = visit.appointment
    told = appointment.told_how != ToldHow.NOT_YET
    record_outcome(
        appointment=appointment,
        outcome=outcome_of(not_done, enforces=appointment.enforces, told=told),
        notes=f"Not done: {not_done.title}. {because}",
        sensitive=sensitive,
        by=by,
        now=now,
    )
    visit.not_done, visit.not_done_because = not_done, because
    visit.save(update_fields=["not_done", "not_done_because"])
    given = {"new_person": None, "other_address": other_address}
    _follow(visit, follow_on, given, rise, rise_because, by=by, now=now)
    if next_at:
        _try_again(visit, next_at, by=by, now=now)
    return _recorded(visit, "recorded_visit_not_done", follow_on, by=by, now=now)


def _to_record(visit, by, now):
    """The visit held. Whoever went and records it is out by now; nobody else says so by recording."""
    visit = lock_visit(visit)
    if visit.seen or visit.not_done or visit.appointment.contact.outcome_code:
        raise RuleBroken("What came of this visit is recorded already.")
    if visit.set_out_at and not visit.back_at:
        if by.pk not in (visit.appointment.officer_id, visit.with_whom_id):
            raise RuleBroken(STILL_THERE)
        return check_in(visit=visit, by=by, now=now)
    return visit


def _recorded(visit, action, follow_on, *, by, now):
    case, today = visit.appointment.contact.case, localtime(now).date()
    record(
        by=by,
        action=action,
        crn=case.crn,
        visit=visit.pk,
        follow_on=sorted(str(one) for one in follow_on),
    )
    owe_visits(case_ids=[case.pk], today=today, by=by)
    return visit


def _try_again(visit, next_at, *, by, now):
    appointment = visit.appointment
    contact = appointment.contact
    arrange_visit(
        case=contact.case,
        safety=visit.safety,
        starts_at=next_at,
        minutes=lasts(contact.started_at, contact.ended_at),
        officer=appointment.officer,
        second=visit.with_whom,
        buddy=visit.buddy,
        enforces=appointment.enforces,
        sentence=contact.sentence,
        requirement=contact.requirement,
        condition=appointment.condition,
        by=by,
        now=now,
    )


# What follows


def _follow(visit, follow_on, given, rise, rise_because, *, by, now):
    """Whoever was met comes first, so that the enquiries that follow name them."""
    wanted = {FollowOn(one) for one in follow_on}
    if FollowOn.PERSON in wanted:
        _add_person(visit, given["new_person"] or {}, by=by, now=now)
    if FollowOn.CHILDREN in wanted:
        note = "Children were seen at a visit to their home"
        _ask(visit, [CheckKind.CHILDREN], Because.HOME_VISIT, by=by, now=now, note=note)
    if FollowOn.ADDRESS in wanted:
        _ask_about_address(visit, given["other_address"], by=by, now=now)
    if FollowOn.SAFETY in wanted:
        _call_for_safety(visit, by=by, now=now)
    if FollowOn.RAISE in wanted:
        if not rise:
            raise RuleBroken("Say what is to be raised.")
        case = visit.appointment.contact.case
        raise_now(case=case, because=rise_because, by=by, now=now, **rise)


def _add_person(visit, person, *, by, now):
    """Somebody met who is not recorded: kept with the case, their name protected, and asked about."""
    case, today = visit.appointment.contact.case, localtime(now).date()
    name, kind = " ".join(person.get("name", "").split()), person.get("kind", "")
    if not name:
        raise RuleBroken("Enter the name of whoever was met, or leave out adding them.")
    if kind not in ASKED_OF_NEW or kind == SubjectKind.ADDRESS:
        raise RuleBroken("Say who they are to the person: a partner, a child or somebody else.")
    met_on = say_date(localtime(visit.appointment.contact.started_at).date())
    RelatedPerson.objects.create(
        case=case,
        kind=kind,
        name=name,
        relationship=person.get("relationship", "").strip(),
        born_on=person.get("born_on"),
        lives_with=True,
        protected=True,
        from_on=today,
        source=f"Met at the home visit of {met_on}",
        sharing=Sharing.NO,
    )
    _ask(visit, ASKED_OF_NEW[SubjectKind(kind)], Because.NEW_PERSON, by=by, now=now)


def _ask(visit, kinds, because, *, by, now, note=""):
    case, today = visit.appointment.contact.case, localtime(now).date()
    about = check_facts([case], today)[case.pk].about
    for kind in kinds:
        ask_agencies(
            case=case,
            kind=kind,
            because=because,
            subjects=asked_about(kind, about),
            triggered_on=today,
            by=by,
            today=today,
            note=note,
        )


def _ask_about_address(visit, where, *, by, now):
    """Whoever answers where that address lies is asked, and not whoever answers where they live now."""
    place, postcode = check_other_place(where)
    case, today = visit.appointment.contact.case, localtime(now).date()
    about = check_facts([case], today)[case.pk].about
    person = [one for one in about if one.kind == SubjectKind.PERSON]
    for kind in ASKED_OF_NEW[SubjectKind.ADDRESS]:
        ask_agencies(
            case=case,
            kind=kind,
            because=Because.NEW_ADDRESS,
            subjects=[*person, About(SubjectKind.ADDRESS, place, postcode=postcode)],
            triggered_on=today,
            by=by,
            today=today,
            note="Told of at a home visit",
        )


def _call_for_safety(visit, *, by, now):
    """From now nobody goes by this decision: it is brought up to date first."""
    case, today = visit.appointment.contact.case, localtime(now).date()
    case.visit_safety.in_force(today).update(review_on=today)
    told = {one.pk: one for one in [*owner_and_cover(case, today), *seniors_of(case, today)]}
    told.pop(by.pk, None)
    tell(
        case=case,
        users=[told[pk] for pk in sorted(told)],
        text=f"Staff were at risk at a visit on {case.crn}. Nobody goes until it is decided anew how.",
        href=reverse("case-visits", args=[case.crn]),
        now=now,
        urgent=True,
    )
