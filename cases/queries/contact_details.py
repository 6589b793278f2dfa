"""How we get in touch with somebody, as its page and the API show it, and as two people's answers are put together.

Source: product rules, safe contact.
"""

from dataclasses import dataclass

from cases.models import Person, Reachable
from cases.queries.reminders import about_person, ready_means
from cases.reference.agencies import Means
from cases.reference.contact_details import ANSWER
from cases.reference.reminders import NoReminder
from cases.rules.reminders import last_digits, usable_ways, why_no_way
from staff.kit import on

# Of the person: answers that may be missing, and words
ASKED_OF_PERSON = ("may_text", "may_email", "wants_welsh", "needs_interpreter")
WORDS_OF_PERSON = ("first_language", "language_notes")
OF_NUMBER = {"safe": "safe", "shared": "shared_with", "note": "note"}  # {name in the form: column}
OFFERED = "welsh_offered_on"
USES = {
    Reachable.Kind.MOBILE: "ring or text",
    Reachable.Kind.TELEPHONE: "ring",
    Reachable.Kind.EMAIL: "e-mail",
}


@dataclass(frozen=True)
class NumberShown:
    """A number or an e-mail address of the person."""

    key: int
    kind: str
    value: str
    use: str  # what is done with it: ring, ring or text, e-mail
    imported: bool


@dataclass(frozen=True)
class HomeShown:
    key: int
    words: str


def numbers_of(case):
    return [
        NumberShown(one.pk, Reachable.Kind(one.kind).label, one.value, USES[one.kind], one.imported)
        for one in case.reachable.order_by("kind", "pk")
    ]


def homes_of_case(case, names):
    """The addresses at which they may be written to: those that have not ended."""
    current = case.addresses.filter(to_on=None, no_fixed_abode=False).order_by("pk")
    return [
        HomeShown(one.pk, names.text(", ".join(filter(None, [one.lines, one.town, one.postcode]))))
        for one in current
    ]


def contact_answers(case, names):
    """{name of a question: what stands}, in plain values and as this reader reads words: what a form is begun with."""
    person = Person.objects.filter(case=case).first() or Person(case=case)
    answers = {name: ANSWER[getattr(person, name)] for name in ASKED_OF_PERSON}
    answers |= {name: names.text(getattr(person, name)) for name in WORDS_OF_PERSON}
    answers[OFFERED] = person.welsh_offered_on.isoformat() if person.welsh_offered_on else ""
    for one in case.reachable.order_by("pk"):
        answers[f"safe_{one.pk}"] = ANSWER[one.safe]
        answers[f"shared_{one.pk}"] = names.text(one.shared_with)
        answers[f"note_{one.pk}"] = names.text(one.note)
    for home in case.addresses.filter(to_on=None, no_fixed_abode=False).order_by("pk"):
        answers[f"write_{home.pk}"] = ANSWER[home.safe_to_write]
    return answers


def when_asked(case):
    """When the person was last asked, and by whom, in words; blank where nobody has."""
    person = Person.objects.filter(case=case).select_related("contact_asked_by").first()
    if person is None or person.contact_asked_by is None:
        return ""
    return f"Asked on {on(person.contact_asked_on)} by {person.contact_asked_by.name}"


def how_reminded(case):
    """By what the person is reminded of appointments as things are, or why by nothing, in a sentence."""
    about = about_person(case)
    ways = usable_ways(about, ready_means())
    if not ways:
        because = why_no_way(about, ready_means()) or NoReminder.NO_WAY
        return f"No reminder of an appointment goes to them. {because.title}."
    best = ways[0]
    language = " in Welsh" if about.welsh else ""
    by = "text to the mobile that" if best.means == Means.TEXT else "e-mail to"
    return f"Reminders of appointments go{language} by {by} {last_digits(best.value)}."


def not_to_be_rung(case):
    """Numbers on record that are not safe to ring, by their last digits; for whoever is about to ring."""
    unsafe = case.reachable.filter(safe=False).exclude(kind=Reachable.Kind.EMAIL)
    return [last_digits(value) for value in unsafe.order_by("pk").values_list("value", flat=True)]
