"""Stories of assessments and plans: a long record that is one pattern, and a route taken away with nothing in its place.

The second is told from HMIP Thames Valley CRC 2018, 2.3; the person is invented.
"""

from cases.management.demo.story import Story
from cases.reference.codes import Part

# Forty convictions over thirty years: years ago, offence code and words
DRINK_AND_FISTS = tuple(
    (
        1 + 0.75 * number,
        *(
            ("00806", "Assaults occasioning actual bodily harm")
            if number % 9 == 4
            else ("10501", "Common assault and battery")
        ),
    )
    for number in range(40)
)

LATER = (
    Story(
        "Forty convictions and one pattern", "Barry", "Tuckwell", 51, "M50", "community", 80, 12,
        "violence", 15, sanctions=41,
        registers=(("RMRH", Part.SOURCE, 70, None),),
        enquiries=(("police", "start", 79, "analysed"),),
        requirements=(("F", 20),),
        past=DRINK_AND_FISTS,
        assessed="draft", leaves=("patterns",),
    ),
    Story(
        "One-to-one work taken away, and nothing booked in its place", "Ian", "Loveridge", 39, "M50", "community", 140, 18,
        "violence", 24,
        registers=(("RMRH", Part.SOURCE, 128, None),),
        enquiries=(("police", "start", 139, "analysed"),),
        requirements=(("F", 30),),
        lines=(("CIEA", 36, "", "Employer confirms day shifts, Monday to Friday."),),
        assessed="signed", planned="signed",
        route=(34, "One-to-one work", "No longer suitable for rehabilitation days; the group was not running when the plan was written.", "group", "Stepping Stones to Change, in an evening or at a weekend"),
    ),
)  # fmt: skip
