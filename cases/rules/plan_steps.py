"""What an objective, a step, a contingency and the delivery of a requirement must say.

Source: report 2.2 and 2.3 (plans that said neither who nor by when); supervision reference 4.3.
"""

from dataclasses import dataclass, replace
from datetime import date

from cases.reference.codes import Sharing
from cases.reference.harm import HarmGroup
from cases.reference.needs import NeedArea
from cases.reference.plans import PROTECTIVE, Actor, Nature, Route
from cases.rules.interim import says_nothing
from cases.rules.planning_facts import about_harm, about_need
from staff.errors import RuleBroken

ABOUT = {*map(about_need, NeedArea), *map(about_harm, HarmGroup)}
AT_LEAST_ONE_STEP = "Say at least one step: what is done about it, by whom and by when. An objective without one is a wish."


@dataclass(frozen=True, slots=True)
class StepGiven:
    """A step as somebody wrote it. `agency`, `protects` and `enquiry` are keys; `id` of one that stands."""

    what: str
    by_on: date
    actor: Actor | str = Actor.OFFICER
    by_whom: str = ""
    nature: Nature | str = Nature.CONSTRUCTIVE
    agency: int | None = None
    protects: int | None = None
    enquiry: int | None = None
    sharing: Sharing | str = Sharing.YES
    id: int | None = None


def check_step(step, today, *, stood_by=None):
    """The step trimmed; refused where nobody could be asked about it.

    `stood_by`: the day it already had, which may have passed. Who does it is said by the kind of
    person where no name is given. What protects a named person is never shared with the one it
    protects them from.
    """
    if says_nothing(step.what):
        raise RuleBroken("Say what is done in each step.")
    if step.by_on < today and step.by_on != stood_by:
        raise RuleBroken("The day by which a step is done has been. Give today or a later one.")
    if step.actor == Actor.AGENCY and not step.agency and says_nothing(step.by_whom):
        raise RuleBroken("Say which agency does the step.")
    if step.protects and step.nature not in PROTECTIVE:
        raise RuleBroken(
            "A step that protects somebody by name is restrictive or for victim safety. Say which."
        )
    kept = step.protects or step.nature == Nature.VICTIM_SAFETY
    return replace(
        step,
        what=step.what.strip(),
        by_whom=step.by_whom.strip(),
        sharing=Sharing.NO if kept else step.sharing,
    )


def check_objective(what, steps):
    """What the objective is, trimmed. `steps`: how many it has."""
    if says_nothing(what):
        raise RuleBroken("Say what is to be different, so that both of you can tell when it is.")
    if not steps:
        raise RuleBroken(AT_LEAST_ONE_STEP)
    return what.strip()


def check_contingency(**boxes):
    """The boxes trimmed: if what, then what, by whom and by when."""
    asks = {
        "what_if": "Say what might happen.",
        "then": "Say what is then done.",
        "by_whom": "Say who does it.",
        "by_when": "Say how soon: “the same day”, “within an hour”.",
    }
    if left := [asks[name] for name, words in boxes.items() if says_nothing(words)]:
        raise RuleBroken(" ".join(left))
    return {name: words.strip() for name, words in boxes.items()}


def check_delivery(route, how, name):
    """How it is delivered, trimmed; a route without words says nothing of what is done."""
    if route != Route.NONE and says_nothing(how):
        raise RuleBroken(f"Say how this is delivered: {name}.")
    return how.strip()


def about_of(area, about):
    """What an objective is about: what was chosen, and its own area of need."""
    if not set(about) <= ABOUT:
        raise RuleBroken("An objective is about needs of the assessment and risks of serious harm.")
    return sorted({*about, *([f"need:{area}"] if area else [])})
