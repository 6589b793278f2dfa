"""The report's review is caught; one genuine change tied to an event clears it; cosmetic edits do not."""

from copy import deepcopy
from datetime import date

import pytest

from cases.reference.reviews import Answered, EventKind
from cases.rules.differences import differences
from cases.rules.events import Event
from cases.rules.hollow import EventAnswer, no_change
from tests.cases.rules.test_differences import stands, step

LEARNT = date(2018, 8, 14)
CHANGE, NOTHING = Answered.CHANGE, Answered.NOTHING
# Report 2.4: a plan unaltered beside recurring breaches of a restraining order, information on children that nobody
# updated and police who were not asked; a review made because an audit asked, with which nobody agreed
STOOD = {
    "relationships.notes": "Has a former partner with two children. There is a restraining order.",
    "harm.known_adult.nature": "Turns up at her home and threatens her, mostly when drunk.",
    "alcohol.notes": "Drinks at weekends. The offence followed a day of it.",
    "alcohol.current": "1",
    "engagement.readiness": "thinking",
    "engagement.motivation": "He attends because he must, and does not think he has a problem.",
}
HAPPENED = (
    Event("information-1", EventKind.CALL_OUT, "Police call-out", LEARNT, True),
    Event("offence-2", EventKind.ARREST, "Charged with a new offence", LEARNT, True),
    Event("failure-3", EventKind.FAILURE, "Breach, in 2 steps", LEARNT, True),
    Event("reply-4", EventKind.REPLY, "Children's social care replied: partial", LEARNT, True),
    Event("missed-5", EventKind.MISSED, "3 appointments missed", LEARNT, True),
    Event("reply-6", EventKind.REPLY, "Adult social care replied: no trace", LEARNT, False),
)
SIGNIFICANT = [one for one in HAPPENED if one.significant]
STOCK = (
    "Noted.",
    "No change.",
    "Already covered by the plan.",
    "As above.",
    "Continue to monitor.",
)


def the_report(edit=None, answers=None):
    """The report's review: the level of motivation is raised, and every event is passed over."""
    before = stands(**STOOD)
    after = deepcopy(before)
    after["assessment"] |= {"id": 2, "on": "2018-10-01"}
    after["assessment"]["answers"] |= {
        "engagement.readiness": "ready",
        "engagement.motivation": "He is better motivated than he was, and says that he wants to change.",
    }
    if edit:
        edit(after)
    given = answers or [
        EventAnswer(one.key, NOTHING, words) for one, words in zip(SIGNIFICANT, STOCK, strict=True)
    ]
    return no_change(HAPPENED, given, differences(before, after))


def test_the_review_of_the_report_is_caught():
    finding = the_report()

    assert finding.hollow
    assert finding.sentence == (
        "5 things happened, 0 changed the plan; only the level of motivation is different."
    )
    assert "Police call-out: changes nothing, and the words do not say why" in finding.lines
    assert "How ready are they to change?: motivation only" in finding.lines


def new_step(after):
    after["actions"].append(step(90, "Ask the police for the log and go through it with him", made_on="2018-09-20"))  # fmt: skip


def tied_to(*changes, **more):
    first, *others = SIGNIFICANT
    return [
        EventAnswer(first.key, CHANGE, "New step.", tuple(changes), **more),
        *(EventAnswer(one.key, NOTHING, "Noted.") for one in others),
    ]


def test_one_genuine_change_tied_to_an_event_clears_it():
    finding = the_report(new_step, tied_to("step:90"))

    assert not finding.hollow
    assert "Police call-out: changed something" in finding.lines


def test_a_step_put_in_the_plan_by_the_answer_clears_it():
    assert not the_report(new_step, tied_to(step=90)).hollow


def test_a_raise_by_the_answer_clears_it():
    assert not the_report(answers=tied_to(raised=True)).hollow


def test_a_change_that_nobody_tied_clears_it_where_it_is_about_what_happened():
    assert not the_report(new_step).hollow


def test_a_change_about_something_else_does_not():
    def edit(after):
        after["assessment"]["answers"]["accommodation.suitable"] = "2"

    finding = the_report(edit)

    assert finding.hollow
    assert "1 change of substance in all" in finding.sentence


def test_a_change_made_before_anybody_knew_does_not():
    def edit(after):
        after["actions"].append(step(90, "Ask the police for the log", made_on="2018-05-01"))

    assert the_report(edit).hollow


def cosmetic(name):
    def spaces(after):
        answers = after["assessment"]["answers"]
        answers["alcohol.notes"] = f" {answers['alcohol.notes'].upper()}\n\n"

    def dates(after):
        after["plan"]["objectives"][0]["steps"][0]["by_on"] = "2018-12-01"

    def synonyms(after):
        after["assessment"]["answers"]["relationships.notes"] = (
            "The service user has an ex-partner with two kids. There is a restraining order."
        )

    def restated(after):
        after["actions"].append(step(91, "Carry on with the drink diary each week", made_on="2018-09-20"))  # fmt: skip

    return {one.__name__: one for one in (spaces, dates, synonyms, restated)}[name]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("spaces", "assessment:alcohol.notes"),
        ("dates", "step:11"),
        ("synonyms", "assessment:relationships.notes"),
        ("restated", "step:91"),
    ],
)
def test_cosmetic_edits_do_not_clear_it_tied_to_an_event_or_not(name, key):
    assert the_report(cosmetic(name)).hollow
    assert the_report(cosmetic(name), tied_to(key)).hollow


def test_motivation_tied_to_an_event_does_not_clear_it():
    assert the_report(answers=tied_to("assessment:engagement.readiness")).hollow


def test_an_answer_that_names_a_change_that_is_not_there_does_not_clear_it():
    assert the_report(answers=tied_to("step:999")).hollow


HONEST = (
    "The caller was the neighbour two doors down, the police log names his son.",
    "Charge withdrawn at court on 3 September, his solicitor sent the letter.",
    "Magistrates fined him and left the order as it was; four kept in a row since.",
    "Social worker gave the date the file was closed, which his mother had told us.",
    "In hospital with his back all three days, discharge letter seen.",
)


def own_words(words):
    return [
        EventAnswer(one.key, NOTHING, said) for one, said in zip(SIGNIFICANT, words, strict=True)
    ]


def test_each_answered_by_why_not_in_words_of_its_own_is_honest():
    finding = the_report(answers=own_words(HONEST))

    assert not finding.hollow
    assert (finding.happened, finding.changed, finding.said_why) == (5, 0, 5)


def test_half_of_them_are_not_enough():
    assert the_report(answers=own_words((*HONEST[:2], *STOCK[2:]))).hollow


def test_the_same_words_under_all_of_them_are_not():
    assert the_report(answers=own_words([HONEST[0]] * 5)).hollow


def test_the_same_words_for_two_answered_together_may_be():
    words = f"{HONEST[0]} {HONEST[1]}"
    first, second, *others = own_words(HONEST)
    both = [EventAnswer(one.key, NOTHING, words, together="a") for one in (first, second)]

    assert not the_report(answers=[*both, *others]).hollow
    assert the_report(answers=own_words([words, words, *HONEST[2:4], "Noted."])).hollow


def test_the_same_words_under_its_own_kind_that_does_not_matter_are_no_paste_but_under_another_are():
    moved = Event("moved-7", EventKind.MISSED, "2 appointments moved", LEARNT, False)
    answers = [*own_words((*STOCK[:2], *HONEST[2:])), EventAnswer(moved.key, NOTHING, HONEST[4])]
    under_another = [*answers[:-1], EventAnswer("reply-6", NOTHING, HONEST[4])]

    assert not no_change((*HAPPENED, moved), answers, ()).hollow
    assert no_change((*HAPPENED, moved), under_another, ()).hollow


def test_words_about_something_else_are_not():
    assert the_report(answers=own_words((HONEST[4], *(HONEST[4] + f" {n}" for n in "bcde")))).hollow


def test_a_register_does_not_answer_that_it_was_put_on():
    before = stands()
    after = deepcopy(before)
    after["registers"].append({"id": 5, "code": "RCCO", "name": "Child concerns", "level": "", "part": "source", "on": "2018-09-01"})  # fmt: skip
    event = Event("register-5", EventKind.REGISTER, "Put on a register: Child concerns", LEARNT, True)  # fmt: skip
    answers = [EventAnswer(event.key, NOTHING, "Noted.")]

    assert no_change([event], answers, differences(before, after)).hollow


@pytest.mark.parametrize("answers", [[], [EventAnswer("reply-6", NOTHING, "Noted.")]])
def test_it_is_never_hollow_where_nothing_significant_happened(answers):
    finding = no_change([HAPPENED[-1]], answers, [])

    assert not finding.hollow
    assert finding.sentence == "Nothing significant happened."


def test_events_that_nobody_answered_are_listed_as_such():
    finding = no_change(HAPPENED, [], [])

    assert finding.hollow
    assert finding.sentence == "5 things happened, 0 changed the plan; nothing is different."
    assert "Police call-out: not answered" in finding.lines
