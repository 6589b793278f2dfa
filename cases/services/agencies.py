"""The agency book: adding whom we ask, changing how, ending it. Whatever is not yet sent follows.

Source: product rules, checks (who, for which area, how, turnaround).
"""

from django.db import connection, transaction

from cases.models import Agency, Case, Enquiry
from cases.queries.agencies import agencies_now, as_listed
from cases.queries.requests import asked_of_each
from cases.reference.checks import CheckKind, EnquiryState, SubjectKind
from cases.rules.agencies import check_areas, check_reached, folded, shared_out
from cases.rules.enquiries import About
from cases.services.checks import note_step, open_enquiry, stop_clock, take_step
from cases.services.interim_owed import settle_interim_plan
from staff.audit import record
from staff.errors import RuleBroken

REACHED = ("email", "address", "telephone", "portal")
SAID = ("name", "areas", "channel", *REACHED, "turnaround_days", "note")


@transaction.atomic
def add_agency(*, kind, by, today, **said):
    """Put an agency in the book. `said` is whatever the book holds of one (SAID). Returns it."""
    agency = Agency(kind=kind)
    return _keep(agency, "added_agency", said, by=by, today=today)


@transaction.atomic
def change_agency(*, agency, by, today, **said):
    """Change what the book says of an agency. What is running keeps its date."""
    agency = _held(agency, today)
    return _keep(agency, "changed_agency", said, by=by, today=today)


@transaction.atomic
def end_agency(*, agency, by, today):
    """Ask this agency no more. What has been sent to it can still be answered."""
    agency = _held(agency, today)
    agency.ended_on = today
    agency.save()
    record(by=by, action="ended_agency", agency=agency.pk)
    _route_again(agency.kind, by=by, today=today)
    return agency


def _held(agency, today):
    _hold_the_book()
    agency = Agency.objects.get(pk=agency.pk)
    if agency.ended_on and agency.ended_on <= today:
        raise RuleBroken(f"{agency.name} has been taken out of the book already.")
    return agency


def _hold_the_book():
    """One change at a time: whether areas overlap is asked of the whole book."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE cases_agency IN SHARE ROW EXCLUSIVE MODE")


def _keep(agency, action, said, *, by, today):
    _hold_the_book()
    for name in SAID:
        setattr(agency, name, said[name])
    agency.name, agency.areas = agency.name.strip(), _tidy(agency.areas)
    if not agency.name:
        raise RuleBroken("Enter the name of the agency.")
    check_reached(agency.channel, **{name: said[name] for name in REACHED})
    others = Agency.objects.current(today).filter(kind=agency.kind).exclude(pk=agency.pk)
    check_areas(agency.areas, others.order_by("pk").values_list("name", "areas"))
    if others.filter(name__iexact=agency.name).exists():
        raise RuleBroken(f"{agency.name} is in the book already.")
    agency.save()
    record(by=by, action=action, agency=agency.pk)
    _route_again(agency.kind, by=by, today=today)
    return agency


def _tidy(areas):
    """Each area once, as first written."""
    known = {folded(area): " ".join(area.split()) for area in reversed(areas) if area.strip()}
    return list(reversed(known.values()))


def _route_again(kind, *, by, today):
    """Send each enquiry not yet sent to whoever answers now, in parts where several do."""
    due = Enquiry.objects.filter(kind=kind, state=EnquiryState.DUE)
    cases = Case.objects.filter(pk__in=due.values("case")).order_by("pk")
    list(cases.select_for_update(no_key=True).values_list("pk"))
    enquiries = list(due.select_related("case").order_by("case", "pk"))
    asked, agencies = asked_of_each(enquiries), agencies_now(today)
    book = as_listed(agencies.values())
    for enquiry in enquiries:
        by_about = {_about(one): one.subject for one in asked[enquiry.pk]}
        parts = shared_out(CheckKind(kind), by_about, book, because=enquiry.because)
        if parts and [agency for agency, _ in parts] != [enquiry.agency_id]:
            _move(enquiry, parts, by_about, agencies, by=by, today=today)


def _move(enquiry, parts, by_about, agencies, *, by, today):
    """Each part goes to its agency: into what waits to be sent to it, or as an enquiry of its own.

    The first of the others is this one. Where there is none, this one has been superseded.
    """
    unsent, asked = _elsewhere(enquiry)
    parts = [part for part in parts if part[0] not in asked or not _of_the_person_alone(part)]
    own = sorted(
        (part for part in parts if part[0] not in unsent),
        key=lambda part: part[0] != enquiry.agency_id,
    )
    if own:
        agency, stay = own[0]
        enquiry.agency = agencies.get(agency)
        enquiry.save()
        gone = [subject.pk for about, subject in by_about.items() if about not in stay]
        enquiry.subjects.filter(pk__in=gone).delete()
        note_step(enquiry, "routed", on=today, by=by)
        record(by=by, action="routed_enquiry", crn=enquiry.case.crn, enquiry=enquiry.pk)
    else:
        stop_clock(enquiry, on=today, by=by, today=today, void=True)
        take_step(enquiry, EnquiryState.SUPERSEDED, "superseded", on=today, by=by, today=today)
        settle_interim_plan(case=enquiry.case, by=by, today=today)
    for other, theirs in [part for part in parts if part not in own[:1]]:
        open_enquiry(
            case=enquiry.case,
            kind=CheckKind(enquiry.kind),
            because=enquiry.because,
            subjects=theirs,
            triggered_on=enquiry.triggered_on,
            by=by,
            today=today,
            note=enquiry.because_note,
            agency=agencies.get(other),
        )


def _elsewhere(enquiry):
    """The agencies that other enquiries of its kind on the case are to be sent to, and were."""
    others = enquiry.case.enquiries.filter(kind=enquiry.kind).exclude(pk=enquiry.pk)
    of_use = others.exclude(state__in=(EnquiryState.NOT_NEEDED, EnquiryState.SUPERSEDED))
    held = list(of_use.values_list("agency", "state"))
    unsent = {agency for agency, state in held if state == EnquiryState.DUE}
    return unsent, {agency for agency, _ in held if agency}


def _of_the_person_alone(part):
    return all(one.kind == SubjectKind.PERSON for one in part[1])


def _about(one):
    subject, (authority, postcode) = one.subject, one.place
    return About(
        kind=one.named.kind,
        name=one.named.name,
        born_on=one.named.born_on,
        related_person_id=subject.related_person_id,
        protected=subject.protected,
        authority=authority,
        postcode=postcode,
    )
