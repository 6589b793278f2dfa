"""What no supervisor may read of a case: who is around the person, and where they live or must not go.

Source: product rules, roles and sharing (victims' names and addresses never reach a supervisor).
"""

from collections import defaultdict

from cases.models import (
    Assessment,
    Case,
    Enquiry,
    Information,
    PotentialVictim,
    RelatedPerson,
    RestrictedArea,
    Subject,
)
from cases.queries.enquiries import homes_of, written
from cases.reference.checks import SubjectKind
from cases.rules.giveaways import Kept

STORIES = (
    "offence.",
    "pattern.",
    "harm.",
    "sara.",
)  # parts of an assessment that tell what happened
OF_THEM = (SubjectKind.ADDRESS, SubjectKind.PERSON)


def kept_of_each(keys):
    """{key of the case: what must not stand in words for supervisors}, in a fixed number of statements."""
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
    areas = RestrictedArea.objects.filter(restriction__case__in=keys)
    for case, label in areas.values_list("restriction__case", "label"):
        addresses[case].add(label)
    homes = homes_of(keys)
    return {
        case.pk: Kept(
            own=case.name,
            home="; ".join(written(one) for one in homes.get(case.pk, [])),
            names=tuple(sorted(names[case.pk])),
            addresses=tuple(sorted(one for one in addresses[case.pk] if one.strip(" ,"))),
        )
        for case in Case.objects.filter(pk__in=keys)
    }


def told_of(case):
    """What others told us, and what the assessments tell, of one case: an instruction repeats none of it."""
    enquiries = Enquiry.objects.filter(case=case)
    found = [*enquiries.values_list("reply_text", flat=True)]
    found += enquiries.values_list("analysis", flat=True)
    found += Information.objects.filter(readings__case=case).values_list("text", flat=True)
    found += PotentialVictim.objects.filter(case=case).values_list("how", flat=True)
    for answers in Assessment.objects.filter(case=case).values_list("answers", flat=True):
        for code, words in answers.items():
            if code.startswith(STORIES) and isinstance(words, str):
                found.append(words)
    return tuple(one for one in found if one)
