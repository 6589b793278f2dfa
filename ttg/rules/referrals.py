"""What a referral may become, whom the duty to refer covers, and what is still missing around one.

Source: Through the Gate reference 6 (states of a referral, named acceptance), 7 (T1, T3); Homelessness Reduction Act 2017
(duty to refer: in England, with consent, to the authority the person chooses); report 4.2.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from ttg.reference.referrals import (
    Consent,
    NeedSide,
    NeedState,
    Pathway,
    ReferralState,
    SentHow,
    ServiceKind,
)

S = ReferralState
ANSWERS = (S.RECEIVED, S.WAITING, S.ACCEPTED, S.BOOKED, S.REJECTED)  # what a service may say
MAY_BECOME = {
    S.DRAFTED: {S.SENT, S.WITHDRAWN},
    S.SENT: {*ANSWERS, S.WITHDRAWN, S.CLOSED},
    S.RECEIVED: {S.WAITING, S.ACCEPTED, S.BOOKED, S.REJECTED, S.WITHDRAWN, S.CLOSED},
    S.WAITING: {S.ACCEPTED, S.BOOKED, S.REJECTED, S.WITHDRAWN, S.CLOSED},
    S.ACCEPTED: {S.BOOKED, S.REJECTED, S.WITHDRAWN, S.CLOSED},
    S.BOOKED: {S.BOOKED, S.ATTENDED, S.MISSED, S.REJECTED, S.WITHDRAWN, S.CLOSED},
    S.MISSED: {S.BOOKED, S.REJECTED, S.WITHDRAWN, S.CLOSED},
    S.ATTENDED: {S.CLOSED},
    S.REJECTED: set(),
    S.WITHDRAWN: set(),
    S.CLOSED: set(),
}
OVER = frozenset(state for state, after in MAY_BECOME.items() if not after)
MEETS = frozenset({S.ACCEPTED, S.BOOKED, S.ATTENDED})  # a need: somebody there takes them on
NOT_ASKED = frozenset({S.DRAFTED, S.WITHDRAWN})  # the service never had it, or has it no more
BY_LINK = frozenset({S.SENT, S.RECEIVED, S.WAITING, S.ACCEPTED})  # in which the service may answer
WELSH = frozenset({"CF", "LD", "LL", "NP", "SA"})  # areas of postcodes in which its prisons stand
LONGEST_TELLS = 2000


@dataclass(frozen=True, slots=True)
class NeedFacts:
    key: int
    pathway: str
    side: str
    state: str


@dataclass(frozen=True, slots=True)
class AskedFacts:
    """A referral, as what is missing around it is told."""

    need: int
    kind: str  # of the service
    state: str


def check_step(was, becomes):
    """Refuse what does not follow. "Signposted" is no state, so nothing becomes it."""
    if becomes not in MAY_BECOME[S(was)]:
        raise RuleBroken(
            f"This referral is “{S(was).title}”: it cannot become “{S(becomes).title}”. "
            "Look at where it stands now."
        )


def may_answer(state):
    """What the service may be recorded as saying, given where the referral stands."""
    return [one for one in ANSWERS if one in MAY_BECOME[S(state)]]


def check_tells(tells):
    """What the service is told, trimmed."""
    tells = tells.strip()
    if says_nothing(tells):
        raise RuleBroken("Say what the service needs to know to help, and no more.")
    if len(tells) > LONGEST_TELLS:
        raise RuleBroken(f"Tell the service less: {LONGEST_TELLS:,} letters at most.")
    return tells


def check_consent(*, consent, consent_on, today):
    """Whether they agree that we tell the service, and since when. Returns the day, which is none until asked."""
    if consent == Consent.REFUSED:
        raise RuleBroken(
            "They do not agree, so the service is told nothing. Settle the need as declined, in their own words."
        )
    if consent == Consent.NOT_ASKED:
        return None
    if consent_on is None:
        raise RuleBroken("Say on which day they agreed.")
    if consent_on > today:
        raise RuleBroken("They cannot have agreed on a day still to come.")
    return consent_on


def check_may_send(*, consent, how, email):
    """Voluntary and health services are told with agreement alone. Source: product rules, sharing."""
    if consent != Consent.AGREED:
        raise RuleBroken("Ask them first: a service is told only what they agreed to.")
    if how == SentHow.EMAIL and not email:
        raise RuleBroken(
            "The book has no e-mail address for this service. Add it, or send it another way."
        )


def is_welsh(postcode):
    """Whether a prison with this postcode stands in Wales, where the English duty to refer is not the law."""
    letters = postcode.strip().upper()[:2]
    return letters in WELSH


def check_duty(*, under_duty, kind, consent, chosen_because, housed, welsh):
    """The duty to refer somebody who may be homeless. Returns why they chose this authority, trimmed."""
    chosen_because = chosen_because.strip()
    if not under_duty:
        return chosen_because
    if welsh:
        raise RuleBroken(
            "The duty to refer is the law in England. From a prison in Wales ask the housing options team of the council "
            "they go to, without it, and the prison’s own resettlement team."
        )
    if kind != ServiceKind.HOUSING_AUTHORITY:
        raise RuleBroken("Under the duty to refer, a housing authority is asked. Choose one.")
    if housed:
        raise RuleBroken(
            "A home is confirmed, so the duty to refer does not apply. Refer without it."
        )
    if consent != Consent.AGREED:
        raise RuleBroken("Under the duty to refer they must agree first.")
    if says_nothing(chosen_because):
        raise RuleBroken("Say why they chose this authority: the choice is theirs.")
    return chosen_because


def check_answer(*, was, answer, received_by, because):
    """What the service said. Returns (who there said it, why not), trimmed."""
    received_by, because = received_by.strip(), because.strip()
    if answer not in ANSWERS:
        raise RuleBroken("Say what the service answered.")
    check_step(was, answer)
    if says_nothing(received_by):
        raise RuleBroken("Say who at the service has it, by name. An answer without a name is none.")  # fmt: skip
    if answer == S.REJECTED and says_nothing(because):
        raise RuleBroken("Say why the service turned them down.")
    return received_by, because


def check_first(*, at, where, sent_at):
    """The first appointment there. Returns where, trimmed."""
    where = where.strip()
    if at is None:
        raise RuleBroken("Say on which day and at what time the first appointment is.")
    if sent_at and at < sent_at:
        raise RuleBroken("The first appointment cannot be before the referral was sent.")
    if says_nothing(where):
        raise RuleBroken("Say where the first appointment is.")
    return where


def check_attended(*, first_at: datetime, now: datetime, came, words):
    """Whether they went. Returns the words, trimmed, which must say something where they did not."""
    words = words.strip()
    if first_at > now:
        raise RuleBroken("The first appointment has not been yet.")
    if not came and says_nothing(words):
        raise RuleBroken("Say what is known of why they did not go, and what is done about it.")
    return words


def check_over(because):
    because = because.strip()
    if says_nothing(because):
        raise RuleBroken("Say why.")
    return because


def substances_gap(needs: Iterable[NeedFacts], asked: Iterable[AskedFacts]) -> list[int]:
    """The drug and alcohol needs in the community that no community service has been asked to meet.

    One that the person declined, in their own words, is not open and so is no gap. Source: report 4.2 (T3).
    """
    with_service = {
        one.need
        for one in asked
        if one.kind == ServiceKind.DRUGS_ALCOHOL and one.state not in NOT_ASKED
    }
    return [
        one.key
        for one in needs
        if one.pathway == Pathway.SUBSTANCES
        and one.side == NeedSide.COMMUNITY
        and one.state == NeedState.OPEN
        and one.key not in with_service
    ]


def turned_away(needs: Iterable[NeedFacts], asked: Iterable[AskedFacts]) -> list[int]:
    """Open needs whose every referral is over without having met them, so that nobody has them in hand."""
    states: dict[int, list[str]] = {}
    for one in asked:
        states.setdefault(one.need, []).append(one.state)
    return [
        one.key
        for one in needs
        if one.state == NeedState.OPEN
        and one.key in states
        and all(state in OVER for state in states[one.key])
    ]


def pharmacy_gap(release_on: date, weekdays, holidays=frozenset()) -> int | None:
    """How many days after release the pharmacy first opens: 0 on the day itself. None where nobody knows.

    Source: Through the Gate reference 7 (a prescription on the day, or on the next working day).
    """
    open_on = set(weekdays)
    if not open_on:
        return None
    for after in range(29):
        day = release_on + timedelta(days=after)
        if day.weekday() in open_on and day not in holidays:
            return after
    return None
