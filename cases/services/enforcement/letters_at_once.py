"""Several letters of enforcement at once: made ready, printed as one file, said to be posted. Each stands or falls by itself."""

from django.db import transaction

from cases.agencies.letters import joined
from cases.reference.enforcement import LetterState, SentBy
from cases.rules.enforcement.letters import HOW
from cases.services.enforcement.letters import MADE, as_paper, look_at_each, make_ready
from cases.services.enforcement.letters_sent import send_letter
from staff.audit import record_many
from staff.errors import RuleBroken

NONE_READY = "No letter that goes on paper is ready to be printed. Approve one first."


def make_letters_ready(*, letters, by, now):
    """(those that are ready, [(letter, why not)]), each in a transaction of its own. `letters`: (letter, as it was read)."""
    return _each(letters, lambda one, read: make_ready(letter=one, by=by, now=now, read=read))


def send_letters(*, letters, proof, by, now):
    """(those that went, [(letter, why not)]), each in a transaction of its own. `proof`: of all of them.

    `letters`: (letter, as it was printed).
    """
    return _each(
        letters, lambda one, read: send_letter(letter=one, proof=proof, by=by, now=now, read=read)
    )


@transaction.atomic
def print_letters(*, letters, by, now):
    """The bytes of every letter that is ready and goes on paper, as one PDF: of none that may not go as it says."""
    papers = [one for one in letters if one.state == LetterState.READY and is_on_paper(one)]
    looked = look_at_each(letters=papers, now=now)
    papers = [one for one in papers if not looked[one.pk].missing]
    if not papers:
        raise RuleBroken(NONE_READY)
    record_many(by=by, action="printed_letters", crns=sorted({one.case.crn for one in papers}))
    return joined([as_paper(one.words[MADE]) for one in papers])


def is_on_paper(letter):
    return letter.words.get(HOW, SentBy.POST) != SentBy.EMAIL


def _each(letters, act):
    done, refused = [], []
    for one, read in letters:
        try:
            done.append(act(one, read))
        except RuleBroken as refusal:
            refused.append((one, str(refusal)))
    return done, refused
