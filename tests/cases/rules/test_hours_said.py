"""Hours of a week in words: days that follow each other and are alike are said together."""

import pytest

from cases.rules.hours import say_days


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, []),
        ({2: "9am to 5pm"}, ["Wednesday: 9am to 5pm"]),
        ({0: "9am to 5pm", 1: "9am to 5pm"}, ["Monday and Tuesday: 9am to 5pm"]),
        (dict.fromkeys(range(5), "9am to 5pm"), ["Monday to Friday: 9am to 5pm"]),
        (
            {0: "9am to 5pm", 1: "1pm to 9pm", 2: "9am to 5pm"},
            ["Monday: 9am to 5pm", "Tuesday: 1pm to 9pm", "Wednesday: 9am to 5pm"],
        ),
        ({4: "9am to 5pm", 0: "9am to 5pm"}, ["Monday: 9am to 5pm", "Friday: 9am to 5pm"]),
    ],
)
def test_days_alike_are_said_together(said, words):
    assert say_days(said) == words
