"""Reminders: only where both questions were answered yes, at an hour on the wall, in words that give nothing away."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cases
from cases.reference.agencies import Means
from cases.reference.appointments import TYPES, Where
from cases.reference.reminders import NoReminder
from cases.rules.meeting_policy import read_meeting_policy
from cases.rules.reminder_words import DAYS, GIVES_AWAY, MONTHS, ONE_TEXT, names_nothing
from cases.rules.reminders import (
    CLOSES,
    LATEST,
    NIGHT,
    OPENS,
    TO_SPARE,
    Known,
    Way,
    decide,
    goes_when,
    is_night,
    last_digits,
    next_morning,
    still_goes,
    text_number,
)

LONDON = ZoneInfo("Europe/London")
TEXT, EMAIL = Way(Means.TEXT, "07700900123", True), Way(Means.EMAIL, "alex@post.example", True)
AT = datetime(2018, 10, 9, 14, 30, tzinfo=LONDON)
NOW = datetime(2018, 10, 1, 9, tzinfo=LONDON)
KNOWN = Known(
    starts_at=AT,
    wanted=True,
    stands=True,
    recorded=False,
    supervised=True,
    held=False,
    ways=(TEXT, EMAIL),
    may_text=True,
    may_email=True,
    ready=frozenset(Means),
    first_name="Alex",
    says="appointment",
    where=Where.OFFICE,
    place="",
    telephone="0118 496 0123",
    welsh=False,
)
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)  # what one text of 160 holds: 3GPP TS 23.038


BODY = json.loads(
    (Path(cases.__file__).parent / "policy" / "meeting.json").read_text(encoding="utf-8")
)["body"]


def policy(**changed):
    return read_meeting_policy(BODY | changed, 1)


def at(*moment):
    return datetime(*moment, tzinfo=LONDON)


def decided(now=NOW, **changed):
    return decide(replace(KNOWN, **changed), policy(), now)


# Whether one goes, and by what


def test_a_text_goes_where_they_agreed_and_the_mobile_is_safe():
    found = decided()

    assert (found.because, found.means, found.to) == (None, Means.TEXT, "07700900123")
    assert found.goes_at == at(2018, 10, 8, 10)


@pytest.mark.parametrize(
    "changed, because",
    [
        ({"wanted": False}, NoReminder.NOT_WANTED),
        ({"stands": False}, NoReminder.CALLED_OFF),
        ({"recorded": True}, NoReminder.RECORDED),
        ({"starts_at": NOW}, NoReminder.PAST),
        ({"supervised": False}, NoReminder.NOT_SUPERVISED),
        ({"held": True}, NoReminder.HELD),
        ({"ways": ()}, NoReminder.NO_WAY),
        ({"ways": (replace(TEXT, safe=None),)}, NoReminder.SAFETY_NOT_ASKED),
        ({"ways": (replace(TEXT, safe=False),)}, NoReminder.NOT_SAFE),
        ({"ways": (replace(TEXT, value=""),)}, NoReminder.CANNOT_BE_TEXTED),
        ({"ways": (TEXT,), "may_text": None}, NoReminder.CONSENT_NOT_ASKED),
        ({"ways": (TEXT,), "may_text": False}, NoReminder.REFUSED),
        ({"ways": (EMAIL,), "may_email": None}, NoReminder.CONSENT_NOT_ASKED),
        ({"ways": (replace(TEXT, safe=False), EMAIL), "may_email": None}, NoReminder.CONSENT_NOT_ASKED),
        ({"ready": frozenset()}, NoReminder.NOT_SET_UP),
    ],
)  # fmt: skip
def test_why_none_goes_is_said(changed, because):
    assert decided(**changed).because == because
    assert because.title


def test_what_stands_twice_on_record_is_not_safe_where_one_of_them_says_so():
    other = Way(Means.EMAIL, "Alex@post.example", False)

    found = decided(ways=(TEXT, replace(TEXT, safe=False), EMAIL, other))

    assert found.because == NoReminder.NOT_SAFE


@pytest.mark.parametrize(
    "changed",
    [
        {"may_text": False},
        {"may_text": None},
        {"ways": (replace(TEXT, safe=False), EMAIL)},
        {"ways": (replace(TEXT, safe=None), EMAIL)},
        {"ready": frozenset({Means.EMAIL})},
    ],
)
def test_an_email_goes_where_no_text_may_and_they_agreed_to_that(changed):
    found = decided(**changed)

    assert (found.means, found.to) == (Means.EMAIL, "alex@post.example")


WAYS = st.builds(
    Way,
    means=st.sampled_from(Means),
    value=st.sampled_from(["", "07700900123", "07700900456", "a@post.example"]),
    safe=st.sampled_from([True, False, None]),
)
ANSWER = st.sampled_from([True, False, None])


@given(
    ways=st.lists(WAYS, max_size=5),
    may_text=ANSWER,
    may_email=ANSWER,
    ready=st.sets(st.sampled_from(Means)),
)
def test_nothing_ever_goes_where_either_answer_is_not_yes(ways, may_text, may_email, ready):
    found = decided(
        ways=tuple(ways), may_text=may_text, may_email=may_email, ready=frozenset(ready)
    )

    if found.because is None:
        assert {Means.TEXT: may_text, Means.EMAIL: may_email}[found.means] is True
        assert Way(found.means, found.to, True) in ways
        assert found.means in ready
        assert found.to
    else:
        assert (found.to, found.words) == ("", "")


@pytest.mark.parametrize(
    "written, number",
    [
        ("07700 900123", "07700900123"),
        ("(07700) 900-123", "07700900123"),
        ("+44 7700 900123", "07700900123"),
        ("+44 (0)7700 900123", ""),  # nobody knows what was meant
        ("00447700900123", "07700900123"),
        ("+353 86 123 4567", "+353861234567"),
        ("0118 496 0123", ""),
        ("7700900123", ""),
        ("ask his sister", ""),
        ("", ""),
    ],
)
def test_a_number_is_texted_only_where_it_is_one(written, number):
    assert text_number(written) == number


@pytest.mark.parametrize(
    "to, shown", [("07700900123", "ends in 123"), ("alex@post.example", "a...@post.example")]
)
def test_only_enough_of_it_is_shown_to_know_it_by(to, shown):
    assert last_digits(to) == shown


# When


@pytest.mark.parametrize(
    "now, starts_at, goes",
    [
        (at(2018, 10, 1, 9), AT, at(2018, 10, 8, 10)),
        (at(2018, 10, 8, 9, 59), AT, at(2018, 10, 8, 10)),
        (at(2018, 10, 8, 10), AT, at(2018, 10, 8, 10)),  # booked just then: at once
        (at(2018, 10, 8, 16), AT, at(2018, 10, 8, 16)),
        (at(2018, 10, 8, 20), AT, None),
        (at(2018, 10, 9, 7, 59), AT, None),
        (at(2018, 10, 9, 8), AT, at(2018, 10, 9, 8)),
        (at(2018, 10, 9, 11, 29), AT, at(2018, 10, 9, 11, 29)),
        (at(2018, 10, 9, 11, 30), AT, None),  # three hours before, to the minute
        (at(2018, 3, 20, 9), at(2018, 3, 25, 9), at(2018, 3, 24, 10)),  # 22 hours before it
        (at(2018, 3, 20, 9), at(2018, 3, 26, 9), at(2018, 3, 25, 10)),  # already summer time
        (at(2018, 10, 20, 9), at(2018, 10, 28, 9), at(2018, 10, 27, 10)),  # still summer time
        (at(2018, 10, 20, 9), at(2018, 10, 29, 9), at(2018, 10, 28, 10)),
    ],
)
def test_it_goes_the_day_before_at_ten_or_at_once_or_not(now, starts_at, goes):
    assert goes_when(starts_at, policy(), now) == goes


def test_in_spring_and_in_autumn_ten_is_ten_by_the_clock_on_the_wall():
    spring = goes_when(at(2018, 3, 26, 9), policy(), at(2018, 3, 20, 9))
    autumn = goes_when(at(2018, 10, 29, 9), policy(), at(2018, 10, 20, 9))

    assert spring.astimezone(UTC) == datetime(2018, 3, 25, 9, tzinfo=UTC)
    assert autumn.astimezone(UTC) == datetime(2018, 10, 28, 10, tzinfo=UTC)


@pytest.mark.parametrize("days_before", [1, 2, 7])
@pytest.mark.parametrize("hour", [1, 7, 8, 10, 20])
def test_on_every_day_of_eight_years_it_goes_at_its_hour_on_the_wall(days_before, hour):
    rules = policy(reminder_days_before=days_before, reminder_hour=hour)
    first = date(2014, 1, 1)
    for n in range(8 * 365 + 2):
        day = first + timedelta(days=n)
        starts_at = datetime.combine(day, time(9), LONDON)

        moment = goes_when(starts_at, rules, starts_at - timedelta(days=30))

        seen = moment.astimezone(UTC).astimezone(LONDON)  # as the database gives it back
        assert seen.date() == day - timedelta(days=days_before)
        assert seen.time() == time(max(hour, 8))
        assert moment.timestamp() < starts_at.timestamp()


MOMENTS = st.integers(
    int(datetime(2014, 1, 1, tzinfo=UTC).timestamp()) // 60,
    int(datetime(2030, 1, 1, tzinfo=UTC).timestamp()) // 60,
).map(lambda minutes: datetime.fromtimestamp(minutes * 60, UTC))


@given(
    MOMENTS, st.timedeltas(timedelta(0), timedelta(days=20)), st.integers(1, 5), st.integers(1, 20)
)
@settings(max_examples=500)
def test_none_goes_at_night_too_near_it_or_before_it_was_booked(now, ahead, days, hour):
    starts_at, booked = (now + ahead).astimezone(LONDON), now.astimezone(LONDON)

    moment = goes_when(starts_at, policy(reminder_days_before=days, reminder_hour=hour), booked)

    if moment is not None:
        assert OPENS <= moment.time() <= CLOSES
        assert moment.timestamp() >= now.timestamp()
        late = moment.timestamp() == now.timestamp()
        assert not late or starts_at.timestamp() - moment.timestamp() > TO_SPARE.total_seconds()


@given(MOMENTS)
def test_the_night_ends_at_eight(moment):
    local = moment.astimezone(LONDON)
    morning = next_morning(local)

    assert is_night(local) == (local.time() >= NIGHT or local.time() < OPENS)
    if is_night(local):
        assert not is_night(morning)
        assert 0 < morning.timestamp() - local.timestamp() <= 12 * 3600
        assert morning.time() == OPENS


# Asked again at the moment of sending


@pytest.mark.parametrize(
    "changed, because",
    [
        ({}, None),
        ({"stands": False}, NoReminder.CALLED_OFF),
        ({"recorded": True}, NoReminder.RECORDED),
        ({"supervised": False}, NoReminder.NOT_SUPERVISED),
        ({"held": True}, NoReminder.HELD),
        ({"ways": (replace(TEXT, safe=False),)}, NoReminder.NOT_SAFE),
        ({"ways": (replace(TEXT, safe=None),)}, NoReminder.SAFETY_NOT_ASKED),
        ({"ways": (replace(TEXT, value="07700900999"),)}, NoReminder.OTHER_WAY),
        ({"ways": (replace(TEXT, safe=False), EMAIL)}, NoReminder.OTHER_WAY),
        ({"ways": (replace(TEXT, value="07700900999"), TEXT)}, None),
        ({"may_text": False}, NoReminder.OTHER_WAY),
        ({"may_text": False, "may_email": False}, NoReminder.REFUSED),
    ],
)
def test_it_is_asked_again_as_it_is_about_to_go(changed, because):
    known = replace(KNOWN, **changed)

    assert still_goes(known, same_time=True, means=Means.TEXT, to=TEXT.value, now=NOW) == because


@pytest.mark.parametrize(
    "now, because",
    [
        (AT - LATEST, None),
        (AT - LATEST + timedelta(minutes=1), NoReminder.TOO_LATE),
        (AT, NoReminder.PAST),
    ],
)
def test_one_that_was_held_up_until_the_last_hour_does_not_go(now, because):
    assert still_goes(KNOWN, same_time=True, means=Means.TEXT, to=TEXT.value, now=now) == because


def test_one_of_another_time_does_not_go():
    found = still_goes(KNOWN, same_time=False, means=Means.TEXT, to=TEXT.value, now=NOW)

    assert found == NoReminder.OTHER_TIME


# Its words


@pytest.mark.parametrize(
    "changed, words",
    [
        (
            {},
            "Hello Alex. You have an appointment on Tuesday 9 October at 2:30pm. "
            "If you cannot, please ring 0118 496 0123.",
        ),
        (
            {"place": "Canal Street, opposite the library."},
            "Hello Alex. You have an appointment on Tuesday 9 October at 2:30pm. "
            "Where: Canal Street, opposite the library. If you cannot, please ring 0118 496 0123.",
        ),
        (
            {"where": Where.TELEPHONE, "telephone": ""},
            "Hello Alex. We will ring you on Tuesday 9 October at 2:30pm. If you cannot, please tell us.",
        ),
        (
            {"where": Where.HOME, "first_name": ""},
            "Hello. We will come to see you on Tuesday 9 October at 2:30pm. "
            "If you cannot, please ring 0118 496 0123.",
        ),
        (
            {"says": "first appointment", "starts_at": at(2018, 10, 9, 12)},
            "Hello Alex. You have a first appointment on Tuesday 9 October at midday. "
            "If you cannot, please ring 0118 496 0123.",
        ),
        (
            {"welsh": True},
            "Helo Alex. Mae gennych apwyntiad ddydd Mawrth 9 Hydref am 14:30. "
            "Os na allwch, ffoniwch 0118 496 0123.",
        ),
    ],
)
def test_it_says_a_name_a_day_a_time_and_a_number(changed, words):
    assert decided(**changed).words == words


def test_a_place_that_says_what_it_is_is_not_named():
    found = decided(place="Reading Probation Office", telephone="0118 496 0123 (police desk)")

    assert found.words == (
        "Hello Alex. You have an appointment on Tuesday 9 October at 2:30pm. If you cannot, please tell us."
    )


def test_a_text_that_is_too_long_gives_up_the_place_and_then_the_name():
    place = "The blue door beside the library, up the ramp, second floor, ask for Sam"
    long = "Maximiliana-Bartholomew Featherstonehaugh Cholmondeley of Llanfairpwllgwyngyll"

    without_place, without_name = decided(place=place), decided(place=place, first_name=long)

    assert without_place.words.startswith("Hello Alex. You have")
    assert "library" not in without_place.words
    assert "Maximiliana" not in without_name.words
    assert "Tuesday 9 October at 2:30pm" in without_name.words


def test_an_email_leaves_nothing_out():
    place = "The blue door beside the library, up the ramp, second floor, ask for Sam"

    assert place in decided(place=place, may_text=False).words


NAMES = st.one_of(
    st.text(max_size=100), st.sampled_from(["Alex", "Siân", "Oluwaseun-Adebayo " * 4])
)


@given(
    name=NAMES,
    place=st.one_of(st.just(""), st.text(max_size=300)),
    says=st.sampled_from(sorted({one.says for one in TYPES.values()})),
    where=st.sampled_from(Where),
    welsh=st.booleans(),
    moment=MOMENTS,
)
@settings(max_examples=500)
def test_a_text_is_one_text_whatever_the_names(name, place, says, where, welsh, moment):
    starts_at = moment.astimezone(LONDON)

    found = decided(
        now=starts_at - timedelta(days=9), starts_at=starts_at, first_name=name, place=place, says=says,
        where=where, welsh=welsh,
    )  # fmt: skip

    assert len(found.words) <= ONE_TEXT
    assert str(starts_at.day) in found.words
    assert "0118 496 0123" in found.words


@pytest.mark.parametrize("where", sorted(Where))
@pytest.mark.parametrize("welsh", [False, True])
@pytest.mark.parametrize("type_code", sorted(TYPES))
def test_no_words_of_ours_give_anything_away_and_all_fit_the_alphabet_of_texts(
    type_code, welsh, where
):
    for n in range(366):
        starts_at = datetime.combine(date(2020, 1, 1) + timedelta(days=n), time(9, 5), LONDON)
        found = decided(
            now=starts_at - timedelta(days=9),
            starts_at=starts_at,
            says=TYPES[type_code].says,
            where=where,
            welsh=welsh,
        )

        assert not GIVES_AWAY.search(f"{found.subject} {found.words}")
        assert set(found.words) <= GSM


@pytest.mark.parametrize(
    "words",
    [
        "Reading Probation Office", "Thames Valley CRC", "Magistrates’ Court", "Police station", "HMP, prison gate",
        "Swyddfa Prawf", "Drug and alcohol service", "Women’s domestic abuse project", "Unpaid  work hub",
    ],
)  # fmt: skip
def test_what_gives_away_is_known(words):
    assert not names_nothing(words)


@pytest.mark.parametrize(
    "words", ["", "Canal Street", "Elizabeth House, by the station", "Ty Glas"]
)
def test_a_street_or_a_house_gives_nothing_away(words):
    assert names_nothing(words)


def test_days_and_months_are_whole_in_both_languages():
    assert len(DAYS) == 7
    assert len(MONTHS) == 12
    assert all(english and welsh for english, welsh in (*DAYS, *MONTHS))
