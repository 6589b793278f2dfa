"""Whom and where the words that somebody outside reads must not name: everybody around a person, and where they live.

Source: product rules, roles and sharing.
"""

from collections import defaultdict

from cases.models import RelatedPerson, Subject
from cases.queries.enquiries import homes_of, written
from cases.reference.checks import SubjectKind
from cases.rules.giveaways import to_keep

OF_THEM = (SubjectKind.ADDRESS, SubjectKind.PERSON)  # subjects that are nobody else


def kept_of(case):
    """What must not stand in such words about one case."""
    names, addresses = around_each([case.pk])
    homes = homes_of([case.pk]).get(case.pk, [])
    return to_keep(case.name, map(written, homes), names[case.pk], addresses[case.pk])


def around_each(keys):
    """({case: names of those around them}, {case: addresses of others}), whether or not anybody is in danger. Two statements."""
    names, addresses = defaultdict(set), defaultdict(set)
    around = RelatedPerson.objects.filter(case__in=keys)
    for case, name, *place in around.values_list("case", "name", "address", "postcode"):
        names[case].add(name)
        addresses[case].add(", ".join(place))
    subjects = Subject.objects.filter(enquiry__case__in=keys)
    for case, kind, name in subjects.values_list("enquiry__case", "kind", "name"):
        if kind == SubjectKind.ADDRESS:
            addresses[case].add(name)
        elif kind not in OF_THEM:
            names[case].add(name)
    return names, addresses
