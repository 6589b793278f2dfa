"""Stories of assessments and plans, and of meeting, visiting and reviewing.

One-to-one work taken away is told from HMIP Thames Valley CRC 2018, 2.3; the person is invented.
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
        stalled=True,
    ),
    Story(
        "Missed two appointments, and nobody has decided what that comes to", "Aneta", "Kowalczyk", 30, "M0", "community", 96, 12,
        "theft", 22, woman=True, background="eastern", language="Polish",
        registers=(("RMRH", Part.SOURCE, 88, None),),
        enquiries=(("police", "start", 95, "analysed"),),
        requirements=(("F", 15),),
        meets=(
            ("COAP", 16, "UAAB", "Did not attend. No call."),
            ("COAP", 2, "AFTA", "Did not attend. Told in English only, by text."),
        ),
        assessed="signed", planned="signed",
    ),
    Story(
        "Two children at home, and nobody has been there", "Gareth", "Pritchard", 35, "MC0", "community", 120, 18,
        "domestic", 29,
        registers=(("RMRH", Part.SOURCE, 112, None), ("ADVP", Part.SOURCE, 115, None), ("RCCO", Part.SOURCE, 112, None)),
        people=(("partner", "Bethan Pritchard", "Partner", 33, True, True), ("child", "Macsen Pritchard", "Child", 5, True, False)),
        enquiries=(("police", "start", 115, "never_chased"), ("children", "start", 112, "waiting")),
        requirements=(("BBR", 29),),
        assessed="draft", leaves=("sara",),
        defects=("home visit necessary and not made",),
    ),
    Story(
        "A review being written: two missed appointments to answer", "Callum", "Deane", 27, "M50", "community", 150, 18,
        "theft", 15,
        registers=(("RMRH", Part.SOURCE, 140, None),),
        enquiries=(("police", "start", 149, "analysed"),),
        requirements=(("F", 20),),
        meets=(("COAP", 26, "UAAB", "Did not attend. No call."), ("COAP", 19, "UAAB", "Did not attend. Says that he forgot.")),
        assessed="signed", planned="signed", review="draft",
    ),
    Story(
        "A review that says what could be said of anybody", "Neil", "Sandiford", 48, "M0", "community", 160, 18,
        "violence", 30,
        registers=(("RMRH", Part.SOURCE, 150, None),),
        enquiries=(("police", "start", 159, "analysed"),),
        requirements=(("F", 15),),
        meets=(("COAP", 27, "UAAB", "Did not attend. No call."), ("COAP", 21, "UAAB", "Did not attend.")),
        assessed="signed", planned="signed", review="hollow",
        defects=("review changed nothing",),
    ),
    Story(
        "An audit recommended a visit, and the officer does not agree", "Dawn", "Chivers", 43, "L0", "suspended", 110, 18,
        "fraud", 40, woman=True,
        registers=(("RLRH", Part.SOURCE, 100, None),),
        enquiries=(("police", "start", 109, "analysed"),),
        requirements=(("F", 10),),
        assessed="signed", planned="signed", recommended="contested",
    ),
)  # fmt: skip
