"""Whether a review changes nothing although something happened, and says nothing of why.

Sources: report 2.4 ("The review did not have any specific impact on what was being planned [...] little has been
changed apart from the level of motivation"); goals of the whole system, the detector of hollow reviews.

It is hollow when significant events stand and none of these holds (RULES, each one reason not to be):

- *tied*: an answer names a difference of substance, a step that is new in substance, or a raise;
- *plausible*: a difference of substance that came about no earlier than the event became known, and is about
  what an event of that kind is about; one that only records the event itself is none;
- *said why*: more than half of the events are answered "nothing, because" in words of their own: not a stock
  phrase, not another answer's over again, on a topic of the event, and with something in them that its
  title does not say. Two answered together may share a sentence that speaks of both, and so may an event and
  one of its kind that does not matter.
"""

from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz

from cases.reference.event_words import ABOUT
from cases.reference.reviews import Answered, EventKind
from cases.rules.stock import is_stock
from cases.rules.text_differences import Amount
from cases.rules.wording import concrete, plain, topics_of
from cases.rules.words import counted

PASTED = 90  # of 100: an answer that is another over again
CONCRETE = 2  # words that say something and are not in the event's title
CONCRETE_ALONE = 3  # where they are on no topic we know, and so on no other
# A register or a level that is there because of such an event is the event, not its answer
ITSELF = {
    EventKind.REGISTER: ("risk:register:",),
    EventKind.RAISED: ("risk:register:", "risk:contact_level", "risk:harm"),
    EventKind.NEW_PERSON: ("risk:victim:",),
}


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """How the review answers an event. `changes`: keys of differences; `step`: the key of a step put in the plan.

    `together`: the same for events that were answered at once.
    """

    key: str
    how: Answered | str = ""
    words: str = ""
    changes: tuple[str, ...] = ()
    step: int | None = None
    raised: bool = False
    together: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the detector saw. `lines`: the list behind the sentence, one for each event and each difference."""

    hollow: bool
    sentence: str
    lines: tuple[str, ...] = ()
    happened: int = 0
    changed: int = 0  # of those that happened: how many changed something
    said_why: int = 0  # how many are answered by why they change nothing

    def __bool__(self):
        return self.hollow


@dataclass(frozen=True, slots=True)
class Seen:
    """All that the rules read: the events that matter, what is said of each, what is different in substance."""

    events: tuple
    answers: dict[str, EventAnswer]
    substance: tuple
    own: tuple[str, ...] = ()
    minor: dict[str, str] = field(default_factory=dict)  # kind of each event that does not matter

    def answer_to(self, event):
        return self.answers.get(event.key, EventAnswer(event.key))


def no_change(events, answers, differences, own=()):
    """Look at one review. `events`: `cases.rules.events.Event`; `answers`: `EventAnswer`; `differences`: of
    `cases.rules.differences`; `own`: names of the person on probation."""
    matter = tuple(one for one in events if one.significant)
    substance = tuple(one for one in differences if one.amount == Amount.SUBSTANTIVE)
    minor = {one.key: one.kind for one in events if not one.significant}
    seen = Seen(matter, {one.key: one for one in answers}, substance, tuple(own), minor)
    changed = [one for one in matter if is_tied(seen, one) or is_plausible(seen, one)]
    why = [one for one in matter if one not in changed and is_said_why(seen, one)]
    hollow = bool(matter) and not any(rule(seen) for rule in RULES)
    return Finding(
        hollow=hollow,
        sentence=_sentence(matter, changed, why, substance, differences),
        lines=tuple(_lines(seen, changed, why, differences)),
        happened=len(matter),
        changed=len(changed),
        said_why=len(why),
    )


def tied(seen):
    """The officer tied something genuine to one of the events."""
    return any(is_tied(seen, one) for one in seen.events)


def plausible(seen):
    """Something genuine is there that is about one of the events, and came after it."""
    return any(is_plausible(seen, one) for one in seen.events)


def said_why(seen):
    """More than half of the events are answered by why they change nothing."""
    return 2 * sum(is_said_why(seen, one) for one in seen.events) > len(seen.events)


RULES = (tied, plausible, said_why)


def is_tied(seen, event):
    """A text is tied to what it comes to speak of; a level, a choice, a step to whatever the officer says."""
    answer = seen.answer_to(event)
    named = {*answer.changes, *([f"step:{answer.step}"] if answer.step else ())}
    there = (one for one in seen.substance if one.key in named)
    return answer.how == Answered.CHANGE and (
        answer.raised or any(not one.in_words or one.about & _about(event) for one in there)
    )


def is_plausible(seen, event):
    """A text that says no more than it did may be the same said otherwise: only the officer can say it is not."""
    return any(
        not one.in_words
        and one.about & _about(event)
        and _in_time(one, event)
        and not one.key.startswith(ITSELF.get(event.kind, ("-",)))
        for one in seen.substance
    )


def _about(event):
    return ABOUT[EventKind(event.kind)]


def _in_time(difference, event):
    learnt: date = getattr(event, "learnt_on", event.on)
    return difference.since is None or difference.since >= learnt


def is_said_why(seen, event):
    answer = seen.answer_to(event)
    if answer.how != Answered.NOTHING or is_stock(answer.words) or _is_pasted(seen, event):
        return False
    known = topics_of(answer.words)
    needed = CONCRETE if known & _about(event) else CONCRETE_ALONE
    return not (known and needed == CONCRETE_ALONE) and (
        concrete(answer.words, event.what, seen.own) >= needed
    )


def _is_pasted(seen, event):
    """Whether another event, not answered together with this one, has this answer again.

    An event of the same kind that does not matter, as appointments moved beside those missed, may have it.
    """
    answer = seen.answer_to(event)
    return any(
        fuzz.ratio(plain(answer.words), plain(other.words)) >= PASTED
        for other in seen.answers.values()
        if other.key != answer.key
        and other.words
        and seen.minor.get(other.key) != event.kind
        and not (answer.together and other.together == answer.together)
    )


def _sentence(matter, changed, why, substance, differences):
    if not matter:
        return "Nothing significant happened."
    parts = [f"{counted(len(matter), 'thing')} happened, {len(changed)} changed the plan"]
    if why:
        parts.append(f"{len(why)} answered by why not")
    amounts = {one.amount for one in differences}
    if substance:
        parts.append(f"{counted(len(substance), 'change')} of substance in all")
    elif amounts == {Amount.MOTIVATION} or amounts == {Amount.MOTIVATION, Amount.COSMETIC}:
        parts.append("only the level of motivation is different")
    elif amounts:
        parts.append("only wording and dates are different")
    else:
        parts.append("nothing is different")
    return f"{', '.join(parts[:1])}; {'; '.join(parts[1:])}."


def _lines(seen, changed, why, differences):
    for one in seen.events:
        if one in changed:
            said = "changed something"
        elif one in why:
            said = "changes nothing, and it is said why"
        elif not seen.answer_to(one).how:
            said = "not answered"
        elif seen.answer_to(one).how == Answered.CHANGE:
            said = "said to change something, and nothing of substance is tied to it"
        else:
            said = "changes nothing, and the words do not say why"
        yield f"{one.what}: {said}"
    words = {
        Amount.COSMETIC: "wording or dates only",
        Amount.MOTIVATION: "motivation only",
        Amount.SUBSTANTIVE: "a change of substance",
    }
    for difference in differences:
        yield f"{difference.asks}: {words[difference.amount]}"
