"""The sheet for the gate: always made, one page, never a blank, and nobody given away. Source: `ttg.rules.gate_sheet`."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from cases.agencies.typeset import CannotPrint
from cases.rules.giveaways import Kept
from ttg.agencies.gate_sheet import gate_sheet
from ttg.reference.home import Item, ItemState
from ttg.rules.gate_sheet import (
    LONGEST,
    LONGEST_DUE,
    MOST,
    MOST_DUE,
    UNPRINTABLE,
    Due,
    Meets,
    SheetFacts,
    is_printed,
    printable,
    sheet_of,
)

RING = "01632 960111"


def local(day, hour=9, minute=0):
    return datetime(2018, 10, day, hour, minute, tzinfo=UTC)


AT = local(8, 14, 30)
NOTHING = SheetFacts(
    called="Alan", crn="X123456", telephone=RING, organisation="Thames Valley CRC",
    made_on=date(2018, 10, 1), kept=Kept(own="Alan Smith", names=("Robin Vale",)),
)  # fmt: skip
EVERYTHING = replace(
    NOTHING,
    leaves_on=date(2018, 10, 5),
    home="3 Lantern House, Reading, RG1 1AA",
    officer="Jo Hale",
    sees_officer=Meets("Jo Hale", AT, "Office 1, 1 Canal Street, Reading"),
    services=(Meets("Turning Tide", AT, "14 Mill Street", "01632 960400"),),
    items=((Item.BANK, ItemState.READY, True), (Item.SCRIPT, ItemState.APPLIED, False)),
    meets=Meets("Sam Field", local(5, 8, 30), "At the visitors’ centre"),
    first=(
        Due("You leave prison", local(5, 8, 30)),
        Due("Mill Pharmacy", local(5), "2 Mill Street", timed=False),
    ),
    curfew="7pm to 7am",
)


def lines(facts, heading):
    return next(
        part["lines"] for part in sheet_of(facts)["parts"] if part["heading"].startswith(heading)
    )


def read(sheet):
    return [page.extract_text() for page in PdfReader(io.BytesIO(gate_sheet(sheet))).pages]


def test_what_is_not_arranged_says_so_and_whom_to_ring_and_nothing_is_blank():
    sheet = sheet_of(NOTHING)

    assert sheet["leaves"] == f"Not known yet: ring {RING}"
    assert all(part["lines"] and all(part["lines"]) for part in sheet["parts"])
    assert all(RING in " ".join(part["lines"]) for part in sheet["parts"])


def test_what_is_arranged_says_who_when_and_where():
    [page] = read(sheet_of(EVERYTHING))

    text = " ".join(page.split())
    for said in (
        "Friday 5 October 2018", "3 Lantern House, Reading, RG1 1AA", "Jo Hale. Monday 8 October 2018 at 2:30pm. Office 1",
        "Turning Tide. Monday 8 October 2018 at 2:30pm. 14 Mill Street", "Sam Field", "8:30am", "Bank account.",
        "Not there yet: Prescription", "X123456", RING,
    ):  # fmt: skip
        assert said in text
    assert "Not arranged yet" not in text


def test_the_first_days_are_hour_by_hour_with_the_time_to_allow_for_each_way():
    first = (
        Due("You leave prison", local(5, 8, 30)),
        Due("Your appointment", local(5, 11), "Canal House", way=36),
    )

    assert lines(replace(NOTHING, first=first), "Your first days") == [
        "Friday 8:30am: You leave prison.",
        "Friday 11am: Your appointment. Canal House. Allow 36 minutes to get there.",
    ]


def test_what_is_open_at_no_given_time_is_of_its_day_and_the_curfew_says_its_hours():
    assert lines(EVERYTHING, "Your first days")[1:] == [
        "Friday, when it is open: Mill Pharmacy. 2 Mill Street.",
        "Curfew: be at home from 7pm to 7am.",
    ]


def test_what_cannot_be_kept_is_said_with_whom_to_ring_and_not_left_to_them():
    [said] = lines(replace(NOTHING, kept_badly=True), "Your first days")

    assert f"Before you leave, ring {RING}" in said


def test_a_service_of_the_first_days_is_said_once():
    served = Meets("Turning Tide", AT, "14 Mill Street")
    first = (Due("Turning Tide", AT, "14 Mill Street"),)

    assert lines(replace(NOTHING, services=(served,), first=first), "Other") == [
        "All of them are under your first days, above."
    ]
    later = replace(served, at=local(20))
    assert (
        "20 October" in lines(replace(NOTHING, services=(served, later), first=first), "Other")[0]
    )


def test_more_than_the_sheet_holds_of_the_first_days_is_said_and_each_line_has_its_room():
    first = [Due("Wide words " * 60, local(5, hour), "Wide " * 90, way=40) for hour in range(8, 20)]

    found = lines(replace(NOTHING, first=first), "Your first days")

    assert found[MOST_DUE:] == [f"There is more. Ask us: ring {RING}."]
    assert all(
        len(one) <= LONGEST_DUE and one.endswith("Allow 40 minutes to get there.")
        for one in found[:MOST_DUE]
    )


def test_a_home_comes_before_the_plan_for_tonight_and_the_plan_before_nothing():
    plan = replace(NOTHING, tonight="A bed is kept at the night shelter until 9pm")

    assert lines(plan, "Where you go") == ["A bed is kept at the night shelter until 9pm."]
    assert "Lantern" in lines(replace(EVERYTHING, tonight="A bed"), "Where you go")[0]


def test_a_service_with_no_time_yet_says_its_own_number():
    facts = replace(NOTHING, services=(Meets("Turning Tide", telephone="01632 960400"),))

    assert lines(facts, "Other") == ["Turning Tide. No time yet: ring 01632 960400."]


def test_services_are_in_the_order_of_their_days_and_more_than_fit_are_said():
    asked = [Meets(f"Number {day}", local(day)) for day in range(20, 10, -1)]

    found = lines(replace(NOTHING, services=[Meets("Whenever"), *asked]), "Other")

    assert [one.split(".")[0] for one in found[:MOST]] == [f"Number {day}" for day in range(11, 16)]
    assert found[MOST:] == [f"There are more. Ask us: ring {RING}."]


@pytest.mark.parametrize(
    "change",
    [
        {"home": "With Robin Vale, 3 Lantern House"},
        {"tonight": "Not to Robin Vale; a bed at the shelter"},
        {"meets": Meets("Sam", AT, "Where Robin Vale waits")},
        {"services": (Meets("Turning Tide", AT, "Next to Robin Vale"),)},
        {"first": (Due("Turning Tide", AT, "Next to Robin Vale"),)},
        {"first": (Due("With Robin Vale", AT),)},
    ],
)
def test_a_kept_name_is_never_on_it_and_no_gap_tells_of_it(change):
    said = str(sheet_of(replace(NOTHING, **change)))

    assert "Vale" not in said
    assert f"Ask us where and when: ring {RING}." in said


def test_what_they_declined_or_do_not_need_is_not_said_to_be_missing():
    items = [(Item.BANK, ItemState.DECLINED, False), (Item.PHONE, ItemState.NOT_NEEDED, False)]

    assert lines(replace(NOTHING, items=items), "What you carry") == [f"Not arranged yet: ring {RING}."]  # fmt: skip


@pytest.mark.parametrize("called", ["Siân Ŵyllt-Llŷr", "Gwenllïan Ẁẃẅỳ", "Zoë O’Neill", "Łukasz Žák"])  # fmt: skip
def test_welsh_and_other_letters_of_ours_are_printed_as_they_are(called):
    [page] = read(sheet_of(replace(EVERYTHING, called=called)))

    assert called in " ".join(page.split())


@pytest.mark.parametrize("words", ["王小明", "Bed 🙂", "A \x07 bell"])
def test_a_letter_that_cannot_be_printed_costs_its_line_and_not_the_sheet(words):
    sheet = sheet_of(replace(EVERYTHING, home=words))
    with pytest.raises(CannotPrint):
        gate_sheet(sheet)

    [page] = read(printable(sheet, RING))

    text = " ".join(page.split())
    assert UNPRINTABLE in text
    assert "X123456" in text
    assert "Turning Tide" in text


def test_everything_at_its_longest_still_stands_on_one_page():
    wide = "Wide words " * 60
    person = Meets(wide, AT, wide, "0" * 40)
    facts = replace(
        EVERYTHING, called="W" * 100, home="", tonight=wide, officer="W" * 300, sees_officer=person, meets=person,
        services=[person] * 9, first=[Due(wide, local(9), wide, 999)] * 20, curfew="11:30pm to 10:30am", kept_badly=True, items=[(one, ItemState.NEEDED, False) for one in Item], organisation="W" * 200,
    )  # fmt: skip

    [page] = read(sheet_of(facts))

    assert "X123456" in page
    assert "There are more" in page
    assert all(len(one) <= LONGEST for part in sheet_of(facts)["parts"] for one in part["lines"])


words = st.text(max_size=LONGEST + 50)
met = st.none() | st.builds(Meets, words, st.none() | st.datetimes(timezones=st.just(UTC)), words, words)  # fmt: skip
due = st.builds(
    Due, words, st.datetimes(timezones=st.just(UTC)), words, st.none() | st.integers(0, 10**6), st.booleans()
)  # fmt: skip
items = st.lists(st.tuples(st.sampled_from(list(Item)), st.sampled_from(list(ItemState)), st.booleans()))  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    called=st.text(max_size=100), home=words, tonight=words, officer=st.text(max_size=200), sees_officer=met, meets=met,
    services=st.lists(met.filter(bool), max_size=8), items=items, first=st.lists(due, max_size=12), curfew=words,
    kept_badly=st.booleans(), leaves_on=st.none() | st.dates(date(2015, 1, 1), date(2030, 1, 1)),
)  # fmt: skip
def test_whatever_is_written_or_missing_it_is_one_page_with_the_crn(**change):
    sheet = sheet_of(replace(NOTHING, **change))
    try:
        found = read(sheet)
    except CannotPrint:
        sheet = printable(sheet, RING)
        assert is_printed("".join(one for part in sheet["parts"] for one in part["lines"]))
        found = read(sheet)

    assert len(found) == 1
    assert "X123456" in found[0]
