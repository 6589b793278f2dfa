"""Kinds of honest review: something changed because of what happened, or it is said why not, or nothing happened."""

from bench.planted import happened, harder, phrases, stood
from bench.planted.hollow import motivation
from bench.planted.making import CHANGE, NOTHING, Happened, Planted, Said
from bench.planted.standing import AFTER_ON, move_dates, respell, reword, step


def nothing_because(review: Planted, events: list[Happened], edit=None) -> None:
    """Each has a sentence of its own that speaks of it."""
    for one in events:
        words = review.teller.fill(review.teller.draw(happened.NOTHING[one.kind]))
        review.answers.append(Said(one.key, NOTHING, edit(words) if edit else words))


def new_step(
    review: Planted, event: Happened, number: int = 900, edit=None, tied: bool = True
) -> None:
    words = review.teller.fill(review.teller.draw(happened.NEW_STEPS[event.kind]))
    review.after["actions"].append(step(number, edit(words) if edit else words, AFTER_ON))
    said = Said(event.key, CHANGE, review.teller.draw(phrases.SAYS_CHANGE))
    if tied:
        said.changes, said.step = [f"step:{number}"], number
    review.answers.append(said)


def new_words(review: Planted, event: Happened, edit=None) -> str:
    """What is known now, put where it belongs. The key of the difference."""
    _, code, words = happened.NEW_WORDS[event.kind]
    words = review.teller.fill(words)
    answers = review.after["assessment"]["answers"]
    answers[code] = f"{answers.get(code, '')} {edit(words) if edit else words}".strip()
    return f"assessment:{code}"


def terse(review: Planted, events: list[Happened]) -> None:
    """The rest, with little said: there is a change already."""
    for one in events:
        words = review.teller.draw(phrases.EMPTY) if review.chance.random() < 0.4 else None
        words = words or review.teller.fill(review.teller.draw(happened.NOTHING[one.kind]))
        review.answers.append(Said(one.key, NOTHING, words))


def one_step(review: Planted) -> None:
    first, *others = review.asked
    new_step(review, first)
    terse(review, others)


def one_text(review: Planted) -> None:
    first, *others = review.asked
    key = new_words(review, first)
    review.answers.append(Said(first.key, CHANGE, review.teller.draw(phrases.SAYS_CHANGE), [key]))
    terse(review, others)


def own_sentences(review: Planted) -> None:
    motivation(review)
    nothing_because(review, review.asked)


def own_sentences_and_dates(review: Planted) -> None:
    move_dates(review.after, review.chance)
    nothing_because(review, review.asked)


def few_words(review: Planted) -> None:
    """A terse officer: the first clause of what another would write."""

    def cut(words: str) -> str:
        return words.split(". ")[0].split(", ")[0].rstrip(".") + "."

    first, *others = review.asked
    new_step(review, first, edit=cut)
    nothing_because(review, others, edit=cut)


def few_words_nothing(review: Planted) -> None:
    nothing_because(review, review.asked, edit=lambda words: words.split(". ")[0].rstrip(".") + ".")


def nothing_happened(review: Planted) -> None:
    review.events = [one for one in review.events if not one.significant]
    if review.chance.random() < 0.5:
        motivation(review)


def nothing_happened_and_tidied(review: Planted) -> None:
    review.events = []
    move_dates(review.after, review.chance)
    reword(review.after, review.chance, review.teller, share=0.3)


def rewritten(review: Planted) -> None:
    """The assessment is written anew, and a plan follows from it."""
    answers = review.after["assessment"]["answers"]
    for code, bank in stood.NOTES.items():
        answers[code] = review.teller.fill(review.chance.choice(bank))
    keys = [new_words(review, one) for one in review.asked]
    answers["alcohol.current"] = "2" if answers["alcohol.current"] != "2" else "0"
    for n, one in enumerate(review.asked):
        new_step(review, one, 900 + n)
        review.answers[-1].changes.append(keys[n])


def dyslexic(review: Planted) -> None:
    nothing_because(review, review.asked, edit=lambda words: respell(words, review.chance))


def dyslexic_change(review: Planted) -> None:
    first, *others = review.asked
    new_step(review, first, edit=lambda words: respell(words, review.chance))
    nothing_because(review, others, edit=lambda words: respell(words, review.chance))


def level_up(review: Planted) -> None:
    first, *others = review.asked
    review.after["assessment"]["answers"]["harm.known_adult.level"] = "RHRH"
    review.after["groups"]["known_adult"] = review.after["harm"] = "RHRH"
    keys = ["assessment:harm.known_adult.level", "risk:harm"]
    review.answers.append(Said(first.key, CHANGE, review.teller.draw(phrases.SAYS_CHANGE), keys))
    terse(review, others)


def seen_oftener(review: Planted) -> None:
    first, *others = review.asked
    review.after["contact_level"] = review.after["plan"]["answers"]["contact.level"] = "weekly"
    said = Said(first.key, CHANGE, review.teller.draw(phrases.SAYS_CHANGE), ["plan:contact.level"])
    review.answers.append(said)
    terse(review, others)


def step_done(review: Planted) -> None:
    first, *others = review.asked
    done = review.after["plan"]["objectives"][0]["steps"][0]
    done["done_on"] = AFTER_ON.isoformat()
    words = review.teller.draw(phrases.SAYS_CHANGE)
    review.answers.append(Said(first.key, CHANGE, words, [f"step:{done['id']}"]))
    terse(review, others)


def what_if(review: Planted) -> None:
    first, *others = review.asked
    words = review.teller.fill(review.teller.draw(happened.NEW_STEPS[first.kind]))
    review.after["plan"]["contingencies"].append(
        {"id": 950, "what_if": f"{first.what} again", "then": words, "by_whom": "Whoever hears", "by_when": "Same day"}
    )  # fmt: skip
    said = Said(first.key, CHANGE, review.teller.draw(phrases.SAYS_CHANGE), ["contingency:950"])
    review.answers.append(said)
    terse(review, others)


def raised_now(review: Planted) -> None:
    first, *others = review.asked
    review.after["registers"].append(
        {"id": 9, "code": "RCCO", "name": "Child concerns", "level": "", "part": "source", "on": AFTER_ON.isoformat()}
    )  # fmt: skip
    words = review.teller.draw(phrases.SAYS_CHANGE)
    review.answers.append(Said(first.key, CHANGE, words, raised=True))
    terse(review, others)


def together(review: Planted) -> None:
    """Two things in one sentence that speaks of both, marked as answered together."""
    events = review.asked
    if len(events) < 2:
        return own_sentences(review)
    words = " ".join(
        review.teller.fill(review.teller.draw(happened.NOTHING[one.kind])) for one in events[:2]
    )
    for one in events[:2]:
        review.answers.append(Said(one.key, NOTHING, words, together="1"))
    nothing_because(review, events[2:])
    return None


def forgot_to_tie(review: Planted) -> None:
    """A step that plainly answers what happened, and an answer that does not name it."""
    first, *others = review.asked
    new_words(review, first)
    new_step(review, first, tied=False)
    nothing_because(review, others)


def another_route(review: Planted) -> None:
    first, *others = review.asked
    delivery = review.after["plan"]["deliveries"][0]
    delivery["route"] = "agency" if delivery["route"] != "agency" else "group"
    delivery["how"] = review.teller.fill("Twelve mornings with {service} from the 19th")
    said = Said(
        first.key, CHANGE, review.teller.draw(phrases.SAYS_CHANGE), [f"delivery:{delivery['of']}"]
    )
    review.answers.append(said)
    terse(review, others)


def own_way(review: Planted) -> None:
    """Each in the officer's own way of saying it."""
    for one in review.asked:
        words = review.teller.fill(review.teller.draw(harder.NOTHING[one.kind]))
        review.answers.append(Said(one.key, NOTHING, words))


def tighter_step(review: Planted) -> None:
    """An old step made to bite, and said so."""
    first, *others = review.asked
    old = review.after["plan"]["objectives"][0]["steps"][0]
    ways = (
        "{}, now twice a week, with {other} told the same day",
        "{}, and a curfew check that night",
        "{}, at the police station",
    )
    old["what"] = review.teller.fill(review.chance.choice(ways).replace("{}", old["what"]))
    words = review.teller.draw(phrases.SAYS_CHANGE)
    review.answers.append(Said(first.key, CHANGE, words, [f"step:{old['id']}"], together=""))
    terse(review, others)


KINDS = {
    one.__name__: one
    for one in (
        one_step, one_text, own_sentences, own_sentences_and_dates, few_words, few_words_nothing, nothing_happened,
        nothing_happened_and_tidied, rewritten, dyslexic, dyslexic_change, level_up, seen_oftener, step_done,
        what_if, raised_now, together, forgot_to_tie, another_route, own_way, tighter_step,
    )
}  # fmt: skip
