"""What kind of sentence nDelius's words mean, and whether anybody is supervised under it.

Source: order names and sentence type families of the public documents; supervision of sentences in 2018.
"""

import re

from cases.reference.codes import CaseState, Order

UNSUPERVISED = re.compile(
    r"discharge|\bfines?\b|no separate penalty|bind ?over|bound over|compensation", re.IGNORECASE
)
ORDERS = (  # the first that is found in the words
    (Order.DEFAULT_ORDER, r"supervision default"),
    (Order.SUSPENDED, r"suspended sentence|\bSSO\b"),
    (Order.COMMUNITY, r"community (order|sentence|punishment|rehabilitation)"),
    (Order.CUSTODY_PSS, r"custody.*(\binc|\bwith)\.? *PSS|custody *< *12 *m"),
    (Order.CUSTODY, r"custody|imprisonment|life\b|public prot|detention|\bYOI\b|extended sentence"),
)


def order_of(description, family=""):
    """The kind of order these words name; `family` is the code of nDelius's sentence type."""
    if UNSUPERVISED.search(description):
        return Order.OTHER
    for order, words in ORDERS:
        if re.search(words, description, re.IGNORECASE):
            return order
    return Order.OTHER if family != "SC" else Order.CUSTODY


def supervises(description):
    """Whether somebody under this sentence is supervised. What we do not know, we suppose is."""
    return bool(description) and not UNSUPERVISED.search(description)


def case_state(*, deleted, has_sentence, current, awaiting):
    """Whether the person is supervised, and why not.

    `has_sentence` is what nDelius says of the person, or None; `current` are the names of the
    sentences in force; `awaiting` is whether a conviction awaits its sentence. Where the person's
    own record and their sentences disagree, they count as supervised: nobody is to be lost.
    """
    if deleted:
        return CaseState.CLOSED
    if has_sentence or any(supervises(description) for description in current):
        return CaseState.SUPERVISED
    return CaseState.AWAITING_SENTENCE if awaiting else CaseState.NO_SENTENCE
