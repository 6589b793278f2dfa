"""Needs on leaving prison, the community services they are referred to, and how far a referral has come.

Sources: Through the Gate reference 3 (pathways), 6 (states of a referral), 7 ("signposted" is not a state);
Homelessness Reduction Act 2017 (duty to refer, from 1 October 2018).
"""

from cases.reference.codes import Titled


class Pathway(Titled):
    HOME = "home", "Accommodation"
    THINKING = "thinking", "Attitudes, thinking and behaviour"
    FAMILY = "family", "Children, families and communities"
    SUBSTANCES = "substances", "Drugs and alcohol"
    WORK = "work", "Education, skills and work"
    MONEY = "money", "Finance and identity"
    HEALTH = "health", "Health"


class NeedState(Titled):
    OPEN = "open", "To be met"
    MET = "met", "Met"
    DECLINED = "declined", "Declined by the person"
    NOT_NEEDED = "not_needed", "No longer needed"


class NeedSide(Titled):
    """Whose it is to see to. Source: Through the Gate reference 3."""

    PRISON = "prison", "In prison, before release"
    COMMUNITY = "community", "In the community, after release"


class ServiceKind(Titled):
    DRUGS_ALCOHOL = "drugs", "Drugs and alcohol"
    HOUSING_AUTHORITY = "authority", "Housing authority"
    HOUSING = "housing", "Housing and hostels"
    MENTAL_HEALTH = "mind", "Mental health"
    HEALTH = "health", "Doctor or other health service"
    PHARMACY = "pharmacy", "Pharmacy"
    WORK = "work", "Work, training and education"
    MONEY = "money", "Money, debt and benefits"
    FAMILY = "family", "Families and domestic abuse support"
    MENTORING = "mentoring", "Mentoring"
    OTHER = "other", "Another service"


class Consent(Titled):
    NOT_ASKED = "not_asked", "Not asked yet"
    AGREED = "agreed", "They agree that we tell the service"
    REFUSED = "refused", "They do not agree"


class ReferralState(Titled):
    """What may follow what is `ttg.rules.referrals`."""

    DRAFTED = "drafted", "Drafted"
    SENT = "sent", "Sent, no answer yet"
    RECEIVED = "received", "Received"
    WAITING = "waiting", "On a waiting list"
    ACCEPTED = "accepted", "Accepted"
    BOOKED = "booked", "Accepted, first appointment booked"
    ATTENDED = "attended", "First appointment attended"
    MISSED = "missed", "First appointment missed"
    REJECTED = "rejected", "Turned down by the service"
    WITHDRAWN = "withdrawn", "Taken back"
    CLOSED = "closed", "Closed"


class SentHow(Titled):
    EMAIL = "email", "By e-mail with a link to answer"
    TELEPHONE = "telephone", "By telephone"
    PORTAL = "portal", "On the service’s own website"
    LETTER = "letter", "By letter"
