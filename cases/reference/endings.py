"""How a case ends, and who is to be told.

Source: report 3.3 (endings without a last look); supervision reference 5 (review before the end).
"""

from cases.reference.codes import Titled
from staff.permissions import Action


class EndedBy(Titled):
    EXPIRED = "expired", "The sentence ran out"
    COMPLETED = "completed", "Everything ordered was done"
    GOOD_PROGRESS = "good_progress", "Revoked early for good progress"
    REVOKED = "revoked", "Revoked and sentenced again"
    DIED = "died", "They died"
    OTHER = "other", "Another reason"


class Tell(Titled):
    """Who may have to hear that it ends."""

    POLICE = "police", "Police"
    CHILDREN = "children", "Children’s social care"
    ADULTS = "adults", "Adult social care"
    VICTIM = "victim", "Victim liaison officer"
    HEALTH = "health", "Treatment or health services"
    HOUSING = "housing", "Whoever houses them"
    PARTNER = "partner", "Mentor, group or other service"


class PersonAsked(Titled):
    """Whether somebody was asked, at the end, what it was like."""

    SAID = "said", "They said"
    DECLINED = "declined", "Asked, and they did not want to say"
    NOT_ASKED = "not_asked", "They could not be asked"


# What the page asks in words, by code; the codes are only added to
WORDS = ("person_words", "helped", "not_helped", "person_because", "help", "open")
BY_HAND = tuple(
    one for one in EndedBy if one != EndedBy.DIED
)  # a death is recorded on its own page
BEFORE_ITS_DAY = frozenset({EndedBy.GOOD_PROGRESS, EndedBy.REVOKED, EndedBy.OTHER})
LONGEST = 4000  # letters of a box
# What may still be done on a case that ended here: it is read, what comes in is taken in, and it is opened again
ONCE_ENDED = frozenset(
    {one for one in Action if one.startswith("view_")}
    | {
        Action.LIST_CASES,
        Action.SEARCH_CASES,
        Action.EXPORT_CASES,
        Action.OPEN_IN_EMERGENCY,
        Action.RECORD_INFORMATION,
        Action.READ_INFORMATION,
        Action.TAKE_IN_REPLY,
        Action.RECORD_CHECK,  # a reply that comes late; nothing new is asked
        Action.ANALYSE_CHECK,
        Action.RECORD_DEATH,
        Action.UNDO_DEATH,
        Action.RECORD_FURTHER_OFFENCE,  # whatever the case has come to, what was known is kept
        Action.NOTIFY_FURTHER_OFFENCE,
        Action.TAKE_COMPLAINT,
        Action.ANSWER_COMPLAINT,
        Action.END_CASE,  # says that it has ended
        Action.READ_MINUTES,
        Action.ANSWER_COURT,  # a court asks of an order that has ended as well
        Action.REOPEN_CASE,
        Action.TELL_VICTIM_LIAISON,
    }
)
