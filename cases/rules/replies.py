"""What an agency answered about each of those asked about, and what that comes to as a whole.

Source: product rules, checks: a reply covers its subjects and nobody else; no trace of one of them
says nothing of another.
"""

from cases.reference.checks import CheckKind, EnquiryState, Reply
from cases.reference.information import SaidBy
from cases.rules.checks import check_back
from staff.errors import RuleBroken

ANSWERS = frozenset(
    {Reply.NO_TRACE, Reply.INFORMATION}
)  # that say something of whom they are about
REPLACED = "A later enquiry has taken the place of this one."
SAID_BY = {  # who speaks when this agency does
    CheckKind.POLICE: SaidBy.POLICE,
    CheckKind.CHILDREN: SaidBy.SOCIAL_CARE,
    CheckKind.ADULTS: SaidBy.SOCIAL_CARE,
    CheckKind.COURT_TERMS: SaidBy.COURT,
    CheckKind.PRISON: SaidBy.PRISON,
}


def overall(answers):
    """The reply as a whole. `answers`: of each of those asked about, blank where they said nothing."""
    found = set(answers)
    if not any(found):
        raise RuleBroken("Say what they answered about at least one of those asked about.")
    if len(found) == 1:
        return Reply(*found)
    return Reply.INFORMATION if found == ANSWERS else Reply.PARTIAL


def answer_about(own, others, whole):
    """What was answered about one of those asked about; blank where nothing was.

    `own` is what was recorded about them, `others` what was about each. A reply recorded only as a
    whole speaks of all it asked about, unless it was but part of an answer: nobody knows which part.
    """
    if any(others):
        return own
    return whole if whole != Reply.PARTIAL else ""


def check_answers(answers, asked, text):
    """Refuse answers about nobody in the enquiry, and all but no trace without its words."""
    if not answers.keys() <= asked:
        raise RuleBroken("Somebody answered about is not among those the enquiry asks about.")
    whole = overall(answers.get(one, "") for one in asked)
    if set(answers.values()) - {Reply.NO_TRACE, ""} and not text.strip():
        raise RuleBroken("Record what the agency said.")
    return whole


def check_right(state, same, because):
    """Refuse to put right what nobody recorded, what a later enquiry has replaced, or nothing, or for no reason."""
    if state == EnquiryState.SUPERSEDED:
        raise RuleBroken(f"{REPLACED} Keep what they said as a further reply, which is read.")
    check_back(state, EnquiryState.REPLIED)
    if not because.strip():
        raise RuleBroken("Say what was wrong, and how you know.")
    if same:
        raise RuleBroken("That is what is recorded already. Change what is wrong.")


def is_worse(was, said):
    """Whether somebody is told of who was not, or is no longer one of whom there is no trace.

    Both: {key of whoever was asked about: `Reply`}, blank or left out where nothing was said.
    """
    changed = [
        (was.get(one, ""), said.get(one, ""))
        for one in was.keys() | said.keys()
        if was.get(one, "") != said.get(one, "")
    ]
    return any(now == Reply.INFORMATION or before == Reply.NO_TRACE for before, now in changed)


def why_none_is_taken(state, first):
    """Why an enquiry in this state takes no reply; blank where it does.

    `first`: who recorded the reply that it has, and when, in words; blank where it has none.
    """
    match EnquiryState(state):
        case EnquiryState.SENT:
            return ""
        case EnquiryState.SUPERSEDED:
            return REPLACED
        case EnquiryState.REPLIED | EnquiryState.ANALYSED if first:
            return f"{first[0]} recorded a reply to this enquiry on {first[1]}."
    return f"This enquiry is at “{EnquiryState(state).title}”, so it takes no reply."
