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
# Of the categories of licence conditions (PI 11/2014), the one by which somebody can be told to come
TAKING_PART = "participation in programme"
