"""Recording what an order keeps somebody from, changing it, and ending it.

A change ends the row and makes another that follows it, so that what was known on any day can be shown. What is
allocated is tested again by whoever calls these beside them: `unpaidwork.services.restrictions`.
Source: unpaid work reference 5 and 10 (U2); product rules, gates and sharing.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import (
    LicenceCondition,
    Registration,
    Requirement,
    RestrictedArea,
    Restriction,
)
from cases.queries.kept import kept_of
from cases.queries.recipients import owner_and_cover
from cases.queries.restrictions import LINKS
from cases.reference.restrictions import OrderKind, Shape, Terms
from cases.rules.geometry import check_buffer, check_circle, check_outline
from cases.rules.interim import says_nothing
from cases.rules.restrictions import (
    Area,
    check_days,
    check_gives_nothing_away,
    check_prohibition,
)
from cases.rules.words import within_a_sentence
from cases.services.checks import lock_case
from cases.services.order_terms import settle_order_terms
from cases.services.rewriting import rewritten
from cases.services.telling import tell
from cases.services.victim_notices import raise_for_victim
from staff.audit import record
from staff.errors import RuleBroken

VOWELS = "AEIOU"
AS_IT_STOOD = object()  # by whoever may not see what it was
CHANGE_BECAUSE = "Say why it is changed: what the court varied, or what was wrong."
END_BECAUSE = "Say why it ends: what the court decided and when, or what was wrong."
MEANWHILE = "This has been changed or ended meanwhile. Look at what stands now."


@transaction.atomic
def record_restriction(
    *, case, kind, terms, prohibits="", areas=(), protects=None, made_by="", from_on, to_on=None,
    copy_seen_on=None, source, of="", by, now,
):  # fmt: skip
    """Record an order, as far as its terms are known. Returns it.

    `areas`: `cases.rules.restrictions.Area`s; `protects`: one of the people around them; `of`: what of the record
    it is ("registration-12"), if it is any. Whoever acts on the case hears.
    """
    case = lock_case(case)
    given = {
        "kind": kind, "terms": terms, "prohibits": prohibits, "protects": protects, "made_by": made_by,
        "from_on": from_on, "to_on": to_on, "copy_seen_on": copy_seen_on, "source": source,
    }  # fmt: skip
    made = _write(case, given, list(areas), of, by=by, now=now)
    record(by=by, action="recorded_restriction", crn=case.crn, **_marks(made))
    _see_to_it(case, f"{_named(made)} was recorded on {case.crn}", by=by, now=now)
    return made


@transaction.atomic
def change_restriction(
    *, restriction, because, kind, terms, prohibits="", areas=None, protects=AS_IT_STOOD, made_by="",
    from_on, to_on=None, copy_seen_on=None, source, of="", by, now,
):  # fmt: skip
    """Put other terms in the place of these, and why. Returns what follows.

    `areas` None, and `protects` AS_IT_STOOD: as they were, for whoever may not see them.
    """
    case, stood = _locked(restriction)
    given = {
        "kind": kind, "terms": terms, "prohibits": prohibits, "protects": protects, "made_by": made_by,
        "from_on": from_on, "to_on": to_on, "copy_seen_on": copy_seen_on, "source": source,
    }  # fmt: skip
    reason = _reason(case, because, CHANGE_BECAUSE)
    given, areas = _over_what_stood(stood, given, areas, case=case, by=by)
    _end(stood, reason, now)
    made = _write(case, given, areas, of, follows=stood, by=by, now=now)
    record(by=by, action="changed_restriction", crn=case.crn, was=stood.pk, **_marks(made))
    _see_to_it(case, f"{_named(made)} was changed on {case.crn}", by=by, now=now)
    return made


def look_at_restriction(*, case, stood=None, because="", areas=None, of="", by, now, **given):
    """Refuse what could not be recorded, or put in the place of `stood`. Writes nothing; returns its areas."""
    if stood:
        _reason(case, because, CHANGE_BECAUSE)
        given, areas = _over_what_stood(stood, given, areas, case=case, by=by)
    areas = list(areas or [])
    _check(case, _stripped(given), areas, localtime(now).date())
    _linked(case, of)
    return areas


@transaction.atomic
def end_restriction(*, restriction, because, by, now):
    """It keeps them from nothing any more: discharged, or recorded by mistake. Returns it."""
    case, stood = _locked(restriction)
    reason = _reason(case, because, END_BECAUSE)
    _end(stood, reason, now)
    record(by=by, action="ended_restriction", crn=case.crn, **_marks(stood))
    _see_to_it(case, f"{_named(stood)} was ended on {case.crn}", by=by, now=now)
    return stood


def _locked(restriction):
    case = lock_case(restriction.case)
    stood = Restriction.objects.select_related("protects", "copy_seen_by").get(pk=restriction.pk)
    if stood.ended_on:
        raise RuleBroken(MEANWHILE)
    return case, stood


def _over_what_stood(stood, given, areas, *, case, by):
    """(what is given, its areas) with what its writer may not see as it stood."""
    if areas is None:
        kept = stood.areas.order_by("pk") if given["terms"] == Terms.AREAS else []
        areas = [Area(one.label, one.shape, one.outline, one.buffer) for one in kept]
    words = {
        name: rewritten(given[name], getattr(stood, name), case=case, by=by)
        for name in ("prohibits", "made_by", "source")
    }
    protects = stood.protects if given["protects"] is AS_IT_STOOD else given["protects"]
    return {**given, **words, "protects": protects}, list(areas)


def _write(case, given, areas, of, *, follows=None, by, now):
    given = _stripped(given)
    _check(case, given, areas, localtime(now).date())
    unseen = given["terms"] == Terms.NOT_SEEN
    seen_by = by if given["copy_seen_on"] else None
    if follows and given["copy_seen_on"] == follows.copy_seen_on:
        seen_by = follows.copy_seen_by
    made = Restriction.objects.create(
        case=case,
        **{**given, "prohibits": "" if unseen else given["prohibits"]},
        copy_seen_by=seen_by,
        follows=follows,
        recorded_at=now,
        recorded_by=by,
        **_linked(case, of),
    )
    RestrictedArea.objects.bulk_create(
        RestrictedArea(
            restriction=made,
            label=one.label.strip(),
            shape=one.shape,
            outline=_outline(one),
            buffer=check_buffer(one.buffer),
        )
        for one in areas
    )
    return made


def _stripped(given):
    return {name: one.strip() if isinstance(one, str) else one for name, one in given.items()}


def _check(case, given, areas, today):
    if given["kind"] not in set(OrderKind):
        raise RuleBroken("Say what kind of order it is.")
    check_prohibition(given["terms"], given["prohibits"], areas)
    check_days(given["from_on"], given["to_on"], given["copy_seen_on"], today)
    if says_nothing(given["source"]):
        raise RuleBroken("Say where we have it from: the court, the police, the licence.")
    if any(not one.label.strip() for one in areas):
        raise RuleBroken("Say of each area what the order calls it.")
    if given["protects"] and given["protects"].case_id != case.pk:
        raise RuleBroken("Choose somebody around this person.")
    check_gives_nothing_away(
        kept_of(case),
        what_they_must_not_do=given["prohibits"],
        who_made_it=given["made_by"],
        where_we_have_it_from=given["source"],
    )


def _outline(area):
    """As it is kept; refused where it encloses nothing or lies nowhere."""
    if area.shape == Shape.CIRCLE:
        return check_circle(area.outline["centre"], area.outline["radius"])
    return check_outline(area.outline["rings"])


def _linked(case, of):
    """The one column that says what of the record it is; refused where that is not of this case."""
    if not of:
        return {}
    name, _, key = of.partition("-")
    sources = {
        "registration": Registration.objects.filter(case=case),
        "requirement": Requirement.objects.filter(sentence__case=case),
        "condition": LicenceCondition.objects.filter(sentence__case=case),
    }
    found = name in LINKS and key.isdecimal() and sources[name].filter(pk=key).first()
    if not found:
        raise RuleBroken("Choose which entry of the record it is, or none.")
    return {name: found}


def _reason(case, because, asked):
    if says_nothing(because):
        raise RuleBroken(asked)
    check_gives_nothing_away(kept_of(case), why=because)
    return because.strip()


def _end(restriction, reason, now):
    restriction.ended_on, restriction.ended_because = localtime(now).date(), reason
    restriction.save(update_fields=["ended_on", "ended_because"])


def _see_to_it(case, what, *, by, now):
    """Settle whether terms are still to be seen, and tell whoever acts on the case."""
    today = localtime(now).date()
    settle_order_terms(case_ids=[case.pk], by=by, today=today)
    raise_for_victim(case=case, by=by, now=now)
    tell(
        case=case,
        users=[one for one in owner_and_cover(case, today) if one != by],
        text=f"{what}. Read what they must not do before you next see them.",
        href=reverse("case-restrictions", args=[case.crn]),
        now=now,
    )


def _named(restriction):
    """ "A restraining order", "An exclusion requirement", "Another order"."""
    title = OrderKind(restriction.kind).title
    if restriction.kind == OrderKind.OTHER:
        return title
    return f"{'An' if title[0] in VOWELS else 'A'} {within_a_sentence(title)}"


def _marks(restriction):
    return {
        "restriction": restriction.pk,
        "kind": str(restriction.kind),
        "terms": str(restriction.terms),
    }
