"""Those around the person now and what agencies have said of them, as the rules of coverage take it.

Source: product rules, checks (a reply covers only those it was asked about).
"""

from collections import defaultdict

from django.db.models import Prefetch, prefetch_related_objects

from cases.models import RelatedPerson, Subject
from cases.queries.enquiries import (
    about_address,
    about_related,
    about_subject,
    about_the_person,
    homes_of,
    written,
)
from cases.reference.checks import CheckKind, EnquiryState, SubjectKind
from cases.rules.coverage import (
    Answer,
    Said,
    not_covered,
    what_a_reply_covers,
    whom_all_leave_out,
    whom_it_leaves_out,
)
from cases.rules.replies import answer_about
from cases.rules.words import within_a_sentence
from staff.kit import on


def around(case):
    """The person, those around them now and where they live, as an enquiry would ask about them."""
    return around_each([case])[case.pk]


def around_each(cases):
    """The same of each of these cases, by key, in two statements."""
    keys = [case.pk for case in cases]
    homes, people = homes_of(keys), defaultdict(list)
    for one in RelatedPerson.objects.filter(case__in=keys, to_on=None).order_by("pk"):
        people[one.case_id].append(one)
    return {case.pk: _around(case, people[case.pk], homes[case.pk]) for case in cases}


def _around(case, people, homes):
    last = homes[-1:]
    places = [about_address(one) for one in last if written(one)]
    return (about_the_person(case, last), *map(about_related, people), *places)


def answers_of(enquiries):
    """What was asked about each subject of these enquiries, and what was answered."""
    return [
        Answer(
            kind=CheckKind(one.kind),
            about=about_subject(subject),
            state=EnquiryState(one.state),
            reply=reply,
            on=one.replied_on,
        )
        for one in enquiries
        for subject, reply in subjects_answered(one)
    ]


def with_subjects(enquiries):
    """The same rows (a list), and whom each of them asks about, in one statement."""
    prefetch_related_objects(enquiries, Prefetch("subjects", Subject.objects.order_by("pk")))
    return enquiries


def subjects_of(enquiry):
    """Whom and what it asks about, in the order they were put down; no statement where they are at hand."""
    return sorted(enquiry.subjects.all(), key=lambda one: one.pk)


def subjects_answered(enquiry):
    """Each subject of the enquiry with what was answered about it."""
    subjects = subjects_of(enquiry)
    each = [subject.reply for subject in subjects]
    return [(one, answer_about(one.reply, each, enquiry.reply)) for one in subjects]


def covered_by(enquiry, names):
    """What the reply to this enquiry covers, with the names its reader may see."""
    said = [
        Said(named(subject, names), subject.kind == SubjectKind.ADDRESS, reply)
        for subject, reply in subjects_answered(enquiry)
    ]
    asked_of = names.text(enquiry.asked_of) or "an agency not recorded"
    return what_a_reply_covers(said, on=enquiry.replied_on, asked_of=asked_of)


def left_out_of(enquiry, people, names):
    """Whom this reply does not cover, of `people`: those around the person now."""
    return whom_it_leaves_out(_others([enquiry], people, names))


def left_out_of_all(enquiries, people, names):
    """Whom no reply to these enquiries, all of one kind, covers."""
    return whom_all_leave_out(_others(enquiries, people, names))


def _others(enquiries, people, names):
    others = not_covered(CheckKind(enquiries[0].kind), people, answers_of(enquiries))
    return [_in_full(one, names) for one in others]


def named(one, names):
    """A subject as this reader may see it; one whose name is kept, by what they are."""
    if names.may_see(one):
        return names.of(one)
    return f"{within_a_sentence(SubjectKind(one.kind).title)} (name protected)"


def _in_full(one, names):
    if one.kind == SubjectKind.ADDRESS:
        return names.of(one)
    what = within_a_sentence(SubjectKind(one.kind).title)
    if not names.may_see(one):
        return f"{what} (name protected)"
    born = f", born {on(one.born_on)}" if one.born_on else ", date of birth not recorded"
    return f"{names.of(one)} ({what}{born})"
