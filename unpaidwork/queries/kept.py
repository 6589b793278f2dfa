"""What no supervisor may read of a case: who is around the person, and where they live or must not go.

Source: product rules, roles and sharing (victims' names and addresses never reach a supervisor).
"""

from cases.models import (
    Assessment,
    Case,
    Information,
    PotentialVictim,
    RestrictedArea,
)
from cases.queries.check_history import said_in_replies
from cases.queries.enquiries import homes_of, written
from cases.queries.kept import around_each
from cases.rules.giveaways import to_keep

STORIES = (
    "offence.",
    "pattern.",
    "harm.",
    "sara.",
)  # parts of an assessment that tell what happened


def kept_of_each(keys):
    """{key of the case: what must not stand in words for supervisors}, in a fixed number of statements."""
    names, addresses = around_each(keys)
    areas = RestrictedArea.objects.filter(restriction__case__in=keys)
    for case, label in areas.values_list("restriction__case", "label"):
        addresses[case].add(label)
    homes = homes_of(keys)
    return {
        case.pk: to_keep(
            case.name, map(written, homes.get(case.pk, ())), names[case.pk], addresses[case.pk]
        )
        for case in Case.objects.filter(pk__in=keys)
    }


def told_of(case):
    """What others told us, and what the assessments tell, of one case: an instruction repeats none of it."""
    found = said_in_replies([case.pk])[case.pk]
    found += Information.objects.filter(readings__case=case).values_list("text", flat=True)
    found += PotentialVictim.objects.filter(case=case).values_list("how", flat=True)
    for answers in Assessment.objects.filter(case=case).values_list("answers", flat=True):
        for code, words in answers.items():
            if code.startswith(STORIES) and isinstance(words, str):
                found.append(words)
    return tuple(one for one in found if one)
