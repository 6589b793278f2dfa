"""How an officer answers honestly for Alan, as the report tells of him, and for somebody with one long pattern."""

import re

ALAN, ONE_PATTERN = "T100001", "T100024"
WORDS_OF = re.compile(r"^(pattern-.+)-words$")
SOMETIMES, NOT_KNOWN = "It would in some circumstances", "Not known: asked, and what we did"
# Each item of past behaviour, as its field begins: what it says of the risk, and how
PAST = {
    "pattern-violence": (
        SOMETIMES,
        "All four were drunk and against men he knew, the last in 2017. Debts and drink would bring it back.",
    ),
    "pattern-child": (
        NOT_KNOWN,
        "He says social care never came. Asked today about Kayla and Riley; he is seen without them until then.",
    ),
    "pattern-domestic_abuse": (
        NOT_KNOWN,
        "Four calls to the home last year. Asked the police today; Maureen is rung on Friday.",
    ),
    "pattern-told": (
        SOMETIMES,
        "The report tells of the same calls. He minimised them; it would recur if he went back there.",
    ),
    "pattern-offence": (
        SOMETIMES,
        "A glass in a public house after a quarrel over money. He drinks there no longer.",
    ),
}
INTERIM = {
    "worst_case": "He goes back to Maureen's when drunk, and the children are there.",
    "who_is_protected": "Maureen from assault; Kayla and Riley from seeing it.",
    "what_we_do": "I see him weekly from Thursday, and ring Maureen each Friday until both have answered.",
}
HARM = {
    "harm-increase": "Drink, money owed to the men he fought, and going back to Maureen's.",
    "harm-reduce": "Work, and his sister, with whom he stays at weekends.",
    "harm-because": "Nothing violent since 2017 that we know of. It is looked at again when the police answer.",
}
SARA_WAITS = (
    "It needs what the police hold. It is done in the week they answer; Maureen is rung meanwhile."
)
MANAGEMENT = {
    "managing-victims": "Maureen is rung each Friday, and has my number and that of the women's service.",
    "managing-contingency": "If he goes to Maureen's, then I ring the police and my senior, the same hour.",
}
NOT_NAMED = "Maureen is named once we know from the police what happened; she is rung each Friday until then."
FITS = "New in kind: the earlier ones hurt people. Drink and money were behind both."


def answer_the_past(hands, past):
    """Everything the page of past behaviour asks, each in its own words."""
    boxes = hands.page.locator("textarea").evaluate_all("all => all.map(one => one.name)")
    items = [found[1] for name in boxes if (found := WORDS_OF.match(name))]
    for item in items:
        relevance, words = next(said for begins, said in past.items() if item.startswith(begins))
        hands.choose(f"{item}-relevance", relevance)
        hands.fill(f"{item}-words", words)
    return items


def fill_all(hands, words):
    for field, said in words.items():
        hands.fill(field, said)
