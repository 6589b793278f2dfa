"""Whoever was written to of the court is written to again where what that letter said of the day stands no more.

A letter that went before a day was set promises another that names it. Source: `cases.rules.enforcement.court`.
"""

from django.urls import reverse
from django.utils.timezone import localtime

from cases.queries.recipients import owner_and_cover
from cases.reference.enforcement import BreachState, LetterKind, LetterState
from cases.rules.enforcement.court import TOLD_BY_LETTER, ring_them, why_told
from cases.rules.enforcement.letters import says_court
from cases.services.enforcement.breaches.steps import next_hearing
from cases.services.enforcement.letters import MADE, ask_for_letter
from cases.services.telling import tell


def tell_the_day(breach, *, by, now):
    """Have the officer ring whoever was written to of the court, since the day there is another than it was: a letter may
    come too late. Owe another letter as well, where the last that went says something else. The caller holds the case.

    Where that says what stands now, as of a day that was called off and stands again, they may have been rung meanwhile and
    told otherwise. One that is still to go says by itself what stands by then; one that came back is the officer's to see
    to. Where no day is set any more, none is written: the next names the day that is set then.
    """
    hearing = next_hearing(breach)
    if BreachState(breach.state) not in TOLD_BY_LETTER or (hearing and hearing.at <= now):
        return
    letters = breach.letters.filter(kind=LetterKind.BREACH, state=LetterState.SENT)
    went = letters.order_by("-sent_at", "-pk").first()
    if went is None:
        return
    at, court = (localtime(hearing.at), hearing.court_name) if hearing else (None, "")
    says = says_court(went.words[MADE], at, court)
    case, about = breach.case, {"kind": LetterKind.BREACH, "breach": breach}
    if at and not says:
        ask_for_letter(case=case, **about, why=why_told(at.date()), by=by, now=now)
    tell(
        case=case,
        users=owner_and_cover(case, localtime(now).date()),
        text=ring_them(case.crn, at.date() if at else None, again=says),
        href=reverse("breach", args=[case.crn, breach.pk]),
        now=now,
    )
