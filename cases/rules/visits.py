"""When somebody is owed a visit at home, what lets one go ahead, and who hears when nobody comes back.

Sources: product rules, clocks ("domestic abuse, child or household concern: 15, after the police reply or a
staff-safety decision; otherwise the plan says yes or no and why"); report 2.3; policy on meetings.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.reference.appointments import Enforces
from cases.reference.visits import OBSERVATIONS, FollowOn, NotDone, Prompt, VisitWay
from cases.rules.calendar import add_working_days
from cases.rules.giveaways import POSTCODE
from cases.rules.interim import says_nothing
from cases.rules.words import listed
from staff.errors import RuleBroken
from staff.rules.dates import say_date

NO_POSTCODE = "Give the postcode of the other address, so that the agencies where it lies are asked; or leave out asking about it."
NONE: frozenset[date] = frozenset()  # bank holidays beyond those the library knows


# Whether one is owed


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """What decides whether a visit is owed. Of the plan, None means that none in force says."""

    began_on: date  # with us, in the community; of an imported case, not before it was taken up
    held: bool = False  # in custody
    no_fixed_abode: bool = False
    # In words, with the day each began; None: not recorded, and so from the start
    concerns: tuple[tuple[str, date | None], ...] = ()
    # A new address, or somebody who came to live there, with the day
    changes: tuple[tuple[str, date], ...] = ()
    planned: bool | None = None
    planned_on: date | None = None
    plan_because: str = ""
    visited_on: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Owed:
    """A visit is owed: the day its clock counts from, the working days it has, and why, for staff."""

    since: date
    days: int
    due_on: date
    why: str


def visit_owed(facts, *, concern_days, planned_days, today, extra=NONE):
    """What is owed, the soonest of it; None while nothing is."""
    if facts.held or facts.no_fixed_abode:
        return None
    found = [
        _owed(since, concern_days, why, extra) for since, why in _since_concern(facts, today)
    ] + [_owed(since, planned_days, why, extra) for since, why in _since_plan(facts, today)]
    return min(found, key=lambda one: (one.due_on, one.since), default=None)


def _owed(since, days, why, extra):
    return Owed(since, days, add_working_days(since, days, extra), why)


def _since_concern(facts, today):
    """From arrival, from a later concern, and from a change of where or with whom they live."""
    later = [(on, words) for words, on in facts.concerns if on and on > facts.began_on]
    from_the_start = [words for words, on in facts.concerns if not on or on <= facts.began_on]
    if from_the_start:
        later.append((facts.began_on, listed(from_the_start)))
    for since, words in sorted(later):
        yield from _unanswered(facts, since, f"{words}, since {say_date(since)}", today)
    for words, on in facts.changes if facts.concerns else ():
        if on > facts.began_on:
            why = f"{words} on {say_date(on)}, and there is a concern"
            yield from _unanswered(facts, on, why, today)


def _since_plan(facts, today):
    if facts.planned and facts.planned_on:
        since = max(facts.planned_on, facts.began_on)
        why = f"The plan of {say_date(facts.planned_on)} says that they are visited"
        yield from _unanswered(facts, since, why, today)


def _unanswered(facts, since, why, today):
    """A visit on that day or after it answers what began then."""
    if since <= today and not any(since <= on <= today for on in facts.visited_on):
        yield since, why


def how_it_stands(facts, owed):
    """Whether a visit is owed and why, in a sentence for the case's page."""
    if facts.held:
        return "They are in custody. A visit is owed again once they are released."
    if facts.no_fixed_abode:
        return "They have no fixed abode, so there is nowhere to visit. One is owed once they have an address."
    if owed:
        return f"A visit is due by {say_date(owed.due_on)}. {owed.why}."
    last = max(facts.visited_on, default=None)
    if last and (facts.concerns or facts.planned):
        return f"Last visited on {say_date(last)}. Nothing since then calls for another."
    if facts.planned is False:
        why = f": {facts.plan_because}" if facts.plan_because else ""
        return f"The plan says that they are not visited{why}"
    if facts.planned is None:
        return "The plan does not say yet whether they are visited at home."
    return "No visit is due."


# Who is to be told that somebody did not check in

STEPS = 3  # the buddy, the senior, the head of service
LONGEST = timedelta(hours=8)  # that a buddy waits without hearing


def next_on_the_clock(said, now):
    """The moment a time of day means at `now`, in its time zone: late in the evening, one after midnight is tomorrow's.

    One that has been today, and is not near tomorrow, stays today's, so that `check_call_by` says it is past.
    """
    today = datetime.combine(now.date(), said, now.tzinfo)
    tomorrow = datetime.combine(now.date() + timedelta(days=1), said, now.tzinfo)
    return tomorrow if today <= now and tomorrow <= now + LONGEST else today


def steps_due(call_by: datetime, now: datetime, policy) -> int:
    """How many of those above have been reached by now. The buddy is told the moment it is due."""
    after = (0, policy.buddy_second_minutes, policy.buddy_third_minutes)
    return sum(call_by + timedelta(minutes=minutes) <= now for minutes in after)


def check_call_by(call_by, now):
    """When the buddy must have heard: to come, and within a working day, or nobody would look."""
    if call_by <= now:
        raise RuleBroken("Say a time that is still to come: your buddy waits until then.")
    if call_by > now + LONGEST:
        raise RuleBroken(
            f"Say a time within {int(LONGEST.total_seconds() // 3600)} hours. Check in before that if it takes longer."
        )


# Who goes


def check_company(*, way, officer, second, buddy):
    """Refuse a visit without those its safety decision asks for. Each is a key of a member of staff."""
    if not officer:
        raise RuleBroken("Nobody is named who goes on this visit. Call it off and arrange it anew.")
    if way == VisitWay.PAIRED and not second:
        raise RuleBroken("Two staff go together there. Say who the second is.")
    if second and second == officer:
        raise RuleBroken("The second of a pair is somebody else than the first.")
    if not buddy:
        raise RuleBroken("Say who your buddy is: who rings when you have not checked in.")
    if buddy in (officer, second):
        raise RuleBroken("Your buddy is somebody who does not go with you.")


# What was seen


def check_seen(seen):
    """What was seen as it is kept: answers to the prompts by code, blank ones left out."""
    kept = {}
    for code, answer in seen.items():
        if code not in OBSERVATIONS:
            raise RuleBroken("One of the answers is to no prompt of ours.")
        prompt = OBSERVATIONS[code]
        answer = _tidied(prompt, answer)
        if answer is not None:
            kept[code] = answer
    if "met" not in kept:
        raise RuleBroken("Say whom you saw. If you saw nobody, the visit was not done: say why.")
    if kept.get("children") and not kept.get("of_children"):
        raise RuleBroken("Say what you saw and heard of the children.")
    return kept


def _tidied(prompt, answer):
    """As it is kept; None where it was left blank."""
    codes = [code for code, _ in prompt.choices]
    match prompt.how:
        case Prompt.ANY:
            return [code for code in codes if code in answer] or None
        case Prompt.ONE:
            return answer if answer in codes else None
        case Prompt.NUMBER:
            return int(answer) if answer is not None and int(answer) >= 0 else None
    return answer.strip() or None


def dangers_in(seen):
    """What was seen that staff must know of before the next visit, in words."""
    return [
        words
        for prompt in OBSERVATIONS.values()
        for code, words in prompt.choices
        if code in prompt.dangers and code in seen.get(prompt.code, ())
    ]


def children_seen(seen):
    """Whether children were seen, by the count or by the box."""
    return bool(seen.get("children")) or "children" in seen.get("met", ())


def follow_ons(seen, *, not_done, asked_about_children, new_person, other_address):
    """What is proposed, ticked beforehand. `asked_about_children`: open, or answered in the last half-year."""
    found = []
    if children_seen(seen) and not asked_about_children:
        found.append(FollowOn.CHILDREN)
    if new_person:
        found.append(FollowOn.PERSON)
    if other_address:
        found.append(FollowOn.ADDRESS)
    if dangers_in(seen) or not_done == NotDone.UNSAFE:
        found.append(FollowOn.SAFETY)
    return found


def check_other_place(words):
    """(the place, its postcode) of another address that somebody told of. Without one it cannot be said who answers there.

    It would be asked of the agency where they live now, which knows nothing of it. Source: product rules, checks.
    """
    place = " ".join(words.split())
    if not place:
        raise RuleBroken("Enter the other address, or leave out asking about it.")
    found = POSTCODE.search(place)
    if not found:
        raise RuleBroken(NO_POSTCODE)
    return place, " ".join(found.groups()).upper()


def check_because(because):
    """Refuse a reason that tells the next officer nothing."""
    if says_nothing(because):
        raise RuleBroken("Say in a sentence what happened, for whoever goes next.")
    return because.strip()


def outcome_of(not_done, *, enforces, told):
    """The outcome an undone visit has in the log.

    Nobody who was not told that we would come has missed anything, and what we could not do is ours.
    """
    if not_done in (NotDone.UNSAFE, NotDone.STAFF, NotDone.OTHER) or not told:
        return "AASD"
    if not_done == NotDone.REFUSED:
        return "ABNS" if enforces == Enforces.VOLUNTARY else "AFTC"
    return "ABNS" if enforces == Enforces.VOLUNTARY else "AFTA"
