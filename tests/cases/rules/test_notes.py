import pytest

from cases.management.demo.stories import STORIES
from cases.rules.notes import ROOTS, TOLD, told_in


def codes(words):
    return [one.code for one in told_in(words)]


def test_alans_note_speaks_of_all_three():
    alan = next(one for one in STORIES if one.surname == "Thackeray")
    notes = " ".join(line[3] for line in alan.lines)

    assert codes(notes) == ["report", "called", "social_care"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Pre-sentence report read.", "report"),
        ("See presentence report of 2016", "report"),
        ("PSR on file", "report"),
        ("Police called to the home on Friday", "called"),
        ("The police were called to an argument", "called"),
        ("Police attended the address twice", "called"),
        ("Three police call-outs last year", "called"),
        ("Domestic violence callouts", "called"),
        ("A domestic incident in March", "called"),
        ("Possible involvement of social care", "social_care"),
        ("Social services are involved with the baby", "social_care"),
        ("Known to children's services", "social_care"),
        ("Known to children’s services", "social_care"),
        ("On a child protection plan", "social_care"),
        ("His grandchildren were taken into care", "social_care"),
    ],
)
def test_what_a_note_speaks_of(words, code):
    assert codes(words) == [code]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "No police call-outs since May.",
        "Not known to social services.",
        "No social care involvement",
        "There is no record of social care involvement.",
        "He has never been known to social services",
        "Told to report it to the police.",
        "Rang the drug service.",
        "Works in social care.",
        "Children well.",
    ],
)
def test_what_does_not(words):
    assert codes(words) == []


def test_a_no_in_the_sentence_before_denies_nothing():
    assert codes("Asked whether he drinks: no. Police called to the home in May.") == ["called"]


def test_one_denied_does_not_hide_one_that_is_said():
    assert codes("No social care involvement now. Known to social services in 2016.") == ["social_care"]  # fmt: skip


@pytest.mark.parametrize("told", TOLD, ids=lambda one: one.code)
def test_the_database_reads_every_line_that_could_speak_of_it(told):
    for phrase in told.phrases:
        assert any(root in phrase.replace("[- ]?", "") for root in ROOTS), phrase
