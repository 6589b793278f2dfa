"""Where somebody goes from prison, and what they have with them at the gate.

Sources: Through the Gate reference 3 (bank, identity, documents), 6, 7; product rules, gates (release).
"""

from cases.reference.codes import Titled


class HomeKind(Titled):
    OWN = "own", "Their own home or tenancy"
    FAMILY = "family", "With family or friends"
    SOCIAL = "social", "A new council or housing association tenancy"
    PRIVATE = "private", "A new private tenancy"
    SUPPORTED = "supported", "Supported housing"
    HOSTEL = "hostel", "Hostel"
    APPROVED = "approved", "Approved premises"
    TEMPORARY = "temporary", "Temporary, through a housing authority"
    OTHER = "other", "Somewhere else"


class OfferState(Titled):
    OFFERED = "offered", "Offered, safety not looked at yet"
    CONFIRMED = "confirmed", "Safe, and confirmed"
    UNSAFE = "unsafe", "Not safe"
    DECLINED = "declined", "Declined by the person"
    LOST = "lost", "Offer taken back"


class Night(Titled):
    """Days after release on which we ask where they are. Source: Through the Gate reference 7 (night 1, night 28, three months)."""

    FIRST = "1", "First night"
    MONTH = "28", "Night 28"
    QUARTER = "91", "Night 91"


class Stays(Titled):
    SETTLED = "settled", "Settled: a home they may stay in"
    FOR_NOW = "for_now", "A roof for now"
    NOWHERE = "nowhere", "Nowhere: on the street or from sofa to sofa"
    CUSTODY = "custody", "Back in custody"
    UNKNOWN = "unknown", "Nobody could find out"


class Item(Titled):
    """What people need in their hand or in place at the gate."""

    BANK = "bank", "Bank account"
    BIRTH = "birth", "Birth certificate"
    PHOTO = "photo", "Photo identity"
    INSURANCE = "insurance", "National Insurance number"
    BENEFIT = "benefit", "Benefit claim"
    GRANT = "grant", "Discharge grant"
    DOCTOR = "doctor", "Registered with a doctor"
    SCRIPT = "script", "Prescription"
    MEDICATION = "medication", "Medication to take away"
    NALOXONE = "naloxone", "Naloxone"
    PHONE = "phone", "Telephone"
    TRAVEL = "travel", "Travel warrant or ticket"
    CLOTHES = "clothes", "Clothes for the weather"
    SUPPORT = "support", "Mental health support in place"


class ItemState(Titled):
    NEEDED = "needed", "Needed"
    APPLIED = "applied", "Applied for"
    READY = "ready", "There"
    RETURNED = "returned", "Sent back: something is missing"
    TURNED_DOWN = "turned_down", "Turned down"
    DECLINED = "declined", "Declined by the person"
    NOT_NEEDED = "not_needed", "Not needed"
