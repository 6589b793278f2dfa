"""What each intervention is about, where its sessions are planned as days of rehabilitation activity.

Source: nDelius NSI types NPS001 to NPS011, `cases.reference.appointments.RarTheme`. Which of them fits: local policy.
"""

from collections.abc import Mapping

from cases.reference.appointments import RarTheme

THEMES: Mapping[str, RarTheme] = {  # by code of the intervention, every one of the catalogue
    "building_better_relationships": RarTheme.FAMILY,
    "thinking_skills_programme": RarTheme.THINKING,
    "resolve": RarTheme.THINKING,
    "stepping_stones": RarTheme.THINKING,
    "making_amends": RarTheme.THINKING,
    "restorative_justice": RarTheme.RESTORATIVE,
    "mentoring": RarTheme.OTHER,
    "ete": RarTheme.WORK,
    "positive_relationships": RarTheme.FAMILY,
    "heal": RarTheme.WOMEN,
    "thinking_ahead_for_women": RarTheme.WOMEN,
    "womens_workshop": RarTheme.WOMEN,
    "thinking_one_to_one": RarTheme.THINKING,
    "relationships_one_to_one": RarTheme.FAMILY,
    "anger_one_to_one": RarTheme.THINKING,
    "amends_one_to_one": RarTheme.THINKING,
    "work_one_to_one": RarTheme.WORK,
    "heal_one_to_one": RarTheme.WOMEN,
    "thinking_ahead_one_to_one": RarTheme.WOMEN,
}
