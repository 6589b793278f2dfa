"""Which flags supervisors must be told of, what an instruction must say, and what it may never give away."""

from dataclasses import replace
from datetime import date

import pytest

from cases.reference.codes import Part, Register, Rosh
from cases.reference.restrictions import OrderKind
from cases.rules.giveaways import Kept
from staff.errors import RuleBroken
from unpaidwork.reference.flags import (
    AT_RISK,
    CHILDREN,
    DEMANDS,
    HARMED_BY_A_PARTNER,
    LEVELS_ONLY,
    NEVER_SHOWN,
    NOT_FOR_SITE,
    OF_A_CHILD,
    ORDER,
    ORDERS,
    OTHERS,
    PARTNER,
    SEXUAL,
    Says,
)
from unpaidwork.rules.instructions import (
    OnRegister,
    Ordered,
    Said,
    check_ending,
    check_review,
    demand_of,
    flags_of,
    gives_away,
    last_review,
    missing,
    owed_because,
    suggested,
    wrong_with,
)

TODAY = date(2018, 10, 1)
# Every code of reference 6a that is said to a supervisor
OF_THE_TABLE = [
    "RSTO",
    "SOPS",
    "SPO",
    "ARSO",
    "ANSO",
    "AVIS",
    "MAPP",
    "IMAR",
    "ADVP",
    "REG30",
    "ADVV",
    "RCCO",
    "RCPR",
    "RCHD",
    "ADWC",
    "CSEP",
    "REG22",
    "RVAD",
    "AV2S",
    "WEAP",
    "STRG",
    "REG26",
    "IRMO",
    "REG15",
    "REG16",
    "REG17",
    "AMHL",
    "RMDO",
    "ALSH",
    "RVLN",
    "MSP",
    "MSV",
    "CUCK",
]
GOOD = {
    "must_not": "Do not let them work where children are or pass.",
    "watch_for": "Going towards the play area.",
    "do": "Move them away and keep them in sight.",
    "ring": "The duty officer, 01865 000000",
}
KEPT = Kept(
    own="Alan Marsh",
    home="4 Example Street, Reading, RG1 1AA",
    names=("Robin Lane", "Daisy"),
    addresses=("12 Acacia Road, Reading, RG1 2AB", "St Mary’s School, Castle Street"),
    texts=("He waited outside her work for two hours and followed her to the bus stop",),
)


def on_register(code="ADVP", part=Part.SOURCE, pk=1, warns=False):
    return OnRegister(pk, code, f"The register {code}", part, warns)


def order(pk=4, kind=OrderKind.RESTRAINING, **given):
    usual = {"name": "Restraining order", "from_on": date(2018, 9, 1)}
    return Ordered(pk, kind, **usual | given)


@pytest.mark.parametrize("code", sorted(OF_THE_TABLE))
def test_every_register_of_the_table_must_be_said_to_supervisors(code):
    (flag,) = flags_of([on_register(code)], [], {})

    assert missing([flag]) == [f"The register {code}"]
    assert flag.demand.must


@pytest.mark.parametrize(
    "code", sorted({*NEVER_SHOWN, *LEVELS_ONLY, *Rosh, "RRR", "UPWS", "NOTMAPPA"})
)
def test_victim_contact_levels_and_what_stops_the_work_are_never_shown_on_site(code):
    assert demand_of(on_register(code, warns=True)) is None


def test_no_code_is_both_said_and_never_shown():
    assert not NOT_FOR_SITE & DEMANDS.keys()


def test_a_register_nobody_foresaw_is_said_where_it_warns_staff_and_only_there():
    assert demand_of(on_register("ZZZZ", warns=True))
    assert demand_of(on_register("ZZZZ")) is None


@pytest.mark.parametrize("kind", sorted(OrderKind))
def test_every_kind_of_order_must_say_what_it_forbids(kind):
    assert Says.MUST_NOT in ORDERS[kind].says


def test_the_part_somebody_plays_changes_what_must_be_said():
    said = [
        demand_of(on_register(code, part))
        for code, part in (
            ("ADVP", Part.SOURCE), ("ADVP", Part.AT_RISK), ("RCPR", Part.SOURCE), ("RCPR", Part.PARENT),
            ("STRG", Part.AT_RISK), ("ARSO", Part.AT_RISK), ("ADVP", Part.NOT_RECORDED), ("MSP", Part.SOURCE), ("MSV", Part.AT_RISK),
        )
    ]  # fmt: skip

    assert said == [
        PARTNER, HARMED_BY_A_PARTNER, CHILDREN, OF_A_CHILD, AT_RISK, SEXUAL, PARTNER, OTHERS, AT_RISK,
    ]  # fmt: skip


def test_an_order_that_is_recorded_takes_the_place_of_the_register_that_says_there_is_one():
    registers = [on_register("RSTO", pk=3), on_register("ADVP", pk=5)]

    flags = flags_of(registers, [order(rests_on=3)], {})

    assert [one.key for one in flags] == ["register-5", "order-4"]
    assert flags[1].demand == ORDER


def test_an_instruction_that_gives_something_away_counts_as_none():
    said = {"register-1": Said(7, TODAY, gives_away="It names somebody around them.")}

    (flag,) = flags_of([on_register()], [], said)

    assert missing([flag]) == [
        "The register ADVP (what is written gives something away, and is kept back)"
    ]


def test_an_order_holds_from_its_first_day_to_the_end_of_its_last():
    (flag,) = flags_of([], [order(from_on=date(2018, 10, 2), to_on=date(2018, 10, 3))], {})

    held = [flag.holds(date(2018, 10, day)) for day in (1, 2, 3, 4)]

    assert held == [False, True, True, False]


def test_somebody_has_to_write_while_nothing_is_said_and_once_the_review_has_passed():
    bare = flags_of([on_register()], [], {})
    late = flags_of([on_register()], [], {"register-1": Said(7, TODAY)})
    good = flags_of([on_register()], [], {"register-1": Said(7, date(2018, 10, 2))})

    assert owed_because(bare, TODAY) == (
        "Nothing says what this means on a work site: The register ADVP."
    )
    assert "was to be looked at by 1 October 2018" in owed_because(late, TODAY)
    assert owed_because(good, TODAY) == ""


@pytest.mark.parametrize("part", sorted(GOOD))
@pytest.mark.parametrize(
    "words",
    sorted(["", "   ", "n/a", "As above", "monitor", "To be completed", "-", "no known risk"]),
)
def test_a_blank_or_a_stock_phrase_is_refused_in_every_box_that_must_be_filled(part, words):
    assert part in wrong_with(GOOD | {part: words}, SEXUAL)


def test_a_box_that_is_not_asked_for_may_stay_blank_but_not_say_nothing():
    blank = GOOD | {"watch_for": ""}

    assert wrong_with(blank, CHILDREN) == {}
    assert "watch_for" in wrong_with(GOOD | {"watch_for": "none"}, CHILDREN)


@pytest.mark.parametrize("ring", sorted(["The duty officer", "01865 000000", "Ring me", "me 1"]))
def test_whom_to_ring_names_a_role_and_a_number(ring):
    assert "ring" in wrong_with(GOOD | {"ring": ring}, CHILDREN)


@pytest.mark.parametrize("code", sorted(DEMANDS))
def test_no_suggestion_is_kept_as_it_stands(code):
    (flag,) = flags_of([on_register(code)], [], {})

    assert wrong_with(suggested(flag), flag.demand)
    assert suggested(flag)["ring"] == ""


@pytest.mark.parametrize("code", sorted(DEMANDS))
def test_no_suggestion_gives_anything_away(code):
    (flag,) = flags_of([on_register(code)], [], {})

    assert {gives_away(words, KEPT) for words in suggested(flag).values()} == {""}


def test_the_suggestion_of_an_order_begins_with_what_it_prohibits():
    (flag,) = flags_of([], [order(prohibits="Must not contact a former partner.")], {})

    assert suggested(flag)["must_not"] == "Must not contact a former partner."


@pytest.mark.parametrize(
    "words",
    sorted([
        "Keep them away from Robin Lane.",
        "Ring if Robin comes.",
        "Daisy must not be mentioned.",
        "Do not let them go to 12 Acacia Road.",
        "Not on Acacia Rd.",
        "Stay clear of RG1 2AB.",
        "No work near rg12ab.",
        "Not beside St Mary’s School.",
        "Not past 7 Any Lane.",
        "He was born on 4 May 1990.",
        "DOB 04/05/90",
        "He assaulted a former partner in her kitchen.",
        "They have strangled somebody.",
        "Convicted of rape.",
        "The index offence was in a park.",
        "She was stabbed.",
        "He waited outside her work for two hours and followed her to the bus stop.",
    ]),
)  # fmt: skip
def test_a_name_an_address_a_date_of_birth_and_the_story_of_an_offence_are_refused(words):
    assert gives_away(words, KEPT)


@pytest.mark.parametrize(
    "words",
    sorted([
        *GOOD.values(),
        "If they hit or threaten somebody, ring 999.",
        "When they shout, part the group.",
        "No contact with a former partner: do not lend a telephone.",
        "Do not let them leave the site alone until 3 May 2019.",
        "Do not put them with people from the other group.",
    ]),
)  # fmt: skip
def test_what_to_stop_to_see_and_to_do_is_not(words):
    assert gives_away(words, KEPT) == ""


def test_an_instruction_is_looked_at_again_no_later_than_its_register():
    check_review(last_review(SEXUAL, TODAY), SEXUAL, TODAY)

    for day in (TODAY, date(2019, 1, 2)):
        with pytest.raises(RuleBroken):
            check_review(day, SEXUAL, TODAY)


def test_what_a_flag_that_stands_needs_is_not_taken_away():
    (flag,) = flags_of([on_register()], [], {})

    with pytest.raises(RuleBroken, match="still stands"):
        check_ending(flag, "The order has ended.")
    with pytest.raises(RuleBroken, match="Say why"):
        check_ending(None, "n/a")
    check_ending(None, "The register was ended by the court.")


def test_concerns_of_ours_are_all_said_to_supervisors():
    never = {Register.VICTIM_CONTACT}
    sides = {Register.INTEGRATED_MANAGEMENT, Register.WARRANT}

    untold = {one for one in Register if demand_of(replace(on_register(), code=one.value)) is None}

    assert untold == never | sides
