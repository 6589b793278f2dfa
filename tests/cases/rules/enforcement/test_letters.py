"""What a letter of enforcement says, and what must be there before it can go."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.reference.enforcement import LetterKind, Regime, SentBy, Step
from cases.rules.enforcement.letter_gaps import (
    check_whole,
    look_again,
    missing,
    same_day,
    too_late,
)
from cases.rules.enforcement.letter_stale import stale
from cases.rules.enforcement.letter_words import say_missed
from cases.rules.enforcement.letters import (
    Facts,
    Failed,
    Sending,
    as_data,
    check_days,
    check_proof,
    check_read,
    mark_of,
    reason_day,
    says_court,
    tidy,
)
from cases.rules.giveaways import Kept
from staff.errors import RuleBroken

LONDON = ZoneInfo("Europe/London")
NOBODY = Kept(own="Alan Smith", home="1 Fern Road, Reading, RG1 1AA")
WEDNESDAY = date(2018, 10, 3)
SENDING = Sending(WEDNESDAY, {SentBy.POST: 2, SentBy.EMAIL: 1, SentBy.HAND: 0})
WHOLE = Facts(
    kind=LetterKind.WARNING,
    crn="X123456",
    name="Alan Smith",
    called="Alan",
    step=Step.FIRST,
    regime=Regime.COMMUNITY,
    order_on=date(2018, 5, 3),
    failures=(Failed("7", date(2018, 10, 1), "You did not come to the office.", "Ni ddaethoch i'r swyddfa."),),
    next_at=datetime(2018, 10, 15, 14, 30, tzinfo=LONDON),
    next_where="office",
    next_place="Reading office, 2 Example Way",
    address=("1 Fern Road", "Reading", "RG1 1AA"),
    safe_to_write=True,
    writer="Sam Okoro",
    organisation="Thames Valley CRC",
    our_address="1 Example Way, Reading",
    telephone="0118 496 0000",
)  # fmt: skip


def words(facts, part=-1):
    said = as_data(facts, WEDNESDAY, reason_day(facts, SENDING))["parts"][part]
    return " ".join(
        [said["heading"], said["dear"], *said["opens"]]
        + [line for one in said["sections"] for line in (*one["items"], *one["paragraphs"])]
    )


def fields(facts, kept=NOBODY):
    return [one.field for one in missing(facts, kept)]


def test_a_whole_letter_lacks_nothing():
    assert missing(WHOLE, NOBODY) == []
    assert missing(replace(WHOLE, welsh=True), NOBODY) == []


@pytest.mark.parametrize(
    ("lost", "field"),
    [
        ({"name": ""}, "name"),
        ({"called": ""}, "called"),
        ({"address": ()}, "address"),
        ({"safe_to_write": None}, "address"),
        ({"safe_to_write": False}, "address"),
        ({"came_back_on": date(2018, 9, 20)}, "address"),
        ({"how": SentBy.EMAIL}, "email"),
        ({"regime": None}, "order"),
        ({"order_on": None}, "order"),
        ({"step": None}, "order"),
        ({"step": None, "regime": Regime.LICENCE}, "order"),
        ({"failures": ()}, "failure"),
        ({"failures": (Failed("7", None, "You did not come."),)}, "on_7"),
        ({"failures": (Failed("7", date(2018, 10, 1), ""),)}, "what_7"),
        ({"failures": (Failed("7", date(2018, 10, 1), "n/a"),)}, "what_7"),
        ({"next_at": None}, "no_appointment"),
        ({"next_place": ""}, "next"),
        ({"writer": ""}, "writer"),
        ({"telephone": ""}, "telephone"),
        (
            {"welsh": True, "failures": (Failed("7", date(2018, 10, 1), "You did not come."),)},
            "what_7_cy",
        ),
        (
            {"welsh": True, "next_at": None, "no_appointment": "We will ring you."},
            "no_appointment_cy",
        ),
        ({"kind": LetterKind.WITHDRAWAL}, "because"),
        ({"kind": LetterKind.WITHDRAWAL, "called_off": True}, "because"),
        ({"kind": LetterKind.APPOINTMENT, "next_at": None}, "next"),
    ],
)
def test_nothing_that_a_letter_needs_may_be_empty(lost, field):
    facts = replace(WHOLE, **lost)

    assert fields(facts) == [field]
    assert words(facts)  # what it would say is shown meanwhile
    with pytest.raises(RuleBroken, match="cannot go yet"):
        check_whole(missing(facts, NOBODY))


def test_by_hand_it_needs_no_address():
    assert not fields(replace(WHOLE, how=SentBy.HAND, address=(), safe_to_write=None))
    assert not fields(replace(WHOLE, how=SentBy.HAND, came_back_on=date(2018, 9, 20)))


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe says that you did not come.",
        "You went to 9 Acacia Avenue.",
        "You went to see [name protected].",
        "The police were called twice to the house at night because of shouting, they say.",
    ],
)
def test_nothing_that_may_not_be_told_to_the_person_stands_in_it(text):
    kept = Kept(
        own="Alan Smith",
        home=NOBODY.home,
        names=("Jane Doe",),
        addresses=("9 Acacia Avenue, Reading, RG2 2BB",),
        texts=("The police were called twice to the house at night because of shouting",),
    )

    assert fields(replace(WHOLE, failures=(Failed("7", date(2018, 10, 1), text),)), kept) == [
        "what_7"
    ]
    assert fields(replace(WHOLE, next_at=None, no_appointment=text), kept) == ["no_appointment"]


@pytest.mark.parametrize("regime", [Regime.COMMUNITY, Regime.SUSPENDED])
def test_a_warning_says_what_the_law_asks_in_both_languages(regime):
    facts = replace(WHOLE, regime=regime, welsh=True)

    english, welsh = words(facts), words(facts, 0)

    for said in (
        "1 October 2018: You did not come",
        "not acceptable",
        "within 12 months",
        "taken back to court",
    ):
        assert said in english
    for said in (
        "1 Hydref 2018: Ni ddaethoch",
        "Nid yw'n dderbyniol",
        "o fewn 12 mis",
        "gerbron y llys",
    ):
        assert said in welsh
    assert ("prison" in english, "carchar" in welsh) == (regime == Regime.SUSPENDED,) * 2


def test_welsh_comes_first():
    both = as_data(replace(WHOLE, welsh=True), WEDNESDAY, None)["parts"]

    assert [one["language"] for one in both] == ["cy", "en"]
    assert [one["on"] for one in both] == ["3 Hydref 2018", "3 October 2018"]


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("regime", Regime)
@pytest.mark.parametrize("step", Step)
def test_every_letter_has_its_words(kind, regime, step):
    facts = replace(WHOLE, kind=kind, regime=regime, step=step, welsh=True, because="It was ours.")

    for part in (0, 1):
        assert "{" not in words(facts, part)
        assert len(words(facts, part)) > 100


def test_the_day_for_a_reason_is_the_later_of_the_two_reckoned_from_the_next_post():
    # 6 working days from Monday 1 October are the 9th; posted on the 4th it is served on the 8th, and 3 more are the 11th
    assert reason_day(WHOLE, SENDING) == date(2018, 10, 11)
    assert reason_day(replace(WHOLE, kind=LetterKind.BREACH), SENDING) is None


def test_a_letter_is_not_sent_that_gives_less_time_than_they_have():
    said = reason_day(WHOLE, SENDING)

    check_days(WHOLE, said, SENDING)
    check_days(WHOLE, said, replace(SENDING, on=date(2018, 10, 4)))
    with pytest.raises(RuleBroken, match="until 12 October 2018"):
        check_days(WHOLE, said, replace(SENDING, on=date(2018, 10, 5)))


@pytest.mark.parametrize(
    ("how", "proof", "kept"),
    [
        (SentBy.POST, " AB  12 ", "AB 12"),
        (SentBy.HAND, "S. Okoro, at reception", "S. Okoro, at reception"),
        (SentBy.EMAIL, "", ""),
    ],
)
def test_each_way_has_its_proof(how, proof, kept):
    assert check_proof(how, proof) == kept


@pytest.mark.parametrize("how", [SentBy.POST, SentBy.HAND])
def test_nothing_on_paper_goes_without_proof(how):
    with pytest.raises(RuleBroken):
        check_proof(how, " - ")


def test_only_what_was_read_passes_for_it():
    said = as_data(WHOLE, WEDNESDAY, None)
    check_read(None, said)
    check_read(mark_of(said), as_data(WHOLE, WEDNESDAY, None))

    with pytest.raises(RuleBroken, match="Read it again"):
        check_read(mark_of(said), as_data(replace(WHOLE, called="Al"), WEDNESDAY, None))


# Made ready, and not gone yet


def made_of(facts=WHOLE):
    return as_data(facts, WEDNESDAY, reason_day(facts, SENDING))


def sentences(facts, on):
    return [one.sentence for one in stale(facts, made_of(), replace(SENDING, on=on))]


@pytest.mark.parametrize("on", [WEDNESDAY, date(2018, 10, 4)])
def test_what_was_printed_in_the_afternoon_is_still_right_the_next_working_day(on):
    assert sentences(WHOLE, on) == []


def test_what_was_made_ready_on_a_friday_is_still_right_on_the_monday():
    friday, monday = date(2018, 10, 5), date(2018, 10, 8)
    made = as_data(replace(WHOLE, kind=LetterKind.BREACH), friday, None)

    assert stale(replace(WHOLE, kind=LetterKind.BREACH), made, replace(SENDING, on=monday)) == []


def test_what_lay_longer_says_that_its_last_day_or_its_own_day_has_passed():
    late = replace(SENDING, on=date(2018, 10, 5))
    breach = replace(WHOLE, kind=LetterKind.BREACH)

    assert "until 12 October 2018" in sentences(WHOLE, late.on)[0]
    assert "It is dated 3 October 2018" in stale(breach, made_of(breach), late)[0].sentence


def test_what_names_an_appointment_that_is_over_says_that_it_has_changed():
    assert "has changed" in sentences(replace(WHOLE, next_at=None), WEDNESDAY)[0]


# The day in court, the breach that does not go on, and those who do not read English


def test_a_letter_about_the_court_names_the_day_once_it_is_known():
    breach = replace(WHOLE, kind=LetterKind.BREACH, welsh=True)
    at = datetime(2018, 12, 10, 10, tzinfo=LONDON)
    known = replace(breach, court_at=at, court="Reading Magistrates’ Court")

    assert "another letter that says when to come to court" in words(breach)
    assert "You must come to Reading Magistrates’ Court on Monday 10 December 2018 at 10am." in words(known)  # fmt: skip
    assert "another letter" not in words(known)
    assert "Rhaid i chi ddod i Reading Magistrates’ Court ddydd Llun 10 Rhagfyr 2018" in words(known, 0)  # fmt: skip


def test_a_breach_that_was_called_off_is_said_to_be_and_a_warning_is_not_spoken_of():
    facts = replace(WHOLE, kind=LetterKind.WITHDRAWAL, called_off=True, welsh=True, because="Proof came.")  # fmt: skip

    assert "Your community order is not going back to court" in words(facts)
    assert "Proof came." in words(facts)
    assert "warning" not in words(facts)
    assert "Nid yw eich gorchymyn cymunedol yn mynd yn ôl i'r llys" in words(facts, 0)


@pytest.mark.parametrize(
    ("where", "came", "said"),
    [
        ("office", False, "You did not come to your appointment with us at 3:15pm."),
        ("home", False, "You missed your appointment with us at your home at 3:15pm."),
        ("telephone", False, "You missed your telephone appointment with us at 3:15pm."),
        (
            "office",
            True,
            "At your appointment with us at 3:15pm you did not do what you had to do.",
        ),
    ],
)
def test_an_absence_is_told_in_plain_words(where, came, said):
    at = datetime(2018, 10, 1, 15, 15, tzinfo=LONDON)

    assert say_missed(at, where, came, "en") == said
    assert "15:15" in say_missed(at, where, came, "cy")
    assert "at" not in say_missed(at.replace(hour=0, minute=0), "office", False, "en").split()


def test_whoever_may_not_read_english_is_thought_about_until_there_is_a_translation():
    (found,) = look_again("Polish", "")

    assert "in Polish" in found.sentence
    assert (look_again("Polish", "Szanowny Panie"), look_again("", "")) == ([], [])


@pytest.mark.parametrize(
    ("how", "served"), [(SentBy.POST, date(2018, 10, 5)), (SentBy.EMAIL, date(2018, 10, 4))]
)
def test_a_day_that_comes_before_the_letter_counts_as_received_is_said_with_what_to_do_instead(how, served):  # fmt: skip
    on_it = datetime.combine(served, time(10), LONDON)
    after = on_it + timedelta(days=1)
    told = replace(WHOLE, kind=LetterKind.BREACH, how=how, court="Reading")

    court, meeting = too_late(replace(told, court_at=on_it, next_at=on_it - timedelta(days=1)), SENDING)  # fmt: skip

    assert court.sentence.startswith(
        f"Their day in court is on {served:%A} {served.day} October 2018"
    )
    assert f"counts as received on {served:%A} {served.day} October 2018" in court.sentence
    assert "Hand it over" in court.sentence
    assert "rung where that is safe" in court.sentence
    assert meeting.sentence.startswith("The appointment in it is on ")
    assert too_late(replace(told, court_at=after, next_at=after), SENDING) == []
    assert too_late(replace(told, court_at=None, next_at=None), SENDING) == []


def test_an_appointment_on_the_day_in_court_is_said_as_nobody_can_keep_both():
    court = datetime(2018, 10, 15, 10, tzinfo=LONDON)
    told = replace(WHOLE, kind=LetterKind.BREACH, court_at=court, court="Reading")

    (found,) = same_day(told)  # the appointment in it is at half past two

    assert found.field == "next"
    assert "at 2:30pm on Monday 15 October 2018" in found.sentence
    assert "in court at 10am" in found.sentence
    assert same_day(replace(told, court_at=court + timedelta(days=1))) == []
    assert same_day(replace(told, next_at=None)) == same_day(replace(told, court_at=None)) == []


def test_by_hand_they_have_it_at_once_and_no_day_comes_before():
    tomorrow = datetime(2018, 10, 4, 10, tzinfo=LONDON)

    assert too_late(replace(WHOLE, how=SentBy.HAND, court_at=tomorrow, next_at=tomorrow), SENDING) == []  # fmt: skip


def test_a_translation_follows_the_letter_with_its_paragraphs_and_may_give_nobody_away():
    facts = replace(WHOLE, reads="Polish", translation="Szanowny Panie\n\nNie przyszedł Pan.")

    said = as_data(facts, WEDNESDAY, None)["translation"]

    assert (said["heading"], said["language"]) == ("This letter in Polish", "pl")
    assert said["paragraphs"] == ["Szanowny Panie", "Nie przyszedł Pan."]
    assert "translation" not in as_data(WHOLE, WEDNESDAY, None)
    kept = replace(NOBODY, names=("Jane Doe",))
    assert fields(replace(facts, translation="Jane Doe mówi."), kept) == ["translation"]
    assert tidy("translation", " a  b \r\n\n c") == "a b\nc"
    assert tidy("because", " a  b \r\n\n c") == "a b c"


def test_a_letter_knows_which_day_in_court_it_says():
    at = datetime(2018, 10, 15, 10, tzinfo=LONDON)
    told = replace(WHOLE, kind=LetterKind.BREACH, court_at=at, court="Reading", welsh=True)
    made = as_data(told, date(2018, 10, 3), None)

    assert says_court(made, at, "Reading")
    assert not says_court(made, at + timedelta(hours=1), "Reading")
    assert not says_court(made, at, "Slough")
    assert not says_court(made, None, "")
    assert says_court(as_data(replace(told, court_at=None), date(2018, 10, 3), None), None, "")
