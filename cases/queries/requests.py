"""The request an enquiry makes, built from what is recorded now; and what the batch has to send.

Source: product rules, checks. Until an enquiry is sent it asks about people as they are known now;
what was sent stays as it was.
"""

from dataclasses import dataclass

from django.db.models import BooleanField, F, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from cases.models import Case, DocumentContent, Enquiry, Subject
from cases.queries.agencies import how_asked
from cases.queries.due import how_late
from cases.queries.enquiries import homes_of, written
from cases.queries.paging import page_of
from cases.reference.agencies import Channel
from cases.reference.checks import CheckKind, EnquiryState, SubjectKind
from cases.rules.agencies import area_of
from cases.rules.references import reference_of
from cases.rules.requests import Named, Request, as_text, missing_from, subject_words
from staff.kit import Gap, Line, on
from staff.permissions import Action

NO_AGENCY = "Nobody in the agency book answers for this area"
NOBODY_NAMED = "Nobody is named in it"


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


def page_to_send(user, *, after, size):
    """One page of them."""
    keys = ("-concern", "due_on", "id")
    return page_of(to_send(user), keys=keys, after=after, size=size, known_by="pk")


def chosen_to_send(user, keys):
    """Those of them that were chosen, in the order they are sent, whatever has become of them since."""
    cases = Case.objects.open_to(user, Action.SEND_BATCH)
    found = Enquiry.objects.filter(pk__in=keys, case__in=cases).select_related("case", "agency")
    return list(found.order_by("case", "pk"))


def letters_of(enquiries, documents):
    """The bytes of these documents, as far as they belong to these enquiries, in their order."""
    kept = DocumentContent.objects.filter(document__in=documents, document__enquiry__in=enquiries)
    return [bytes(one.content) for one in kept.order_by("document__case", "document")]


@dataclass(frozen=True)
class BatchRow:
    """One enquiry of the batch: to whom, about whose case, and what must be mended before it goes."""

    key: int
    person: str
    crn: str
    href: str
    next: str  # where it is sent or mended by itself
    what: str
    agency: str
    how: str
    due: str
    late: str
    mend: list[str]


def batch_rows(enquiries, today):
    """(those that can go, those to be mended first). Three statements."""
    asked = asked_of_each(enquiries)
    rows = [_row(one, asked[one.pk], today) for one in enquiries]
    return [row for row in rows if not row.mend], [row for row in rows if row.mend]


def _row(one, asked, today):
    missing = missing_from([each.named for each in asked]) if asked else [NOBODY_NAMED]
    agency, crn = one.agency, one.case.crn
    return BatchRow(
        key=one.pk,
        person=one.case.list_name,
        crn=crn,
        href=reverse("check", args=[crn, one.pk]),
        next=reverse("send-request", args=[crn, one.pk]),
        what=CheckKind(one.kind).title,
        agency=asked_agency(one, asked) if agency else "Nobody in the agency book",
        how=Channel(agency.channel).title if agency else "",
        due=on(one.due_on),
        late=how_late(one.due_on, today) if one.due_on else "",
        mend=([] if agency else [NO_AGENCY]) + missing,
    )


GROUPS = {  # what became of those in a batch, in the order it asks something of somebody
    "letter": "To print and post",
    "by_hand": "To be rung or typed into a web form",
    "refused": "Not sent",
    "email": "Sent by e-mail",
}


def outcome_rows(outcomes, enquiries, policy, today):
    """[(heading, rows)] of what became of each; with the words to use for one asked by hand."""
    asked, known = asked_of_each(enquiries), {one.pk: one for one in enquiries}
    found: dict[str, list[dict]] = {how: [] for how in GROUPS}
    for outcome in outcomes:
        one = known.get(outcome.enquiry)
        if one is None:
            continue  # no longer open to whoever sent it
        by_hand = outcome.how == "by_hand" and one.agency
        request = request_of(one, asked[one.pk], policy, today) if by_hand else None
        found[outcome.how].append(
            {
                "row": _row(one, asked[one.pk], today),
                "words": outcome.words,
                "text": as_text(request) if request else "",
                "record": reverse("send-check", args=[one.case.crn, one.pk]) if by_hand else "",
            }
        )
    return [(GROUPS[how], rows) for how, rows in found.items() if rows]


# One request, seen before it goes


@dataclass(frozen=True)
class RequestPage:
    """A request as its sender sees it before it goes; without an agency there is nothing to send."""

    title: str
    agency: str
    how: str
    lines: list[Line]
    subjects: list[Line]
    text: str
    gaps: list[Gap]
    without_birth_dates: bool  # some are not recorded
    can_go: bool


def request_page(enquiry, policy, today):
    """For whoever may send it, who must see whom it names (`cases.queries.names.names_on`)."""
    asked = asked_of_each([enquiry])[enquiry.pk]
    named = [one.named for one in asked]
    missing = missing_from(named)
    agency = enquiry.agency
    by_system = agency is not None and agency.channel in (Channel.EMAIL, Channel.LETTER)
    request = request_of(enquiry, asked, policy, today) if agency else None
    return RequestPage(
        title=CheckKind(enquiry.kind).title,
        agency=asked_agency(enquiry, asked) if agency else "",
        how=how_asked(agency) if agency else "",
        lines=_lines(enquiry, asked, policy),
        subjects=[
            Line(SubjectKind(one.named.kind).title, subject_words(one.named)) for one in asked
        ],
        text=as_text(request) if request else "",
        gaps=[Gap(f"{one}.", "", "") for one in ([] if agency else [NO_AGENCY]) + missing],
        without_birth_dates=any("birth" in one for one in missing),
        can_go=by_system and bool(asked),
    )


def _lines(enquiry, asked, policy):
    asking = policy.kinds[CheckKind(enquiry.kind)]
    agency = enquiry.agency
    return [
        Line("To", asked_agency(enquiry, asked) if agency else "Nobody in the agency book"),
        Line("How", how_asked(agency) if agency else "Not known"),
        Line("Our reference", reference_of(enquiry.pk)),
        Line("Why we ask", asking.purpose),
        Line("Legal basis", "; ".join(asking.legal_basis)),
    ]
