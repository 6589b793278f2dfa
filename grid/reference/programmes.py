"""What courts and prisons call each accredited programme, as nDelius has it under "Court - Accredited Programme".

Sources: requirement codes of nDelius (main category 7, whose sub-category names the programme: supervision reference 1.2);
HMIP Thames Valley CRC 2018, glossary (the names in full, and their initials). In small letters.
"""

PROGRAMME = "7"  # main category of the requirement
NAMES = {
    "building better relationships": "building_better_relationships",
    "bbr": "building_better_relationships",
    "thinking skills programme": "thinking_skills_programme",
    "thinking skills": "thinking_skills_programme",
    "tsp": "thinking_skills_programme",
    "resolve": "resolve",
}
# What stands in the category of a licence condition by which somebody can be told to come, in small letters
TAKING_PART = (
    "participation in",  # PI 11/2014; "Participation in, or co-operation with, a programme or set of activities" of Create and vary a licence
    "participate or co-op",  # "Participate or co-op with Programme or Activities" of nDelius, as Consider a recall reads it
    "accredited programme",  # "Licence - Accredited Programme" of nDelius (LAP), as Accredited programmes: manage and deliver reads it
)
