"""Why no reminder of an appointment goes. Source: product rules, safe contact; HMIP Thames Valley CRC 2018, 2.3."""

from cases.reference.codes import Titled


class NoReminder(Titled):
    """Said where the reminder would be shown, and kept with one that was dropped before it went."""

    NOT_WANTED = "not_wanted", "Nobody asked for one when it was booked"
    CALLED_OFF = "called_off", "The appointment was called off or moved"
    RECORDED = "recorded", "What came of the appointment is already recorded"
    OTHER_TIME = "other_time", "The appointment is at another time now"
    PAST = "past", "The appointment has begun or is over"
    TOO_LATE = (
        "too_late",
        "It is too near the appointment, or too late or early in the day, to send one",
    )
    NOT_SUPERVISED = "not_supervised", "They are not supervised by us now"
    HELD = "held", "They are in custody"
    PAUSED = "paused", "It is recorded that they cannot be seen as usual"
    NO_WAY = "no_way", "No mobile number or e-mail address is recorded"
    CANNOT_BE_TEXTED = "cannot_text", "The mobile number recorded is not one that can be texted"
    NOT_SAFE = "not_safe", "It is not safe to text or e-mail them"
    SAFETY_NOT_ASKED = (
        "safety_not_asked",
        "They have not been asked whether it is safe to text or e-mail them",
    )
    CONSENT_NOT_ASKED = (
        "consent_not_asked",
        "They have not been asked whether we may text or e-mail them",
    )
    REFUSED = "refused", "They said that we may not text or e-mail them"
    NOT_SET_UP = "not_set_up", "Text messages or e-mail to people on probation are not set up here"
    OTHER_WAY = "other_way", "The number or address has changed, or may no longer be used"
