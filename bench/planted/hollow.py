"""Kinds of hollow review: something happened, and nothing of substance answers it."""

from bench.planted import happened, harder, phrases, stood
from bench.planted.making import CHANGE, NOTHING, Happened, Planted, Said
from bench.planted.standing import (
    AFTER_ON,
    BEFORE_ON,
    every,
    move_dates,
    reorder,
    respace,
    reword,
    step,
)
from cases.reference.reviews import EventKind

# What is said of one kind of thing and could be said of none of those beside it
FAR = {
    EventKind.CALL_OUT: (EventKind.PROGRAMME, EventKind.ROUTE),
    EventKind.ARREST: (EventKind.ROUTE, EventKind.NEW_ADDRESS),
    EventKind.CHILD: (EventKind.PROGRAMME, EventKind.FAILURE),
    EventKind.ADULT: (EventKind.ROUTE, EventKind.PROGRAMME),
    EventKind.INFORMATION: (EventKind.NEW_ADDRESS, EventKind.ROUTE),
    EventKind.ATTACK: (EventKind.PROGRAMME, EventKind.NEW_ADDRESS),
    EventKind.REPLY: (EventKind.ROUTE, EventKind.VISIT),
    EventKind.REGISTER: (EventKind.ROUTE, EventKind.MISSED),
    EventKind.NEW_PERSON: (EventKind.PROGRAMME, EventKind.FAILURE),
    EventKind.NEW_ADDRESS: (EventKind.PROGRAMME, EventKind.FAILURE),
    EventKind.MISSED: (EventKind.VISIT, EventKind.REGISTER),
    EventKind.FAILURE: (EventKind.VISIT, EventKind.NEW_PERSON),
    EventKind.CUSTODY: (EventKind.VISIT, EventKind.ROUTE),
    EventKind.ROUTE: (EventKind.CALL_OUT, EventKind.ADULT),
    EventKind.PROGRAMME: (EventKind.NEW_PERSON, EventKind.ADULT),
    EventKind.VISIT: (EventKind.ROUTE, EventKind.FAILURE),
    EventKind.OVERRIDE: (EventKind.NEW_ADDRESS, EventKind.MISSED),
}


def empty(review: Planted, words: str | None = None) -> None:
    """Each answered, with words that say nothing of it."""
    for one in review.asked:
        said = words or review.teller.draw(phrases.EMPTY)
        if words is None and review.chance.random() < 0.3:
            said = review.teller.draw(phrases.EMPTY_NAMED).format(event=one.what.lower())
            said = said[:1].upper() + said[1:]
        review.answers.append(Said(one.key, NOTHING, said))


def motivation(review: Planted) -> None:
    answers = review.after["assessment"]["answers"]
    answers["engagement.readiness"] = review.chance.choice(["ready", "unknown"])
    answers["engagement.motivation"] = review.teller.fill(review.chance.choice(stood.MOTIVATION))
    review.after["plan"]["answers"]["person.words"] = review.teller.fill(
        review.chance.choice(stood.MOTIVATION)
    )


def copied(review: Planted) -> None:
    empty(review)


def only_motivation(review: Planted) -> None:
    motivation(review)
    empty(review)


def dates_moved(review: Planted) -> None:
    move_dates(review.after, review.chance)
    empty(review)


def other_words(review: Planted) -> None:
    reword(review.after, review.chance, review.teller)
    empty(review)


def spaces(review: Planted) -> None:
    respace(review.after, review.chance)
    empty(review)


def turned_about(review: Planted) -> None:
    reorder(review.after, review.chance)
    empty(review)


def pasted(review: Planted) -> None:
    """One sentence that is about something, under everything that happened."""
    motivation(review)
    if len(review.asked) == 1:
        return empty(review)
    last = review.asked[-1]
    empty(review, review.teller.fill(review.teller.draw(happened.NOTHING[last.kind])))
    return None


def nearly_pasted(review: Planted) -> None:
    """One sentence that says nothing under all of them, with the end changed."""
    words = review.teller.draw(phrases.EMPTY).rstrip(".")
    ends = (".", "!", " again.", " too.", "", " as well.")
    for n, one in enumerate(review.asked):
        review.answers.append(Said(one.key, NOTHING, words + ends[n % len(ends)]))


def restated(review: Planted) -> None:
    """A new step that is an old one over again, named as what the event changes."""
    old = review.chance.choice(
        [one for objective in review.after["plan"]["objectives"] for one in objective["steps"]]
    )
    ways = (
        "Continue: {}",
        "{} (carry on)",
        "To carry on with: {}",
        "{}, as before",
        "Officer to {}",
    )
    words = review.chance.choice(ways).format(old["what"][:1].lower() + old["what"][1:])
    new = step(900, words, AFTER_ON)
    review.after["actions"].append(new)
    empty(review)
    first = review.asked[0]
    review.answers[0] = Said(
        first.key, CHANGE, review.teller.draw(phrases.SAYS_CHANGE), changes=["step:900"], step=900
    )


def up_and_back(review: Planted) -> None:
    """The level was moved and moved back before it was signed; the answer still says that something changed."""
    motivation(review)
    empty(review)
    first = review.asked[0]
    review.answers[0] = Said(
        first.key, CHANGE, "Level looked at, put up and then put back.",
        changes=["assessment:harm.public.level"],
    )  # fmt: skip


def tied_to_wording(review: Planted) -> None:
    """Rewording, named as what each event changes."""
    answers = review.after["assessment"]["answers"]
    changed = reword(review.after, review.chance, review.teller)
    codes = [key for holder, key in changed if holder is answers]
    empty(review)
    for one in review.answers:
        if codes:
            one.how, one.words = CHANGE, review.teller.draw(phrases.SAYS_CHANGE)
            one.changes = [f"assessment:{review.chance.choice(codes)}"]


def tied_to_dates(review: Planted) -> None:
    move_dates(review.after, review.chance)
    empty(review)
    steps = [one["id"] for kept in review.after["plan"]["objectives"] for one in kept["steps"]]
    for one in review.answers:
        one.how, one.words = CHANGE, review.teller.draw(phrases.SAYS_CHANGE)
        one.changes = [f"step:{review.chance.choice(steps)}"]


def tied_to_motivation(review: Planted) -> None:
    motivation(review)
    empty(review)
    for one in review.answers[:1]:
        one.how, one.words = CHANGE, "Motivation gone over again."
        one.changes = ["assessment:engagement.motivation"]


def beside_the_point(review: Planted) -> None:
    """Sentences of substance, about something else."""
    motivation(review)
    for one in review.asked:
        about = review.chance.choice(FAR[one.kind])
        words = review.teller.fill(review.teller.draw(happened.NOTHING[about]))
        review.answers.append(Said(one.key, NOTHING, words))


def empty_step(review: Planted) -> None:
    """A step that could stand in any plan."""
    ways = (
        "Continue to monitor and review in supervision", "Officer to keep this under review", "Remain vigilant",
        "Carry on with the current work", "Discuss at next appointment", "Address in supervision as appropriate",
    )  # fmt: skip
    review.after["actions"].append(step(901, review.teller.draw(ways), AFTER_ON))
    empty(review)
    review.answers[0] = Said(
        review.asked[0].key, CHANGE, review.teller.draw(phrases.SAYS_CHANGE), changes=["step:901"], step=901
    )  # fmt: skip


def all_at_once(review: Planted) -> None:
    """Everything that only looks like work, together."""
    motivation(review)
    reword(review.after, review.chance, review.teller, share=0.4)
    move_dates(review.after, review.chance)
    respace(review.after, review.chance)
    empty(review)


def respelt(review: Planted) -> None:
    """Mistakes of spelling put right, and no more."""
    every(
        review.before,
        review.chance,
        0.6,
        lambda words: words.replace("ll", "l").replace("ie", "ei"),
    )
    empty(review)


def by_hand(review: Planted) -> None:
    """Each text said again by hand, in other words."""
    answers = review.after["assessment"]["answers"]
    review.before["assessment"]["answers"] |= (olds := _texts(review, stood.NOTES))
    answers |= olds | _texts(review, harder.AGAIN, like=olds)
    empty(review)


def _texts(review: Planted, bank: dict, like: dict | None = None) -> dict[str, str]:
    """Text for each code; `like`: the same entry of each list as these have, with the same names in them."""
    if like is None:
        review.teller.same = {
            code: review.chance.randrange(len(some)) for code, some in bank.items()
        }
    return {
        code: review.teller.fill_same(some[review.teller.same[code]]) for code, some in bank.items()
    }


def prose(review: Planted) -> None:
    """Well-turned sentences that are about everything."""
    motivation(review)
    for one in review.asked:
        words = review.teller.fill(review.teller.draw(harder.PROSE))
        review.answers.append(Said(one.key, NOTHING, words))


def prose_about(review: Planted) -> None:
    """Sentences that say what kind of thing happened, and nothing of it."""
    for one in review.asked:
        words = review.teller.fill(review.teller.draw(harder.PROSE_ABOUT[one.kind]))
        review.answers.append(Said(one.key, NOTHING, words))


def something_else(review: Planted) -> None:
    """A score that moved, which has nothing to do with anything that happened."""
    far = (
        EventKind.CALL_OUT,
        EventKind.CHILD,
        EventKind.ADULT,
        EventKind.REGISTER,
        EventKind.NEW_ADDRESS,
    )
    kept = [one for one in review.events if not one.significant or one.kind in far]
    review.events = kept if any(one.significant for one in kept) else review.events[:0]
    if not review.events:
        kind = review.chance.choice(far)
        review.events = [
            Happened("only-0", kind, review.chance.choice(happened.WHAT[kind]), BEFORE_ON)
        ]
    answers = review.after["assessment"]["answers"]
    answers["ete.unemployed"] = "2" if answers["ete.unemployed"] != "2" else "0"
    empty(review)


KINDS = {
    one.__name__: one
    for one in (
        copied, only_motivation, dates_moved, other_words, spaces, turned_about, pasted, nearly_pasted,
        restated, up_and_back, tied_to_wording, tied_to_dates, tied_to_motivation, beside_the_point, empty_step,
        all_at_once, respelt, by_hand, prose, prose_about, something_else,
    )
}  # fmt: skip
