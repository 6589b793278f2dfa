"""How an agency is asked, and what becomes of what is sent to it.

Source: product rules, checks ("who, for which area, how, turnaround").
"""

from cases.reference.codes import Titled


class Channel(Titled):
    EMAIL = "email", "Secure e-mail"
    LETTER = "letter", "Letter by post"
    PORTAL = "portal", "Their web form"
    TELEPHONE = "telephone", "Telephone"


class MessageKind(Titled):
    """What the system sends. One key is sent once, whatever runs twice."""

    REQUEST = "request", "Enquiry"
    CHASE = "chase", "Weekly chase"
    ALERT = "alert", "Alert"
    DIGEST = "digest", "Digest"
    REMINDER = "reminder", "Reminder of an appointment"
    REFERRAL = "referral", "Referral to a service"
    LETTER = "letter", "Letter to a person on probation"


class Means(Titled):
    """By what a message goes."""

    EMAIL = "email", "E-mail"
    TEXT = "text", "Text message"


class Delivery(Titled):
    """`UNSURE`: it was being handed over when the sender died, so it may have gone. A person decides."""

    WAITING = "waiting", "Waiting to go"
    GOING = "going", "Being sent"
    SENT = "sent", "Sent"
    UNSURE = "unsure", "May not have gone"
    FAILED = "failed", "Could not be sent"
    CANCELLED = "cancelled", "Not to be sent"


class DocumentKind(Titled):
    REQUEST = "request", "Enquiry as it was sent"
    REPLY = "reply", "Reply from an agency"
    INFORMATION = "information", "Came with information"
    PLAN_COPY = "plan_copy", "The person's copy of the plan"
    LETTER = "letter", "Letter of enforcement as it went"
    BREACH_PACK = "breach_pack", "Breach pack as it was submitted"
    PART_A = "part_a", "Recall, Part A as it was sent"
