"""Whose names around a case its reader may see, and the text of the case without the others.

Source: product rules, roles and reach; the action VIEW_PROTECTED_NAMES of the table of permissions.
"""

from dataclasses import dataclass

from cases.models import RelatedPerson, Subject
from cases.rules.names import KEPT, without_names
from staff.permissions import Action


@dataclass(frozen=True)
class Names:
    """Reads names and text of one case for one reader."""

    own: str  # the name of the person on probation
    kept: tuple[str, ...] = ()  # names that this reader may not see
    all_seen: bool = False

    def may_see(self, person):
        return self.all_seen or not person.protected

    def of(self, person):
        """The name of a related person or a subject of an enquiry, or that it is protected."""
        return self.text(person.name) if self.may_see(person) else KEPT

    def text(self, words):
        return without_names(words, self.kept, self.own)


def names_for(case, may):
    """How this reader, who may do what is in `may`, reads the names of this case."""
    if Action.VIEW_PROTECTED_NAMES in may:
        return Names(case.name, all_seen=True)
    around = RelatedPerson.objects.filter(case=case, protected=True).values_list("name")
    asked = Subject.objects.filter(enquiry__case=case, protected=True).values_list("name")
    kept = around.union(asked).order_by("name")
    return Names(case.name, tuple(name for (name,) in kept))
