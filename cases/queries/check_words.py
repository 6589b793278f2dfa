"""Where one enquiry stands, in a sentence. Source: product rules, checks."""

from cases.reference.checks import EnquiryState
from cases.rules.checks import how_it_stands, say_changes
from staff.kit import on


def words_of(one, names, today):
    """Where an enquiry stands, as a sentence."""
    match EnquiryState(one.state):
        case EnquiryState.ANALYSED:
            return f"{on(one.analysed_on)}. {say_changes(one.all_changes)}."
        case EnquiryState.NOT_NEEDED:
            return f"{names.text(one.not_needed_because).rstrip('.')}."
        case EnquiryState.SUPERSEDED:
            return "A later enquiry has taken its place."
    return f"{how_it_stands(one, today)}. {_due_words(one, today)}"


def _due_words(one, today):
    what = {
        EnquiryState.DUE: "To be sent",
        EnquiryState.SENT: "To be chased",
        EnquiryState.REPLIED: "To be read and analysed",
    }[EnquiryState(one.state)]
    return f"{what} by {on(one.due_on)}."
