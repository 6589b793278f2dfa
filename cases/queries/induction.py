"""The facts of an induction: the rules of the sentence it is for, and what the record holds of getting in touch.

Source: supervision reference 2.1. The rules of it are `cases.rules.induction`.
"""

from django.db.models import Q
from django.utils.timezone import localdate

from cases.models import Person
from cases.queries.sentences import length_of, requirement_name
from cases.rules.induction import InductionFacts, Rule

NONE_BEGUN = "No induction is being written on this case. Begin one."


def draft_of(case):
    return case.inductions.filter(signed_at=None).select_related("sentence", "begun_by").first()


def find_induction(case, pk):
    """One that is signed."""
    found = case.inductions.filter(pk=pk, signed_at__isnull=False)
    return found.select_related("sentence", "signed_by", "begun_by").first()


def signed_of(case):
    """Those that are signed, the latest first."""
    found = case.inductions.filter(signed_at__isnull=False).select_related("sentence", "signed_by")
    return list(found.order_by("-held_on", "-pk"))


def rules_of(sentence, today):
    """Each requirement and condition in force, in the words the person is bound by."""
    if sentence is None:
        return ()
    requirements = sentence.requirements.filter(active=True, terminated_on=None).order_by("pk")
    conditions = sentence.conditions.filter(Q(to_on=None) | Q(to_on__gte=today))
    return (
        *(Rule(f"requirement-{one.pk}", _ordered(one)) for one in requirements),
        *(
            Rule(f"condition-{one.pk}", one.text or one.category)
            for one in conditions.order_by("from_on", "pk")
        ),
    )


def _ordered(one):
    return ": ".join(filter(None, [requirement_name(one), length_of(one.length, one.length_unit)]))


def induction_facts(induction, today):
    """What decides whether it may be signed, as it stands."""
    person = Person.objects.filter(case=induction.case_id).first() or Person()
    asked_on = person.contact_asked_on
    return InductionFacts(
        rules=rules_of(induction.sentence, today),
        answers=induction.answers,
        contact_asked=asked_on is not None and asked_on >= localdate(induction.begun_at),
        welsh_offered=person.welsh_offered_on is not None,
        interpreter_asked=person.needs_interpreter is not None,
    )
