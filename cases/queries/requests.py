"""The request an enquiry makes, built from what is recorded now; and what the batch has to send.

Source: product rules, checks. Until an enquiry is sent it asks about people as they are known now;
what was sent stays as it was.
"""

from dataclasses import dataclass

from django.db.models import BooleanField, F, Value
from django.db.models.functions import Coalesce

from cases.models import Case, Enquiry, Subject
from cases.queries.enquiries import homes_of, written
from cases.queries.paging import page_of
from cases.reference.checks import CheckKind, EnquiryState, SubjectKind
from cases.rules.agencies import area_of
from cases.rules.references import reference_of
from cases.rules.requests import Named, Request
from staff.permissions import Action


@dataclass(frozen=True)
class Asked:
    """A subject of an enquiry, with how they are known now and where they live."""

    subject: Subject
    named: Named
    place: tuple[str, str]  # local authority, postcode


def asked_of_each(enquiries):
    """{enquiry: its subjects as known now}, in three statements. The enquiries have their case."""
    keys = [one.pk for one in enquiries]
    homes = homes_of([one.case_id for one in enquiries])
    subjects = Subject.objects.filter(enquiry__in=keys).select_related("related_person")
    found: dict[int, list[Asked]] = {key: [] for key in keys}
    by_key = {one.pk: one for one in enquiries}
    for subject in subjects.order_by("pk"):
        enquiry = by_key[subject.enquiry_id]
        found[enquiry.pk].append(_asked(subject, enquiry, homes[enquiry.case_id]))
    return found


def _asked(subject, enquiry, homes):
    kind, related = SubjectKind(subject.kind), subject.related_person
    name, born_on, address, place = subject.name, subject.born_on, "", ("", "")
    if kind == SubjectKind.PERSON:
        name, born_on = enquiry.case.name, enquiry.case.born_on
        address = written(homes[-1]) if homes else ""
    elif related:
        name, born_on, address = related.name, related.born_on, related.address
        place = related.authority, related.postcode
    if homes and not any(place):
        place = homes[-1].authority, homes[-1].postcode
    if enquiry.state != EnquiryState.DUE:
        name, born_on = subject.name, subject.born_on
    return Asked(subject, Named(kind, name, born_on, address), place)


def request_of(enquiry, asked, policy, on, told_person=None):
    """The request whole. `asked` are the subjects of this enquiry; it has its agency."""
    agency, kind = enquiry.agency, CheckKind(enquiry.kind)
    return Request(
        reference=reference_of(enquiry.pk),
        on=on,
        agency=asked_agency(enquiry, asked),
        agency_address=agency.address,
        kind=kind,
        asking=policy.kinds[kind],
        subjects=tuple(one.named for one in asked),
        reply_to=policy.reply_to,
        told_person=told_person,
    )


def asked_agency(enquiry, asked):
    """The agency, and for which area: "Thames Valley Police, for RG1"."""
    area = area_of(enquiry.agency.areas, [one.place for one in asked])
    named = area and area.casefold() not in enquiry.agency.name.casefold()
    return f"{enquiry.agency.name}, for {area}" if named else enquiry.agency.name


# The batch


def to_send(user):
    """Enquiries this user may send: due, on cases open to them, concern first, then the longest due."""
    cases = Case.objects.open_to(user, Action.SEND_BATCH)
    concern = Coalesce(F("case__standing__concern"), Value(False), output_field=BooleanField())
    return (
        Enquiry.objects.filter(state=EnquiryState.DUE, case__in=cases)
        .select_related("case", "agency")
        .annotate(concern=concern)
    )


def page_to_send(user, *, kind, after, size):
    """One page of them."""
    found = to_send(user)
    if kind:
        found = found.filter(kind=kind)
    keys = ("-concern", "due_on", "id")
    return page_of(found, keys=keys, after=after, size=size, known_by="pk")


def chosen_to_send(user, keys):
    """Those of them that were chosen, in the order of the list, whatever has become of them since."""
    cases = Case.objects.open_to(user, Action.SEND_BATCH)
    found = Enquiry.objects.filter(pk__in=keys, case__in=cases).select_related("case", "agency")
    return list(found.order_by("case", "pk"))
