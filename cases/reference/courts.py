"""What a court asks about somebody supervised here. Source: local practice; a court asks in the morning for the afternoon."""

from cases.reference.codes import Titled


class CourtWants(Titled):
    PROGRESS = "progress", "How the order is going"
    BREACH = "breach", "What is owed, and any failure to comply"
    NEW_OFFENCE = "new_offence", "How they stand with us, at sentence for a new offence"
    APPLICATION = "application", "Our view of an application to change or end the order"
    OTHER = "other", "Something else"


class SentBy(Titled):
    """How the reply went to the court."""

    EMAIL = "email", "Secure e-mail"
    TELEPHONE = "telephone", "Telephone, to a named court officer"
    IN_COURT = "in_court", "Said in court"
