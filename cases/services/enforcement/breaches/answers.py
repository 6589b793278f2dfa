"""What the NPS answers to a breach pack, as the hub hears it: it asks for more, returns, declines or accepts it.

Source: supervision reference 2.3 (only the NPS lays a breach; it may return or decline it); contract SL15.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.queries.recipients import owner_and_cover, seniors_of
from cases.reference.enforcement import BreachState, LetterKind
from cases.rules.enforcement.breaches import FROM_THE_NPS, check_answer, check_day, check_step
from cases.rules.leaving import check_still_here
from cases.services.enforcement.breaches.steps import locked, take_step
from cases.services.enforcement.letters import ask_for_letter
from cases.services.enforcement.rested import ask_again_of
from cases.services.telling import tell
from staff.errors import RuleBroken

State = BreachState
LONGEST_OUTSIDE = 200
HEARD = {
    State.MORE_ASKED: "The NPS asks for more of the breach of {crn}. Read what, and what you are asked to add.",
    State.RETURNED: "The NPS returned the breach pack of {crn}. Read what it wants put right.",
    State.DECLINED: "The NPS declined the breach of {crn}. Read why.",
    State.ACCEPTED: "The NPS accepted the breach of {crn}. Keep seeing them meanwhile.",
}


@transaction.atomic
def say_nps_answer(*, breach, to, on, outside, by, now, words=""):
    """Record what the NPS answered. `outside`: who said so there; once accepted, they are who lays it. Returns the step."""
    breach, to = locked(breach), State(to)
    today = localtime(now).date()
    check_still_here(breach.case.left_as)
    if to not in FROM_THE_NPS:
        raise RuleBroken("Choose what the NPS answered.")
    check_step(State(breach.state), to)
    check_answer(to, words, outside)
    check_day(on, localtime(breach.submitted_at).date(), today, "the pack was sent")
    outside = " ".join(outside.split())
    if len(outside) > LONGEST_OUTSIDE:
        raise RuleBroken(f"Name them in {LONGEST_OUTSIDE} letters or fewer.")
    if to == State.ACCEPTED:
        breach.nps_officer = outside
    step = take_step(breach, to, on=on, by=by, now=now, words=words.strip(), outside=outside)
    if to == State.ACCEPTED:
        ask_for_letter(
            case=breach.case,
            kind=LetterKind.BREACH,
            breach=breach,
            why="The NPS accepted the breach: they are told that it goes to court",
            by=by,
            now=now,
        )
    if to == State.DECLINED:  # it was referred, and comes to nothing unless somebody looks
        ask_again_of(breach, "The NPS declined its breach", by=by, today=today)
    _tell(breach, to, by=by, now=now)
    return step


def _tell(breach, to, *, by, now):
    """Whoever holds the case hears; of one that is declined the seniors too."""
    case, today = breach.case, localtime(now).date()
    told = {one.pk: one for one in owner_and_cover(case, today)}
    if to == State.DECLINED:
        told |= {one.pk: one for one in seniors_of(case, today)}
    told.pop(by.pk, None)
    tell(
        case=case,
        users=[told[pk] for pk in sorted(told)],
        text=HEARD[to].format(crn=case.crn),
        href=reverse("breach", args=[case.crn, breach.pk]),
        now=now,
    )
