"""What stands between one person and one site, and whom they would meet there."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from cases.reference.codes import Sex
from cases.reference.restrictions import DATUM_METRES
from cases.rules.gaps import gates, warnings
from cases.rules.geometry import Zone
from cases.rules.restrictions import Restricted
from unpaidwork.reference.dangers import Body, Danger, Supervised
from unpaidwork.reference.risk import Choice
from unpaidwork.reference.sites import Near, ProjectKind, SiteSignal, Takes, Tool
from unpaidwork.rules.group_gate import Seat, group_gate
from unpaidwork.rules.site_gate import never_there, site_gate
from unpaidwork.rules.sites import Nearby, Site, StopAt, Way
from unpaidwork.rules.workers import Worker

DAY = date(2018, 10, 1)
MAN = Worker(case=1, sex=Sex.MALE)
WOMAN = Worker(case=2, sex=Sex.FEMALE, woman=True, choice=Choice.ANY)
PARK = Site(
    project=7, code="P7", name="The park", kind=ProjectKind.GROUP, point=(1000, 1000), from_on=DAY, to_on=None,
    takes=Takes.ANYBODY, most=8, ratio=8, signal=SiteSignal.GOOD, fallback="", step_free=None, toilets=None,
    hi_vis=True, checked_on=DAY, review_on=DAY + timedelta(days=90), tools=frozenset(), agreed_on=DAY,
    agreement_until=None, insured_until=None,
)  # fmt: skip
VAN = Way(
    9, "From the station", ((0, 0), (0, 1000), (1000, 1000)), 2,
    (StopAt(pk=3, pick_up=4, code="S", where="Station", point=(0, 0), at=time(8, 30)),),
)  # fmt: skip


def near(*kinds, point=None):
    return replace(
        PARK,
        neighbours=tuple(Nearby(n, kind, "", point, "") for n, kind in enumerate(kinds)),
    )


def an_order(centre, radius, *, buffer=0, from_on=DAY, to_on=None, terms="areas"):
    zone = Zone("circle", {"centre": list(centre), "radius": radius}, buffer)
    zones = (zone,) if terms == "areas" else ()
    return Restricted(5, 1, "restraining", terms, "Keep out.", from_on, to_on, DAY, zones)


def found(worker, site, *orders, first=DAY, last=None):
    return site_gate(worker, orders, site, first, last)


def keys(gaps):
    return {one.key.split(":")[-1] for one in gaps}


def test_nothing_stands_between_a_man_of_whom_nothing_is_known_and_a_park():
    assert found(MAN, PARK) == []


# Orders


@pytest.mark.parametrize(("metres", "touches"), [(DATUM_METRES, True), (DATUM_METRES + 1, False)])
def test_an_area_holds_to_its_edge_and_no_further(metres, touches):
    order = an_order((1000 + 100 + metres, 1000), 100)

    assert bool(found(MAN, PARK, order)) is touches


def test_the_pick_up_and_the_way_of_the_van_between_its_points_are_held_against_it_too():
    by_van = replace(PARK, ways=(VAN,)).by_stop(3)

    assert keys(found(MAN, by_van, an_order((0, 0), 50))) == {"pick-up", "route"}
    assert keys(found(MAN, by_van, an_order((0, 500), 50))) == {"route"}
    assert found(MAN, PARK, an_order((0, 500), 50)) == []


def test_what_is_beside_a_site_is_held_against_it_once():
    beside = near(Near.PUBLIC, Near.PUBLIC, point=(5000, 5000))

    gaps = found(MAN, beside, an_order((5000, 5000), 50))

    assert [one.key for one in gaps] == ["restricted:5:7:beside-"]


@pytest.mark.parametrize(
    ("from_on", "to_on", "first", "last", "holds"),
    [
        (DAY, DAY, DAY, DAY, True),
        (DAY, DAY, DAY + timedelta(days=1), None, False),
        (DAY + timedelta(days=9), None, DAY, DAY + timedelta(days=8), False),
        (DAY + timedelta(days=9), None, DAY, DAY + timedelta(days=9), True),
        (DAY + timedelta(days=9), None, DAY, None, True),
    ],
)
def test_an_order_is_held_against_the_days_on_which_it_is_in_force(
    from_on, to_on, first, last, holds
):
    order = an_order((1000, 1000), 50, from_on=from_on, to_on=to_on)

    assert bool(found(MAN, PARK, order, first=first, last=last)) is holds


def test_terms_that_nobody_has_seen_stand_against_every_site_and_a_ban_of_contact_against_none():
    unseen = found(MAN, PARK, an_order((0, 0), 1, terms="not_seen"))

    assert keys(unseen) == {"terms"}
    assert not unseen[0].may_override
    assert found(MAN, PARK, an_order((0, 0), 1, terms="contact")) == []


def test_nobody_lets_an_order_pass():
    assert not any(one.may_override for one in found(MAN, PARK, an_order((1000, 1000), 50)))


# Whom they could harm


@pytest.mark.parametrize("danger", [Danger.SEXUAL, Danger.CHILD])
@pytest.mark.parametrize("kind", [Near.CHILDREN, Near.SCHOOL])
def test_nobody_who_could_harm_children_works_where_they_are(danger, kind):
    gaps = found(replace(MAN, dangers=frozenset({danger})), near(kind))

    assert keys(gaps) == {"children"}
    assert not gaps[0].may_override


@pytest.mark.parametrize("danger", [Danger.SEXUAL, Danger.ADULT])
@pytest.mark.parametrize("kind", [Near.ADULTS, Near.CARE])
def test_nor_adults_at_risk(danger, kind):
    gaps = found(replace(MAN, dangers=frozenset({danger})), near(kind))

    assert keys(gaps) == {"adults"}
    assert not gaps[0].may_override


def test_a_single_placement_waits_for_a_senior():
    alone = replace(PARK, kind=ProjectKind.INDIVIDUAL)

    gaps = found(replace(MAN, dangers=frozenset({Danger.SEXUAL})), alone)

    assert keys(gaps) == {"single"}
    assert gaps[0].may_override


@pytest.mark.parametrize(
    "danger", [Danger.SEXUAL, Danger.STAFF, Danger.VIOLENCE, Danger.WEAPON], ids=str
)
def test_nobody_who_could_harm_them_is_left_with_somebody_who_works_alone(danger):
    gaps = found(
        replace(MAN, dangers=frozenset({danger})), replace(near(Near.STAFF_ALONE), ratio=4)
    )

    assert "alone" in keys(gates(gaps))
    assert not keys(found(replace(MAN, dangers=frozenset({Danger.ARSON})), near(Near.STAFF_ALONE)))


def test_terms_nobody_has_seen_stand_on_the_days_of_the_order_alone():
    unseen = an_order((0, 0), 1, terms="not_seen", to_on=DAY)

    assert keys(found(MAN, PARK, unseen, first=DAY)) == {"terms"}
    assert found(MAN, PARK, unseen, first=DAY + timedelta(days=1)) == []


def test_an_induction_is_kept_from_where_an_order_bans_them_and_whom_they_could_harm():
    """Whatever else stands before work by the week, they may come on the day to be told of it."""
    sexual = replace(MAN, dangers=frozenset({Danger.SEXUAL, Danger.WEAPON}))
    site = replace(near(Near.CHILDREN, Near.ADULTS, Near.REFUGE), tools=frozenset({Tool.BLADES}))
    here, elsewhere = an_order((1000, 1000), 50), an_order((9000, 9000), 50)

    found = never_there(sexual, [here, elsewhere], site, DAY)

    assert [one.key for one in found] == [
        "restricted:5:7:site", "site:7:children", "site:7:adults", "site:7:kept",
    ]  # fmt: skip
    assert never_there(sexual, [elsewhere], PARK, DAY) == []
    assert never_there(MAN, [replace(here, to_on=DAY)], PARK, DAY + timedelta(days=1)) == []


def test_a_refuge_is_never_named():
    gaps = found(replace(MAN, dangers=frozenset({Danger.DOMESTIC})), near(Near.REFUGE))

    assert keys(gaps) == {"kept"}
    assert "refuge" not in gaps[0].sentence.lower()


@pytest.mark.parametrize(
    ("danger", "tool"),
    [
        (Danger.WEAPON, Tool.BLADES),
        (Danger.VIOLENCE, Tool.BLADES),
        (Danger.STAFF, Tool.BLADES),
        (Danger.ARSON, Tool.FLAMMABLE),
    ],
)
def test_tools_are_kept_from_whoever_could_use_them_to_harm(danger, tool):
    two = replace(PARK, tools=frozenset({tool}), ratio=4)

    assert f"tools-{danger}" in keys(gates(found(replace(MAN, dangers=frozenset({danger})), two)))
    assert not gates(found(replace(MAN, dangers=frozenset({danger})), replace(PARK, ratio=4)))


def test_nobody_supervises_alone_where_staff_are_at_risk_and_violence_is_told():
    weapons = found(replace(MAN, dangers=frozenset({Danger.WEAPON})), PARK)
    violent = found(replace(MAN, dangers=frozenset({Danger.VIOLENCE})), PARK)
    out_of_reach = replace(PARK, signal=SiteSignal.PATCHY, fallback="A landline")

    assert keys(gates(weapons)) == {"lone-supervisor"}
    assert keys(warnings(violent)) == {"lone-supervisor"}
    assert gates(found(replace(MAN, dangers=frozenset({Danger.VIOLENCE})), out_of_reach))


def test_a_single_placement_has_no_group_to_supervise_and_a_telephone_that_works_is_enough():
    alone = replace(PARK, kind=ProjectKind.INDIVIDUAL)
    out_of_reach = replace(PARK, signal=SiteSignal.NONE, fallback="A landline")

    assert found(replace(MAN, dangers=frozenset({Danger.WEAPON})), alone) == []
    assert found(MAN, out_of_reach) == []


def test_tools_are_named_in_the_number_they_are():
    faints = replace(MAN, body=frozenset({Body.FAINTS}))

    def said(*tools):
        return found(faints, replace(PARK, tools=frozenset(tools)))[0].sentence

    assert said(Tool.HEIGHT).startswith("Ladders or work at height is used")
    assert said(Tool.BLADES).startswith("Blades are used")
    assert said(Tool.HEIGHT, Tool.POWER).startswith(
        "Ladders or work at height and power tools or plant are"
    )
    assert found(faints, replace(PARK, tools=frozenset({Tool.CHEMICALS}))) == []


def test_steps_are_told_from_what_is_not_known_and_mean_nothing_at_home():
    disabled = replace(MAN, body=frozenset({Body.DISABLED}))

    assert "has steps" in found(disabled, replace(PARK, step_free=False))[0].sentence
    assert "not known" in found(disabled, replace(PARK, step_free=None))[0].sentence
    assert found(disabled, replace(PARK, kind=ProjectKind.HOME)) == []


def test_health_keeps_from_tools_and_says_what_is_to_be_asked():
    heights = replace(PARK, tools=frozenset({Tool.HEIGHT, Tool.CHEMICALS}))

    faints = found(replace(MAN, body=frozenset({Body.FAINTS})), heights)
    allergic = found(replace(MAN, body=frozenset({Body.ALLERGY})), heights)
    disabled = replace(MAN, body=frozenset({Body.DISABLED}))

    assert keys(gates(faints)) == {"body-faints"}
    assert keys(warnings(allergic)) == {"body-allergy"}
    assert keys(warnings(found(disabled, PARK))) == {"step-free"}
    assert found(disabled, replace(PARK, step_free=True)) == []


def test_what_the_assessment_says_could_go_wrong_there_stands():
    kept = replace(
        MAN, kept_from=frozenset({ProjectKind.INDIVIDUAL, ProjectKind.GROUP, Near.PUBLIC})
    )

    assert keys(found(kept, near(Near.PUBLIC))) == {"group", "public"}
    assert keys(found(kept, replace(PARK, kind=ProjectKind.INDIVIDUAL))) == {"by-themselves"}


def test_by_whom_they_must_not_be_supervised_is_said():
    kept = replace(MAN, supervised=frozenset({Supervised.NOT_WOMAN}))

    assert keys(warnings(found(kept, PARK))) == {"not_woman"}


# Women


def test_a_woman_is_asked_before_anything_and_her_choice_holds():
    assert keys(found(replace(WOMAN, choice=Choice.NOT_ASKED), PARK)) == {"not-asked"}
    assert keys(found(replace(WOMAN, choice=Choice.WOMEN_ONLY), PARK)) == {"women-only"}
    women = replace(PARK, takes=Takes.WOMEN)
    assert found(replace(WOMAN, choice=Choice.WOMEN_ONLY), women) == []
    assert keys(found(MAN, women)) == {"takes"}


def test_a_site_for_women_or_men_asks_about_whoever_is_neither_on_record():
    women, men = replace(PARK, takes=Takes.WOMEN), replace(PARK, takes=Takes.MEN)
    unknown = replace(MAN, sex=Sex.UNKNOWN)

    assert keys(gates(found(MAN, women))) == {"takes"}
    assert keys(warnings(found(unknown, women))) == {"takes"}
    assert keys(gates(found(unknown, men))) == {"takes"}
    assert found(MAN, men) == []


@pytest.mark.parametrize("kind", [ProjectKind.INDIVIDUAL, ProjectKind.HOME], ids=str)
def test_by_herself_there_is_no_group_to_choose(kind):
    for choice in (Choice.NOT_ASKED, Choice.WOMEN_ONLY):
        assert found(replace(WOMAN, choice=choice), replace(PARK, kind=kind)) == []


def test_she_who_chose_any_group_is_taken_by_any():
    assert found(WOMAN, PARK) == []
    assert found(WOMAN, replace(PARK, takes=Takes.WOMEN)) == []


def seat(case, **changes):
    said = {
        "project": 7, "weekday": 1, "first": DAY, "last": None, "from_at": time(9), "to_at": time(16),
    }  # fmt: skip
    return Seat(case=case, **(said | changes))


def beside(worker, others, mine=None, site=PARK, **more):
    return group_gate(worker, mine or seat(worker.case), site, others, **more)


def test_she_is_never_the_only_woman_unless_she_agrees_in_words():
    men = [seat(11), seat(12)]

    assert keys(beside(WOMAN, men)) == {"only"}
    assert beside(WOMAN, men, agreed_alone="Asked on 1 October: fine with the group") == []
    assert beside(WOMAN, [*men, seat(13, woman=True)]) == []
    not_alone = replace(WOMAN, choice=Choice.NOT_ALONE)
    assert keys(beside(not_alone, men, agreed_alone="Fine")) == {"not-alone"}
    other_day = seat(13, woman=True, weekday=2)
    assert keys(beside(WOMAN, [*men, other_day])) == {"only"}


# Who is kept apart


def test_those_kept_apart_never_share_a_day_at_a_site_or_a_stop():
    kept = replace(MAN, apart=frozenset({11}))
    mine = seat(1, pick_up=4, way=9, at=time(8, 30))
    elsewhere = {"project": 8, "pick_up": 4, "way": 10}

    assert beside(kept, [seat(11)])
    assert beside(kept, [seat(11, from_at=time(16), to_at=time(18))])
    assert beside(kept, [seat(11, at=time(9, 30), **elsewhere)], mine)
    assert not beside(kept, [seat(11, at=time(9, 31), **elsewhere)], mine)
    assert not beside(kept, [seat(11, weekday=2)])
    assert not beside(kept, [seat(12)])
    assert not beside(kept, [seat(11, first=DAY - timedelta(days=9), last=DAY - timedelta(days=1))])


# Room


def test_a_site_holds_so_many_and_a_supervisor_so_many():
    assert keys(gates(beside(MAN, [seat(10 + n) for n in range(8)]))) == {"1"}
    assert not beside(MAN, [seat(10 + n) for n in range(7)])
    five = replace(PARK, ratio=5)
    assert warnings(beside(MAN, [seat(10 + n) for n in range(5)], site=five))
    assert not beside(MAN, [seat(10 + n, weekday=2) for n in range(8)])


def test_a_van_has_so_many_seats():
    by_van = replace(PARK, ways=(VAN,))
    mine = seat(1, pick_up=4, way=9, at=time(8, 30))
    riding = [seat(10 + n, pick_up=4, way=9, at=time(8, 30)) for n in range(2)]

    assert gates(beside(MAN, riding, mine, by_van))
    assert not beside(MAN, riding[:1], mine, by_van)
    assert not beside(MAN, riding, seat(1), by_van)
