"""Two people on one form: what either typed is written, or shown to whoever typed it later; never lost."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.rules.merging import mark, marks, merged

NAMES = ("who", "nature", "when")
values = st.one_of(st.none(), st.text(max_size=6), st.booleans(), st.lists(st.text(max_size=3)))
answers = st.dictionaries(st.sampled_from(NAMES), values)
whole = st.fixed_dictionaries(dict.fromkeys(NAMES, values))


def sent(seen, given_answers, stands):
    """What stands once a form has been sent, and what was shown as a conflict."""
    result = merged(seen, given_answers, stands)
    return {**stands, **result.write}, result.conflicts


@given(answers, whole)
def test_what_one_person_alone_types_is_written_as_they_typed_it(stood, mine):
    stands, conflicts = sent(marks(stood, NAMES), mine, stood)

    assert {name: stands.get(name) for name in NAMES} == mine
    assert conflicts == ()


@given(answers, whole, whole)
def test_nothing_that_either_typed_is_lost(stood, theirs, mine):
    seen = marks(stood, NAMES)
    after_theirs, _ = sent(seen, theirs, stood)
    stands, conflicts = sent(seen, mine, after_theirs)

    for name in NAMES:
        changed_by_me = mine[name] != stood.get(name)
        changed_by_them = theirs[name] != stood.get(name)
        if changed_by_them and not changed_by_me:
            assert stands[name] == theirs[name]
        if changed_by_me and name not in conflicts:
            assert stands[name] == mine[name]
        if name in conflicts:
            assert stands[name] == theirs[name]


@given(answers, whole)
def test_what_both_typed_alike_is_agreed(stood, alike):
    seen = marks(stood, NAMES)
    stands, _ = sent(seen, alike, stood)

    _, conflicts = sent(seen, alike, stands)

    assert conflicts == ()


@given(whole, values, values)
def test_what_each_typed_in_another_box_both_stand(stood, mine, theirs):
    seen = marks(stood, NAMES)
    after_theirs, _ = sent(seen, {**stood, "who": theirs}, stood)
    stands, conflicts = sent(seen, {**stood, "when": mine}, after_theirs)

    assert conflicts == ()
    assert (stands.get("who"), stands.get("when")) == (theirs, mine)


@given(answers, whole, whole)
def test_sent_again_over_what_was_shown_the_later_words_stand(stood, theirs, mine):
    seen = marks(stood, NAMES)
    after_theirs, _ = sent(seen, theirs, stood)
    stands, _ = sent(seen, mine, after_theirs)

    stands, conflicts = sent(marks(stands, NAMES), mine, stands)

    assert conflicts == ()
    assert {name: stands.get(name) for name in NAMES} == mine


@pytest.mark.parametrize(("one", "other"), [("a", "b"), (None, ""), ("1", 1), (False, None)])
def test_a_mark_tells_two_answers_apart_and_says_nothing_of_either(one, other):
    assert mark(one) != mark(other)
    assert len(mark("Robin, at 4 Example Street")) == 16


def test_a_form_that_says_nothing_of_what_stood_writes_over_nobody():
    result = merged({}, {"who": "A partner"}, {"who": "A child"})

    assert (result.write, result.conflicts) == ({}, ("who",))


class Editor:
    """Opens the form, types in it, sends it; on a conflict reads both and joins them, and sends again."""

    def __init__(self, name, box):
        self.name, self.box = name, box
        self.steps = [self.open, self.type, self.send]

    def open(self, stands):
        self.form, self.seen = dict(stands), marks(stands, NAMES)
        return stands

    def type(self, stands):
        self.form[self.box] = f"{self.form.get(self.box, '')}<{self.name}>"
        return stands

    def send(self, stands):
        stands, conflicts = sent(self.seen, self.form, stands)
        self.shown: Mapping[str, Any] = {name: stands[name] for name in conflicts}
        if self.shown:
            self.seen = marks(stands, NAMES)
            for name in conflicts:
                self.form[name] = f"{stands[name]}{self.form[name]}"
            stands, again = sent(self.seen, {name: self.form[name] for name in conflicts}, stands)
            assert again == ()
        return stands


ORDERS = [
    ["one" if place in of_one else "other" for place in range(6)]
    for of_one in combinations(range(6), 3)
]


@pytest.mark.parametrize("boxes", [("who", "who"), ("who", "when")], ids="-".join)
@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_however_two_editors_steps_fall_the_words_of_both_stand(order, boxes):
    editors = {"one": Editor("one", boxes[0]), "other": Editor("other", boxes[1])}
    stands = {"nature": "Assault"}

    for name in order:
        stands = editors[name].steps.pop(0)(stands)

    said = " ".join(str(value) for value in stands.values())
    assert "<one>" in said
    assert "<other>" in said
    assert stands["nature"] == "Assault"


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_an_editor_who_wrote_in_the_same_box_meanwhile_is_shown_what_the_other_wrote(order):
    editors = {"one": Editor("one", "who"), "other": Editor("other", "who")}
    stands, sends = {}, []

    for name in order:
        editor = editors[name]
        step = editor.steps.pop(0)
        stands = step(stands)
        if step == editor.send:
            sends.append(editor)

    first, second = sends
    began = order.index(second.name)  # where the second opened the form
    finished = [place for place, name in enumerate(order) if name == first.name][-1]
    assert not first.shown
    assert bool(second.shown) == (began < finished)
