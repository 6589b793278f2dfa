"""What the parts of a plan are called on its pages: what an objective is about, who could be hurt."""

from cases.reference.harm import HarmGroup
from cases.reference.needs import NeedArea
from cases.rules.planning_facts import about_harm, about_need
from cases.rules.words import within_a_sentence

ABOUT = {about_need(area): area.title for area in NeedArea} | {
    about_harm(group): f"Risk of harm to {within_a_sentence(group.title)}" for group in HarmGroup
}
KNOWN_ADULT = about_harm(HarmGroup.KNOWN_ADULT)


def victims_of(case, names):
    """[(key, name)] of those who could be hurt, as this reader may read their names."""
    found = case.potential_victims.current().select_related("person").order_by("pk")
    return [(one.pk, names.of(one.person)) for one in found]


def worst_first(objectives):
    """Those about a risk of harm first, then as they stand in the plan."""
    return sorted(
        objectives,
        key=lambda one: (
            not any(about.startswith("harm:") for about in one.about),
            one.place,
            one.pk,
        ),
    )
