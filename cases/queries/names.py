"""Whose names around a case its reader may see, and the text of the case without the others.

Source: product rules, roles and reach; the action VIEW_PROTECTED_NAMES of the table of permissions.
"""

from collections import defaultdict
from dataclasses import dataclass

from cases.models import RelatedPerson, Subject
from cases.rules.names import KEPT, with_names, without_names
from staff.permissions import Action


@dataclass(frozen=True)
class Names:
    """Reads names and text of one case for one reader."""

    own: str  # the name of the person on probation
    kept: tuple[str, ...] = ()  # names that this reader may not see
    all_seen: bool = False
    asked: int | None = None  # the enquiry whose subjects this reader must see to ask about them

    def may_see(self, person):
        return self.all_seen or not person.protected or self._is_asked_about(person)

    def of(self, person):
        """The name of a related person or a subject of an enquiry, or that it is protected."""
        if self._is_asked_about(person):
            return person.name
        return self.text(person.name) if self.may_see(person) else KEPT

    def _is_asked_about(self, person):
        return self.asked is not None and getattr(person, "enquiry_id", None) == self.asked

    def text(self, words):
        return without_names(words, self.kept, self.own)

    def put_back(self, words, stands):
        """What this reader wrote over what stands, of which they read the `text`: as it is to be kept."""
        return with_names(words, stands, self.kept, self.own)


def names_for(case, may):
    """How this reader, who may do what is in `may`, reads the names of this case."""
    if Action.VIEW_PROTECTED_NAMES in may:
        return Names(case.name, all_seen=True)
    around = RelatedPerson.objects.filter(case=case, protected=True).values_list("name")
    asked = Subject.objects.filter(enquiry__case=case, protected=True).values_list("name")
    kept = around.union(asked).order_by("name")
    return Names(case.name, tuple(name for (name,) in kept))


def names_for_each(cases, may):
    """The same for each of these cases, by key, in one statement. `may`: what is allowed on each."""
    shut = [case.pk for case in cases if Action.VIEW_PROTECTED_NAMES not in may[case.pk]]
    around = RelatedPerson.objects.filter(case__in=shut, protected=True)
    asked = Subject.objects.filter(enquiry__case__in=shut, protected=True)
    kept = defaultdict(list)
    pairs = around.values_list("case", "name").union(asked.values_list("enquiry__case", "name"))
    for case, name in pairs.order_by("name"):
        kept[case].append(name)
    return {
        case.pk: Names(
            case.name,
            tuple(kept[case.pk]),
            all_seen=Action.VIEW_PROTECTED_NAMES in may[case.pk],
        )
        for case in cases
    }


def names_on(enquiry, may):
    """How this reader reads one enquiry: whoever sends it and records its reply sees whom it is about.

    Nobody else's name is shown with it, and nowhere but on that enquiry.
    """
    names = names_for(enquiry.case, may)
    if names.all_seen or Action.RECORD_CHECK not in may:
        return names
    subjects = [subject.name for subject in enquiry.subjects.all()]
    shown = {" ".join(name.split()).casefold() for name in subjects}
    kept = tuple(one for one in names.kept if " ".join(one.split()).casefold() not in shown)
    return Names(" ".join([names.own, *subjects]), kept, asked=enquiry.pk)
