"""One thing on a record as it read on a day: its title and its lines, in words that no later change of ours can alter.

`{"id": "registration-12", "title": "MAPPA", "lines": [["Level", "Level 1"], ..], "kept": true}`. `kept`: of somebody
whose name is protected, so that only those who may see such names read more than that there is one.
"""

from datetime import date, datetime, time

from django.utils.timezone import localtime

from cases.reference.harm import Relevance
from cases.reference.plan_questions import PLAN_QUESTIONS
from cases.reference.questions import QUESTIONS, Answered
from cases.reference.review_questions import question_of
from cases.rules.words import sentence
from staff.models import Provider, Team, User
from staff.rules.dates import say_date, say_time

WHO = (User, Team, Provider)
KEYS = ".covers"  # an answer that holds keys of rows and no words
OF_THE_PAST = {
    "relevance": "does it bear on the risk now?",
    "words": "how, to whom, and what would make it happen again",
}
RELEVANCES = dict(Relevance.choices())  # what is answered of past behaviour


def entry(row, title, columns, *more, kept=False):
    """`columns`: {label: the path of a column}; what is blank is left out. `more`: lines in words."""
    lines = [[label, said(read(row, path))] for label, path in columns.items()]
    return made(f"{row._meta.model_name}-{row.pk}", title, [*lines, *map(list, more)], kept=kept)


def made(key, title, lines, *, kept=False):
    """An entry of no one row, or of several."""
    told = {"id": key, "title": title, "lines": [[label, words] for label, words in lines if words]}
    return told | ({"kept": True} if kept else {})


def read(row, path):
    """What stands in a column, or in one of something it leads to; of a code, its words."""
    *way, last = path.split(".")
    for name in way:
        row = getattr(row, name, None)
        if row is None:
            return None
    shown = getattr(row, f"get_{last}_display", None)
    return shown() if shown else getattr(row, last)


def said(value):
    """As it reads on paper; blank where there is nothing."""
    match value:
        case None | "" | [] | {}:
            return ""
        case bool():
            return "Yes" if value else "No"
        case datetime():
            at = localtime(value)
            return f"{say_date(at.date())}, {say_time(at.time())}"
        case date():
            return say_date(value)
        case time():
            return say_time(value)
        case list() | tuple():
            return "; ".join(map(said, value))
        case dict():
            return "; ".join(f"{name}: {said(one)}" for name, one in sorted(value.items()))
    return value.name if isinstance(value, WHO) else str(value)


def answered(answers, catalogue):
    """[label, words] of what was answered, word for word, in the order of the questions."""
    order = {code: place for place, code in enumerate(catalogue)}
    told = [code for code in answers if not code.endswith(KEYS)]
    codes = sorted(told, key=lambda code: (order.get(code, len(order)), code))
    return [[asks(code), in_words(code, answers[code])] for code in codes]


def asks(code):
    """What was asked; of past behaviour, which stands in no catalogue, what kind of answer it is."""
    question = _question(code)
    if question:
        return question.asks
    about, _, what = code.removeprefix("pattern.").rpartition(".")
    about = about.replace("_", " ").replace("-", ", ")
    return f"{sentence(about)}: {OF_THE_PAST.get(what, what)}"


def in_words(code, value):
    question = _question(code)
    if question is None:
        return RELEVANCES.get(value) or said(value) if isinstance(value, str) else said(value)
    if question.how == Answered.WORDS:
        return said(value)
    choices = dict(question.choices) | {"yes": "Yes", "no": "No"}
    values = value if isinstance(value, list) else [value]
    return "; ".join(choices.get(one, said(one)) for one in values if one not in (None, ""))


def _question(code):
    return QUESTIONS.get(code) or PLAN_QUESTIONS.get(code) or question_of(code)
