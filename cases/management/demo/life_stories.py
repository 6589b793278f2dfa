"""Stories of what changes on a case: who comes, changes hands, is put to the NPS, cannot be seen, dies or is done.

What befalls each is done by the services on the day it happened (`oversight.management.demo`). All of it is invented.
"""

from typing import Any

from cases.management.demo.story import Story
from cases.reference.codes import Part

A_YEAR = 12  # months
MISSED = (
    ("COAP", 45, "UAAB", "Did not attend. No call."),
    ("COAP", 38, "UAAB", "Did not attend."),
)  # what the last review answers


def _story(title, forename, surname, life, *, days, high=False, medium=False, **told):
    """Somebody of a community order of a year, seen as they should be until something befalls them."""
    level = "RMRH" if medium or high else "RLRH"
    facts: dict[str, Any] = {
        "age": 30 if medium or high else 43,
        "group": "M50" if medium or high else "L0",
        "offence": "theft" if medium or high else "fraud",
        "age_first": 16 if medium or high else 40,
        "kind": "community",
        "months": A_YEAR,
        "requirements": (("TSP", 20),),
        "assessed": "signed",
        "planned": "signed",
        "enquiries": (("police", "start", days - 1, "analysed"),),
    }
    registers = [(level, Part.SOURCE, max(days - 9, 0), None)]
    if high:
        registers.append(("RHRH", Part.SOURCE, HIGH_SINCE[life], None))
        facts |= {"place": "escalate", "why": "RHRH"}
    facts |= {
        "title": title,
        "forename": forename,
        "surname": surname,
        "registers": tuple(registers),
    }
    return Story(life=life, days=days, **facts | told)


def _newly_come(title, forename, surname, life, *, days, enquiry, **told):
    """Somebody who has just come: nothing is assessed yet."""
    told = {"assessed": "", "planned": "", "enquiries": (("police", "start", days, enquiry),)} | told  # fmt: skip
    return _story(title, forename, surname, life, days=days, **told)


# Days before today on which the risk rose, by how far the escalation has come since; no later than it was opened
HIGH_SINCE = {"nps_waits": 16, "nps_asks": 11, "nps_challenged": 23, "nps_accepts": 15, "nps_not_referred": 10}  # fmt: skip

LIFE = (
    # Who comes
    _newly_come("Came, and nobody was named on the first day", "Wesley", "Arkwright", "unowned", days=7, enquiry="never_sent", holder=""),
    _newly_come("Named, and the record is not read", "Tobias", "Lattimer", "unread", days=5, enquiry="waiting"),
    _newly_come("Came, was seen, and the record is read", "Desmond", "Quarrie", "settled", days=9, enquiry="analysed"),
    # Who changes hands
    _story("Offered to a colleague, who has not answered yet", "Clive", "Hartnell", "offered", days=160, requirements=(("TSP", 20), ("W", 60))),
    _story("Offered to the officer, and the answer is late", "Ronan", "Mackie", "offered_late", days=150, requirements=(("TSP", 20), ("W", 60)), medium=True, holder="other"),
    _story("A hand-over was refused: somebody decides what now", "Leon", "Sturridge", "refused", days=140, medium=True),
    _story("Came from a colleague, who handed it over", "Trevor", "Ashdown", "accepted", days=170, requirements=(("TSP", 20), ("W", 60)), holder="other"),
    _story("Moved away: another provider took the case", "Marlon", "Yelland", "elsewhere", days=130, away=4, holder="any other"),
    _story("Of an officer who has left: the seniors have it", "Keith", "Bramwell", "fallen", days=120, holder="leaver"),
    # Who cannot be seen
    _story("A warrant is out, and the police were asked", "Rhys", "Colclough", "warrant", days=180, away=20, medium=True),
    _story("A warrant is out, and nobody has asked for a month", "Gary", "Penhallow", "warrant_late", days=190, away=50, medium=True),
    _story("Unlawfully at large", "Aaron", "Thistlewood", "at_large", days=60, away=12, medium=True, kind="licence", requirements=(), holder="any other"),
    _story("In custody on a new offence", "Jamie", "Farrant", "custody", days=145, away=30, medium=True, holder="other"),
    _story("In hospital", "Norman", "Wickstead", "hospital", days=125, away=9),
    _story("Deported", "Andrei", "Munteanu", "deported", days=200, away=60, background="eastern", holder="any other"),
    # Who has died, or was thought to have
    _story("Died: the family is still to be told", "Brian", "Ollerton", "died", days=155, away=2, booked=True),
    _story("A death recorded by mistake, and undone", "Alec", "Ramsden", "death_undone", days=135, away=3, booked=True),
    # What comes to its end
    _story("Comes to its end in three weeks", "Hugh", "Pemberley", "ending", days=345),
    _story("Past the last day, and nobody has brought it to its end", "Stuart", "Nettlefold", "ending_late", days=374),
    _story("Comes to its end, and one register is undecided", "Roger", "Inchbald", "ending_register", days=353, review="singly", meets=MISSED),
    _story("Ready to end, and waits for a senior", "Duncan", "Vesey", "ending_ready", days=372, medium=True, review="singly", meets=MISSED),
    _story("An early end is proposed to the court", "Felix", "Garside", "early", days=240, finished=True),
    _story("Brought to its end, and everybody was told", "Maurice", "Lovett", "ended", days=375, away=6, review="singly", meets=MISSED),
    _story("Ended, and opened again", "Gerald", "Shawcross", "reopened", days=335, away=7, review="singly", meets=MISSED),
    # Whose risk is put to the NPS
    _story("Referred to the NPS, whose answer is late", "Vincent", "Trask", "nps_waits", days=110, high=True),
    _story("The NPS asks for more", "Fraser", "Rudd", "nps_asks", days=105, high=True),
    _story("The NPS said no, and was challenged", "Dominic", "Faraday", "nps_challenged", days=115, high=True, holder="any other"),
    _story("The NPS takes the case, and nobody there is named yet", "Howard", "Slade", "nps_accepts", days=100, high=True),
    _story("A senior decided not to refer the risk", "Eamon", "Breckon", "nps_not_referred", days=95, high=True, holder="other"),
)  # fmt: skip
