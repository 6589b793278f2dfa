"""What is a change of substance, and what only looks like one."""

from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.differences import differences
from cases.rules.text_differences import Amount, says_the_same, text_amount

COSMETIC, SUBSTANTIVE = Amount.COSMETIC, Amount.SUBSTANTIVE
NOTES = (
    "Drinks at weekends, up to a litre of vodka. His partner has asked him to stop. "
    "Seen weekly at the office. Week 6 of 12."
)


def step(number, what, **more):
    return {
        "id": number, "what": what, "by_whom": "Officer", "actor": "officer", "nature": "constructive",
        "by_on": "2018-06-01", "made_on": "2018-04-02", "done_on": "",
    } | more  # fmt: skip


def stands(**answers):
    return {
        "on": "2018-04-02",
        "harm": "RMRH",
        "groups": {},
        "contact_level": "fortnightly",
        "registers": [],
        "victims": [],
        "assessment": {"id": 1, "on": "2018-04-02", "answers": answers},
        "plan": {
            "id": 1, "on": "2018-04-02", "answers": {},
            "objectives": [
                {
                    "id": 7, "area": "alcohol", "what": "Drink less, and not at home", "about": ["need:alcohol"],
                    "steps": [step(11, "Drink diary each week, gone through together")],
                }
            ],
            "contingencies": [
                {"id": 21, "what_if": "He goes back to the house", "then": "Ring the police", "by_whom": "", "by_when": ""}
            ],
            "deliveries": [
                {"of": "requirement:1", "name": "Rehabilitation activity", "route": "one_to_one", "how": "Six sessions", "arranged_on": "2018-04-20"}
            ],
        },
        "actions": [],
    }  # fmt: skip


def changed(edit, **answers):
    """[(key, amount)] after this edit of what stood."""
    before = stands(**answers)
    after = deepcopy(before)
    edit(after)
    return [(one.key, one.amount) for one in differences(before, after)]


@pytest.mark.parametrize(
    "after",
    [
        f"  {NOTES.upper()}\n",
        NOTES.replace(". ", ".\n\n"),
        NOTES.replace("Week 6 of 12", "Week 9 of 12"),
        NOTES.replace("His partner", "The service user's partner"),
        NOTES.replace("partner", "girlfriend").replace("Drinks", "Consumes alcohol"),
        "Seen weekly at the office. His partner has asked him to stop. Week 6 of 12. Drinks at weekends, up to a litre of vodka.",
        NOTES.replace("vodka", "vodca").replace("litre", "liter"),
        f"{NOTES} This remains under review.",
    ],
)  # fmt: skip
def test_how_it_is_written_is_no_change(after):
    assert text_amount(NOTES, after) == COSMETIC


@pytest.mark.parametrize(
    "after",
    [
        NOTES.replace("a litre of vodka", "a litre of vodka, and cocaine"),
        NOTES.replace("Drinks at", "No longer drinks at"),
        NOTES.replace("weekly", "fortnightly"),
        f"{NOTES} Her brother broke his arm on Friday and he went with him in the ambulance.",
        "Dry since the detox. Works nights at the bakery and sees his boys on Sundays.",
        "",
    ],
)
def test_what_it_says_is_a_change(after):
    assert text_amount(NOTES, after) == SUBSTANTIVE


@given(st.text(max_size=200))
def test_a_text_is_never_different_from_itself_and_its_spaces_never_count(text):
    assert text_amount(text, text) is None
    assert text_amount(text, f" {text} ") == COSMETIC


@pytest.mark.parametrize("after", ["N/A", "none", "not known"])
def test_words_that_say_nothing_are_no_change_to_a_blank(after):
    assert text_amount("", after) == COSMETIC


def test_nothing_is_different_where_nothing_was_touched():
    assert changed(lambda after: None) == []


@pytest.mark.parametrize(
    ("code", "value", "amount"),
    [
        ("engagement.readiness", "ready", Amount.MOTIVATION),
        (
            "engagement.motivation",
            "Wants his licence back and has a job to go to.",
            Amount.MOTIVATION,
        ),
        ("alcohol.motivation", "0", Amount.MOTIVATION),
        ("self.words", "I am not the man I was when I hit her.", Amount.MOTIVATION),
        ("alcohol.sources", ["police"], COSMETIC),
        ("alcohol.current", "2", SUBSTANTIVE),
        ("harm.children.level", "RHRH", SUBSTANTIVE),
        ("harm.children.who", "Her two boys, four and seven", SUBSTANTIVE),
        ("sara.partner", "high", SUBSTANTIVE),
        ("pattern.violence.relevance", "now", SUBSTANTIVE),
    ],
)
def test_an_answer_of_the_assessment_is_as_much_as_what_it_is_about(code, value, amount):
    def edit(after):
        after["assessment"]["answers"][code] = value

    assert changed(edit) == [(f"assessment:{code}", amount)]


def test_what_a_pattern_covers_is_no_answer():
    assert changed(lambda after: after["assessment"]["answers"].update({"pattern.x.covers": ["1"]})) == []  # fmt: skip


def test_a_step_that_is_done_says_when_and_is_not_said_twice():
    before = stands()
    after = deepcopy(before)
    plan_edit(STEP, done_on="2018-09-01")(after)

    (found,) = differences(before, after)

    assert found.before == before["plan"]["objectives"][0]["steps"][0]["what"]
    assert found.after == "Done on 1 September 2018"


def plan_edit(path, **values):
    def edit(after):
        holder = after
        for one in path:
            holder = holder[one]
        holder.update(values)

    return edit


STEP = ("plan", "objectives", 0, "steps", 0)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (plan_edit(STEP, by_on="2018-12-01"), [("step:11", COSMETIC)]),
        (plan_edit(STEP, done_on="2018-09-01"), [("step:11", SUBSTANTIVE)]),
        (plan_edit(STEP, actor="agency"), [("step:11", SUBSTANTIVE)]),
        (plan_edit(STEP, what="Breath test before each shift"), [("step:11", SUBSTANTIVE)]),
        (plan_edit(("plan", "objectives", 0), what="Drink less, and hand the car keys to her sister"), [("objective:7", SUBSTANTIVE)]),
        (plan_edit(("plan", "objectives", 0), what="drink less and not at home."), [("objective:7", COSMETIC)]),
        (plan_edit(("plan", "objectives", 0), about=["need:drugs"]), [("objective:7", SUBSTANTIVE)]),
        (plan_edit(("plan", "contingencies", 0), then="Ring the police!"), [("contingency:21", COSMETIC)]),
        (plan_edit(("plan", "contingencies", 0), then="Ring her support worker and the school"), [("contingency:21", SUBSTANTIVE)]),
        (plan_edit(("plan", "deliveries", 0), route="group"), [("delivery:requirement:1", SUBSTANTIVE)]),
        (plan_edit(("plan", "deliveries", 0), arranged_on="2018-10-01"), [("delivery:requirement:1", COSMETIC)]),
        (plan_edit(("plan", "deliveries", 0), arranged_on=""), [("delivery:requirement:1", SUBSTANTIVE)]),
        (plan_edit(("plan", "answers"), **{"contact.level": "weekly"}), [("plan:contact.level", SUBSTANTIVE)]),
        (plan_edit(("plan", "answers"), **{"person.words": "I will do it for the dog"}), [("plan:person.words", Amount.MOTIVATION)]),
        (plan_edit((), harm="RHRH"), [("risk:harm", SUBSTANTIVE)]),
        (plan_edit((), contact_level="weekly"), [("risk:contact_level", SUBSTANTIVE)]),
    ],
)  # fmt: skip
def test_each_field_of_plan_and_risk_is_compared(edit, expected):
    assert changed(edit) == expected


def test_a_new_step_is_a_change_unless_it_says_an_old_one_again_or_nothing():
    def add(what):
        return lambda after: after["actions"].append(step(12, what, made_on="2018-09-20"))

    assert changed(add("Refer her to the IDVA")) == [("step:12", SUBSTANTIVE)]
    assert changed(add("Continue the drink diary each week")) == [("step:12", COSMETIC)]
    assert changed(add("Continue to monitor in supervision")) == [("step:12", COSMETIC)]


def test_a_step_brought_over_into_the_next_plan_is_the_same_step():
    def edit(after):
        [one] = after["plan"]["objectives"]
        after["plan"] |= {"id": 2, "objectives": [one | {"id": 8, "steps": [one["steps"][0] | {"id": 31}]}]}  # fmt: skip

    assert changed(edit) == []


def test_a_step_done_under_the_plan_before_is_done_and_not_dropped():
    def edit(after):
        [one] = after["plan"]["objectives"]
        after["plan"] |= {"id": 2, "objectives": [one | {"id": 8, "steps": []}]}
        after["finished"] = [one["steps"][0] | {"done_on": "2018-08-01"}]

    assert changed(edit) == [("step:11", SUBSTANTIVE)]


def test_a_step_or_objective_that_is_gone_is_a_change():
    def edit(after):
        after["plan"]["objectives"] = []
        after["plan"]["contingencies"] = []

    assert changed(edit) == [
        ("objective:7", SUBSTANTIVE),
        ("step:11", SUBSTANTIVE),
        ("contingency:21", SUBSTANTIVE),
    ]


def test_a_register_and_somebody_who_could_be_hurt_are_changes_of_risk():
    def edit(after):
        after["registers"].append({"id": 5, "code": "RCCO", "name": "Child concerns", "level": "", "part": "source", "on": "2018-09-01"})  # fmt: skip
        after["victims"].append({"id": 6, "group": "children", "how": "Shaken", "on": "2018-09-02"})

    assert changed(edit) == [("risk:register:5", SUBSTANTIVE), ("risk:victim:6", SUBSTANTIVE)]


def test_a_difference_says_what_it_asks_what_stood_and_since_when():
    before = stands()
    after = deepcopy(before)
    after["actions"].append(step(12, "Refer her to the IDVA", made_on="2018-09-20"))
    after["contact_level"] = "weekly"

    new, contact = differences(before, after)

    assert (new.asks, new.before, new.after) == ("New step", "", "Refer her to the IDVA")
    assert new.since == date(2018, 9, 20)
    assert "partner" in new.about
    assert (contact.before, contact.after) == ("Fortnightly", "Weekly")


def test_a_step_that_is_denied_does_not_say_the_same():
    assert says_the_same("Keep the drink diary weekly", "Drink diary each week")
    assert not says_the_same("No drink diary each week", "Drink diary each week")
