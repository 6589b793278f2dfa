from datetime import date
from itertools import product

import pytest

from cases.reference.checks import CheckKind, EnquiryState, Reply
from cases.rules.enquiries import Concern
from cases.rules.measures import Asked, Step, share, steps_taken, tally

TODAY = date(2018, 10, 1)
ABUSE, CHILD = Concern.DOMESTIC_ABUSE, Concern.CHILD
ALL = frozenset(Step)


def asked(kind=CheckKind.POLICE, state=EnquiryState.ANALYSED, **columns):
    """An enquiry of which everything has come that should."""
    whole = {
        "sent_on": date(2018, 6, 1),
        "replied_on": date(2018, 6, 8),
        "reply": Reply.INFORMATION,
        "cited": True,
    }
    return Asked(kind, state, **whole | columns)


def test_a_reply_that_is_read_and_cited_closes_the_loop():
    assert steps_taken([ABUSE], [asked()], TODAY) == ALL


@pytest.mark.parametrize(
    "enquiry, steps",
    [
        (asked(state=EnquiryState.DUE, sent_on=None, replied_on=None, reply="", cited=False), []),
        (asked(state=EnquiryState.SENT, replied_on=None, reply="", cited=False), [Step.ASKED]),
        (asked(state=EnquiryState.REPLIED), [Step.ASKED, Step.ANSWERED]),
        (asked(cited=False), [Step.ASKED, Step.ANSWERED, Step.ANALYSED]),
        (asked(reply=Reply.REFUSED), [Step.ASKED]),
        (asked(reply=Reply.PARTIAL), [Step.ASKED]),
        (asked(state=EnquiryState.SUPERSEDED), []),
        (asked(state=EnquiryState.NOT_NEEDED), []),
        (asked(kind=CheckKind.CHILDREN), []),
        (asked(kind=CheckKind.PRISON), []),
    ],
    ids=["to be sent", "sent", "replied", "analysed and not cited", "refused", "partial", "superseded",
         "not needed", "of another agency", "of a third"],
)  # fmt: skip
def test_an_enquiry_counts_as_far_as_it_has_come(enquiry, steps):
    assert steps_taken([ABUSE], [enquiry], TODAY) == frozenset(steps)


def test_a_reply_stops_counting_when_it_is_six_months_old():
    old, fresh = asked(replied_on=date(2018, 4, 1)), asked(replied_on=date(2018, 4, 2))

    assert steps_taken([ABUSE], [old], TODAY) == {Step.ASKED}
    assert steps_taken([ABUSE], [fresh], TODAY) == ALL


def test_two_concerns_need_an_answer_each():
    police, children = asked(), asked(CheckKind.CHILDREN, EnquiryState.REPLIED)

    assert steps_taken([ABUSE, CHILD], [police], TODAY) == frozenset()
    assert steps_taken([ABUSE, CHILD], [police, children], TODAY) == {Step.ASKED, Step.ANSWERED}


def test_one_enquiry_must_carry_the_loop_and_two_halves_do_not():
    analysed_long_ago = asked(replied_on=date(2017, 1, 1))
    not_yet_read = asked(state=EnquiryState.REPLIED, cited=False)

    assert Step.ANALYSED not in steps_taken([ABUSE], [analysed_long_ago, not_yet_read], TODAY)


def test_each_step_holds_the_one_before_it():
    order = list(Step)
    for state, reply, cited in product(EnquiryState, ["", *Reply], (True, False)):
        replied_on = TODAY if reply else None
        one = asked(state=state, reply=reply, replied_on=replied_on, cited=cited)

        taken = steps_taken([ABUSE], [one], TODAY)

        assert taken == frozenset(order[: len(taken)])


def test_no_concern_takes_no_step():
    assert steps_taken([], [asked()], TODAY) == frozenset()


def test_a_tally_counts_everybody_and_each_step():
    counted = tally([ALL, {Step.ASKED}, set()])

    assert (counted[None], counted[Step.ASKED], counted[Step.CITED]) == (3, 2, 1)


def test_a_share_of_nobody_is_no_share():
    assert (share(1, 3), share(0, 5), share(0, 0)) == (33, 0, None)
