"""States in which somebody cannot be seen as usual, and which clocks stand still meanwhile.

Source: product rules, GRID (the monthly floor is paused in custody, hospital or warrant), clocks; which of the other
clocks need the person here is local policy. Enquiries, what protects somebody else, and whatever staff owe one another run on.
"""

from cases.reference.codes import Titled


class PauseKind(Titled):
    WARRANT = "warrant", "Warrant out"
    AT_LARGE = "at_large", "Unlawfully at large"
    CUSTODY = "custody", "In custody"
    HOSPITAL = "hospital", "In hospital"
    DEPORTED = "deported", "Deported or removed"


WANTED = frozenset({PauseKind.WARRANT, PauseKind.AT_LARGE})  # nobody knows where they are
# Kinds of deadline that nobody can meet while the person is not here
NEED_THE_PERSON = frozenset(
    {
        "first_appointment",
        "first_appointment_licence",
        "hold_induction",
        "make_plan",
        "monthly_contact",
        "offer_again",
        "call_same_day",
        "book_interpreter",
        "book_rar_day",
        "book_replacement",
        "home_visit",
        "assess_work_risk",
        "renew_work_risk",
        "arrange_work",
        "allocate_again",
        "review_work",
        "see_again",
        "ask_welfare",
    }
)
# Whether they would harm themselves is asked, in custody or hospital, by ringing those who have them
STAND_STILL = {
    PauseKind.WARRANT: NEED_THE_PERSON - {"call_same_day"},
    PauseKind.AT_LARGE: NEED_THE_PERSON - {"call_same_day"},
    PauseKind.CUSTODY: NEED_THE_PERSON - {"ask_welfare"},
    PauseKind.HOSPITAL: NEED_THE_PERSON - {"call_same_day", "ask_welfare"},
    PauseKind.DEPORTED: NEED_THE_PERSON,
}
# All that is still owed once somebody has died, a case has ended or another provider has it
RUN_AFTER_LEAVING = frozenset(
    {
        "tell_of_death",
        "tell_victim_liaison",
        "answer_court",
        "notify_further_offence",
        "review_further_offence",
        "acknowledge_complaint",
        "answer_complaint",
    }
)
