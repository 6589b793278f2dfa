"""What is scored in each area of need: every item has a code that no other question of the area has."""

from cases.reference.needs import ITEMS
from cases.reference.questions import QUESTIONS, Answered, of_area


def test_each_item_of_an_area_is_a_question_of_its_own():
    items = {of_area(area, code): asks for area, items in ITEMS.items() for code, asks in items}

    found = {code: QUESTIONS[code].asks for code in items if QUESTIONS[code].how == Answered.ONE}

    assert found == items
