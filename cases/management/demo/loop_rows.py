"""Writes interim plans, actions, what came in and what was raised, each with its clock."""

from django.urls import reverse

from cases.management.demo.enquiry_rows import at_mid_morning, deadline
from cases.models import InterimPlan
from cases.reference.information import InformationKind
from staff.rules.dates import say_date

COVERS = InterimPlan.enquiries.through.__name__
AGREED_BY_SENIOR = {"agreed", "returned"}


def write_loop(book, plan, hub):
    """`hub` is the member of the hub who writes down what comes in for this team."""
    for one in plan.raises:
        _write_raise(book, plan, one)
    for one in plan.information:
        _write_information(book, one, hub.user_id)
    for one in plan.interims:
        _write_interim(book, plan, one)
    for one in plan.actions:
        _write_action(book, plan, one)


def _write_raise(book, plan, one):
    one.id = book.Raise.add(
        case_id=plan.case_id,
        kind=one.kind,
        registration_id=one.register.id if one.register else None,
        contact_level=one.contact_level,
        because=one.because,
        at=at_mid_morning(one.raised_on),
        by_id=plan.officer.user_id,
    )
    _clock(book, plan, one.owed)


def _write_information(book, one, hub_id):
    one.id = book.Information.add(
        kind=one.kind,
        said_by=one.said_by,
        who=one.who,
        happened_on=one.happened_on,
        text=one.text,
        harm=one.harm,
        at=at_mid_morning(one.came_on),
        by_id=hub_id,
    )
    for reading in one.readings:
        reading.id = _write_reading(book, reading, one.id)
        _clock(book, reading.plan, reading.owed, reading_id=reading.id)
        if not reading.read_on:
            _tell_officer(book, one, reading)
    if one.kept_apart:
        first, second = sorted(reading.plan.case_id for reading in one.readings)
        book.NonAssociation.add(
            one_id=first,
            other_id=second,
            why=one.kept_apart,
            information_id=one.id,
            from_on=one.came_on,
            by_id=hub_id,
        )


def _tell_officer(book, one, reading):
    """The notice that still stands on the officer's first page."""
    plan, urgent = reading.plan, ". Somebody could be hurt" if one.harm else ""
    title = InformationKind(one.kind).title
    book.Notice.add(
        user_id=plan.officer.user_id,
        case_id=plan.case_id,
        text=f"{title} about {plan.crn}{urgent}. Read it by {say_date(reading.owed.due_on)}.",
        href=reverse("see-information", args=[plan.crn, reading.id]),
        at=at_mid_morning(one.came_on),
    )


def _write_reading(book, one, information_id):
    return book.Reading.add(
        information_id=information_id,
        case_id=one.plan.case_id,
        main=one.main,
        relation=one.relation,
        state="read" if one.read_on else "unread",
        read_as=one.read_as,
        because=one.because,
        raised_id=one.raised.id if one.raised else None,
        read_on=one.read_on,
        read_by_id=one.plan.officer.user_id if one.read_on else None,
    )


def _write_interim(book, plan, one):
    plan_id = book.InterimPlan.add(
        case_id=plan.case_id,
        worst_case=one.worst_case,
        who_is_protected=one.who_is_protected,
        what_we_do=one.what_we_do,
        expires_on=one.expires_on,
        made_on=one.made_on,
        made_by_id=plan.officer.user_id,
        concern=one.concern,
        sampled=one.sampled,
        agreement=one.agreement,
        answer=one.answer,
        answered_on=one.answered_on,
        answered_by_id=plan.team.spo.user_id if one.agreement in AGREED_BY_SENIOR else None,
        ended_on=one.ended_on,
        ended_as=one.ended_as,
    )
    for enquiry in one.covers:
        book.sheets[COVERS].add(interimplan_id=plan_id, enquiry_id=enquiry.id)


def _write_action(book, plan, one):
    action_id = book.PlanAction.add(
        case_id=plan.case_id,
        what=one.what,
        by_whom=one.by_whom,
        by_on=one.by_on,
        enquiry_id=one.enquiry.id if one.enquiry else None,
        reading_id=one.reading.id if one.reading else None,
        made_on=one.made_on,
        made_by_id=plan.officer.user_id,
        done_on=one.done_on,
        done_note=one.done_note,
    )
    _clock(book, plan, one.owed, action_id=action_id)


def _clock(book, plan, owed, **about):
    deadline(
        book, plan, owed.kind, owed.triggered_on, owed.due_on, owed.why, met_on=owed.met_on, **about
    )
