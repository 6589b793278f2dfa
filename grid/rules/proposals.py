"""What is proposed to somebody by itself, why it no longer is, and what they wait for that suits them no more.

Sources: HMIP Thames Valley CRC 2018, Annex 3 (a suitable programme from the outset; the first 60 days of those who score 75% or
more) and 2.3 (waits). Local policy: one thing is proposed at a time, and what an officer has said no to is not proposed again for
26 weeks. What is said here tells no score and repeats nothing that a court wrote: lists are read by whoever leads a group.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cases.reference.codes import Place
from cases.rules.words import ended, shortened
from grid.reference.groups import ReferralState
from grid.reference.interventions import INTERVENTIONS, Hook
from grid.rules.facts import Sentenced
from grid.rules.intervention_ranking import FRONT_LOADED_FROM, Ranking, apart, why
from grid.rules.likelihood import start_of_followup
from grid.rules.placement import Outcome
from grid.rules.suitability import Criterion, Suitability
from grid.rules.suitability_facts import Met, Person

QUIET = timedelta(weeks=26)  # local policy: how long a no holds
LONGEST_BECAUSE = LONGEST_WORDS = 500  # letters that are kept
LONGEST_CLOSED = 300
SAID_NO = frozenset({ReferralState.DECLINED, ReferralState.WITHDRAWN})
FIRST_DAYS_FIRST = (
    f"They score {FRONT_LOADED_FROM}% or more, so the first 60 days come first: answer it at once."
)
NO_LONGER = {  # by the criterion that is not met any more, without what was found
    Criterion.OFFERED: "it does not run here at present",
    Criterion.SEX: "it is for others than their record says",
    Criterion.HOOK: "nothing that they are under brings them to it now",
    Criterion.TIME: "not enough time is left before what brings them to it ends",
    Criterion.LIKELIHOOD: "it is for another likelihood of reoffending than theirs",
    Criterion.HARM: "their risk of serious harm is higher than it is for",
    Criterion.NEED: "they are assessed as having no need that it meets",
    Criterion.PARTNER_VIOLENCE: "it does not go with what is recorded of violence to a partner",
    Criterion.VIOLENCE: "it does not go with what is recorded of violent offences",
}  # fmt: skip
KEPT_OUT = {
    Place.NO_SENTENCE: "nobody supervises them here any more",
    Place.RETAINED: "the NPS manages them",
    Place.ESCALATE: "their risk goes to the NPS first",
}
OF_BEGINNING = frozenset({Criterion.HOOK, Criterion.TIME})  # not asked of whoever is in a series


@dataclass(frozen=True, slots=True)
class Earlier:
    """A referral of theirs as it stands."""

    code: str
    state: ReferralState
    hook: Hook
    closed_on: date | None = None
    key: int = 0

    @property
    def content(self) -> str:
        return content_of(self.code)


def content_of(code: str) -> str:
    """The group intervention whose content it has: itself, where it is one."""
    return INTERVENTIONS[code].equal_to or code


def kept_out(outcome: Outcome, *, held: bool) -> str:
    """Why nothing of this is for them, within a sentence; blank: it is."""
    return KEPT_OUT.get(outcome.place, "they are in custody" if held else "")


def is_recent(sentence: Sentenced | None, today: date, weeks: int) -> bool:
    """Whether their supervision under the sentence that rules began within so many weeks: an old caseload is not flooded."""
    start = start_of_followup(sentence) if sentence else None
    return start is not None and today - timedelta(weeks=weeks) <= start <= today


def as_referred(person: Person, earlier: Iterable[Earlier]) -> Person:
    """With what was finished here counted as done; what they wait for or are in is still to be finished, so nothing follows it yet."""
    those = list(earlier)
    done = {one.code for one in those if one.state is ReferralState.DONE}
    waited_for = {one.code for one in those if one.state is ReferralState.ACCEPTED}
    return replace(person, planned=(person.planned | done) - waited_for)


def proposable(ranking: Ranking, earlier: Iterable[Earlier], today: date) -> Suitability | None:
    """What is to be proposed: the first that suits, unless they wait for the same, or somebody has said no to it lately.

    What comes after it is for the officer to choose. One that is proposed already is that which stands.
    """
    first = ranking.proposed
    if first is None:
        return None
    content = content_of(first.intervention.code)
    same = [one for one in earlier if one.content == content]
    return None if any(_rules_out(one, today) for one in same) else first


def _rules_out(one, today):
    if one.state in SAID_NO:
        return one.closed_on is not None and today < one.closed_on + QUIET
    return one.state in {ReferralState.ACCEPTED, ReferralState.DONE}


def stands(one: Earlier, proposed: Suitability | None) -> bool:
    """Whether what is proposed is what would be proposed today, by the same."""
    return proposed is not None and (one.code, one.hook) == (
        proposed.intervention.code,
        _hook(proposed),
    )


def why_lapsed(one: Earlier, proposed: Suitability | None, ranking: Ranking, judged: Mapping[str, Suitability]) -> str:  # fmt: skip
    """Why what was proposed to somebody who is placed no longer is. `proposed`: what is now."""
    now = judged[one.code]
    if gone := no_longer(now):
        return gone
    if one.content in {content_of(code) for code in ranking.person.planned}:
        return "It is planned or done already."
    if proposed is None:
        return _why_nothing(now)
    title = proposed.intervention.title
    if proposed.intervention.code == one.code:
        return "What would bring them to it has changed, so it is proposed afresh."
    if now in ranking.suits:
        return f"{title} comes before it now: {apart(proposed, now, ranking.person)}."
    return f"{title} comes before it now."


def _why_nothing(now):
    if now.verdict is Met.NOT_KNOWN:
        return "Whether it suits turns on what is not known any more."
    return "The same was declined, or they wait for it, in another form."


def no_longer(now: Suitability, *, in_series: bool = False, out: str = "") -> str:
    """Why what they wait for suits them no more, in a sentence; blank: it does, or nobody knows that it does not.

    `out`: why nothing is for them. `in_series`: they have begun, so it is not asked again whether the whole would fit.
    """
    if out:
        return f"No longer suits: {out}."
    passed_over = OF_BEGINNING if in_series else frozenset[Criterion]()
    for found in now.findings:
        if found.met is Met.NOT_MET and found.criterion not in passed_over:
            return f"No longer suits: {NO_LONGER[found.criterion]}."
    return ""


def because(ranking: Ranking) -> str:
    """Why it is proposed, in sentences, and that it comes at once for whoever it must."""
    said = [*why(ranking), FIRST_DAYS_FIRST] if is_front_loaded(ranking.person) else why(ranking)
    told = " ".join(said)
    return told if len(told) <= LONGEST_BECAUSE else shortened(told, LONGEST_BECAUSE)


def is_front_loaded(person: Person) -> bool:
    percent = person.likelihood.value
    return percent is not None and percent >= FRONT_LOADED_FROM


def evidence_of(one: Suitability) -> dict[str, list[dict[str, str]]]:
    """Each criterion as it was found, to be kept as it is."""
    return {"criteria": [_told(found) for found in one.findings]}


def _told(found):
    evidence = found.evidence
    dated = evidence.on if evidence else None
    return {
        "criterion": str(found.criterion),
        "met": str(found.met),
        "words": ended(found.words),
        "evidence": evidence.words if evidence else "",
        "on": dated.isoformat() if dated else "",
    }


def is_ordered(one: Suitability) -> bool:
    """Whether the court ordered this very one."""
    by = one.by
    return bool(by and by.hook is Hook.PROGRAMME and by.ordered == one.intervention.code)


def _hook(one):
    return one.by.hook if one.by else None


def waits_for_the_same(code: str, earlier: Collection[Earlier]) -> bool:
    """Whether they are on the waiting list of it, in any form."""
    return any(
        one.state is ReferralState.ACCEPTED and one.content == content_of(code) for one in earlier
    )
