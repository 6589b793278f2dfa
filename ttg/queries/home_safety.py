"""What the record knows of the safety of a place somebody could go to, and how each reader may read it.

Source: `ttg.rules.home`; product rules, protected names.
"""

from dataclasses import replace

from django.db.models import Q

from cases.models import PostcodePoint, RelatedPerson, Subject
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.queries.restrictions import restrictions_of, terms_not_seen
from cases.reference.checks import OPEN_STATES, CheckKind, SubjectKind
from ttg.rules.home import RECORD, RECORD_KEPT, Safe, Whereabouts, safety_of

KEPT = "The record says something of this postcode. Ask the responsible officer."
NOTHING = "It was compared with the record."


def found_of(case, offers, today):
    """{key of the offer: [Found]} of offers of one stay, in a fixed number of statements."""
    if not offers:
        return {}
    stay = offers[0].custody
    codes = {one.pk: compact(one.postcode) for one in offers}
    known = _known(case, max(today, stay.released_on or stay.release_on or today))
    points = {
        pk: (east, north)
        for pk, east, north in PostcodePoint.objects.filter(pk__in=set(codes.values()))
        .values_list("pk", "easting", "northing")
    }  # fmt: skip
    asked = _asked(case)
    return {
        one.pk: safety_of(
            one.looked,
            replace(
                known,
                postcode=codes[one.pk],
                point=points.get(codes[one.pk]),
                waiting=tuple(
                    agency for agency, name in asked if codes[one.pk] and codes[one.pk] in name
                ),
            ),
        )
        for one in offers
    }


def compact(postcode):
    return "".join(postcode.split()).upper()


def _known(case, first):
    """What the record keeps them from, from that day on."""
    around = RelatedPerson.objects.filter(case=case, to_on=None).exclude(postcode="")
    orders = restrictions_of([case], first).get(case.pk, [])
    whom = {one.protected for one in orders if one.protected}
    kept = around.filter(Q(victim=True) | Q(protected=True) | Q(pk__in=whom))
    at: dict[bool, set[str]] = {True: set(), False: set()}
    for pk, victim, postcode in kept.values_list("pk", "victim", "postcode"):
        at[victim or pk in whom].add(compact(postcode))
    return Whereabouts(
        postcode="",
        point=None,
        restrictions=tuple(orders),
        unseen=tuple(terms_not_seen([case], first).get(case.pk, ())),
        banned_at=frozenset(at[True]),
        kept_safe_at=frozenset(at[False]),
    )


def _asked(case):
    """[(agency, the place it was asked about)] of enquiries that nobody has read the answer of."""
    rows = Subject.objects.filter(
        enquiry__case=case, enquiry__state__in=sorted(OPEN_STATES), kind=SubjectKind.ADDRESS
    )
    found = rows.order_by("pk").values_list("enquiry__asked_of", "enquiry__kind", "name")
    return [(asked_of or CheckKind(kind).title, compact(name)) for asked_of, kind, name in found]


def as_read(found, names):
    """One finding as this reader may read it.

    Of somebody who is kept safe there it does not tell those who may not know who is; and where nobody is, it says no more.
    """
    if found.code != RECORD or names.all_seen:
        return replace(found, words=names.text(found.words))
    words = KEPT if found.about_kept else found.words
    return replace(found, code=RECORD_KEPT, words=NOTHING if found.state == Safe.CLEAR else words)


def read_by(user, case, found):
    """What was found of one place, as this member of staff may read it."""
    names = names_for(case, actions_on(case, user))
    return [as_read(one, names) for one in found]
