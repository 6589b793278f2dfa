from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.checks import CheckKind, EnquiryState
from cases.reference.codes import MappaLevel, Part, Register, Rosh
from cases.rules.interim import Held
from cases.rules.safety import AT_RISK, Icon, harm_in_force, restricts, strip
from cases.rules.safety_facts import Asked, Harm, Known, Registered

TODAY = date(2018, 10, 15)
BEGAN = date(2018, 6, 1)
ASSESSED = Harm(Rosh.MEDIUM, date(2018, 7, 2))
ANSWERED = Asked(CheckKind.POLICE, EnquiryState.ANALYSED, BEGAN)


def on_register(code, part=Part.SOURCE, **fields):
    return Registered(code, Register(code).title, part, date(2018, 6, 4), **fields)


def shown(**known):
    given_ = {"supervised": True, "sentence_began_on": BEGAN, "enquiries": (ANSWERED,)}
    return strip(Known(**given_ | known), TODAY)


def of(icon, lines):
    return next((line for line in lines if line.icon == icon), None)


def said(icon, **known):
    line = of(icon, shown(**known))
    return f"{line.lead}. {line.text}" if line else ""


def test_it_says_who_is_at_risk_and_by_which_registers():
    line = of(
        Icon.HARM,
        shown(
            harm=ASSESSED,
            registers=(
                on_register(Register.CHILD_PROTECTION),
                on_register(Register.DOMESTIC_ABUSE_PERPETRATOR),
            ),
        ),
    )

    assert line.lead == "At risk: children and a partner or former partner"
    assert line.text == (
        "Child protection; domestic abuse perpetrator. "
        "Medium risk of serious harm, recorded 2 July 2018"
    )


def test_a_part_not_recorded_counts_as_the_source_and_says_so():
    line = said(
        Icon.HARM, registers=(on_register(Register.DOMESTIC_ABUSE_PERPETRATOR, Part.NOT_RECORDED),)
    )

    assert line.startswith("At risk: a partner or former partner")
    assert "(part not recorded)" in line


def test_a_parent_is_not_called_the_source_of_harm():
    line = said(Icon.HARM, registers=(on_register(Register.CHILD_PROTECTION, Part.PARENT),))

    assert line.startswith("Around them, not from them: child protection")
    assert "At risk: children" not in line


def test_a_person_who_is_a_victim_is_said_to_be_at_risk_themselves():
    line = said(
        Icon.HARM,
        harm=ASSESSED,
        registers=(on_register(Register.DOMESTIC_ABUSE_VICTIM, Part.AT_RISK),),
    )

    assert "At risk themselves: domestic abuse victim" in line
    assert "At risk: a partner" not in line


def test_a_level_from_an_earlier_order_is_said_to_be_so():
    lines = shown(harm=Harm(Rosh.MEDIUM, date(2016, 5, 3)))

    assert of(Icon.HARM, lines).lead == (
        "Medium risk of serious harm, from an earlier order: 3 May 2016"
    )
    assert of(Icon.UNKNOWN, lines).lead == (
        "Risk not assessed on this order: the last is of 3 May 2016"
    )


def test_mappa_is_said_with_its_level():
    line = said(Icon.HARM, registers=(on_register(Register.MAPPA, level=MappaLevel.TWO),))

    assert "MAPPA: Level 2" in line


def test_restrictions_in_force_come_with_the_victims_on_record():
    line = of(
        Icon.RESTRICTION,
        shown(
            registers=(on_register(Register.RESTRAINING_ORDER),),
            restrictions=("Licence: not to enter Slough",),
            victims=("Mia Green", "1 name protected"),
        ),
    )

    assert line.lead == "Restraining order, 4 June 2018"
    assert line.text == (
        "Licence: not to enter Slough. Victims on record: Mia Green and 1 name protected"
    )


def test_a_victim_on_record_is_named_where_nothing_is_forbidden_too():
    line = of(Icon.HARM, shown(harm=ASSESSED, victims=("Mia Green",)))

    assert line.lead == "Medium risk of serious harm, recorded 2 July 2018"
    assert line.text == "Victims on record: Mia Green"


def test_risk_to_staff_brings_the_instruction_with_it():
    line = said(
        Icon.STAFF,
        registers=(on_register(Register.RISK_TO_STAFF),),
        staff_instruction="Two staff, ring the duty officer first",
    )

    assert line == (
        "Risk to staff. Two staff, ring the duty officer first. Registered, 4 June 2018"
    )


def test_a_warning_on_another_register_is_a_warning_to_staff():
    line = said(Icon.STAFF, registers=(on_register(Register.WEAPONS, warns_staff=True),))

    assert line == "Warning to staff. Weapons"


def test_self_harm_is_said():
    line = said(Icon.SELF_HARM, registers=(on_register(Register.SELF_HARM, Part.AT_RISK),))

    assert line.startswith("Risk of suicide or self-harm")


@pytest.mark.parametrize(
    ("enquiry", "words"),
    [
        (
            Asked(CheckKind.POLICE, EnquiryState.SENT, BEGAN, sent_on=date(2018, 10, 3)),
            "Police enquiry sent 12 days ago, no reply",
        ),
        (Asked(CheckKind.POLICE, EnquiryState.DUE, date(2018, 10, 14)), "not yet sent"),
        (
            Asked(
                CheckKind.POLICE,
                EnquiryState.REPLIED,
                BEGAN,
                sent_on=BEGAN,
                replied_on=date(2018, 10, 14),
            ),
            "not yet analysed",
        ),
    ],
)
def test_an_enquiry_that_nobody_has_answered_or_read_is_not_known(enquiry, words):
    line = of(Icon.UNKNOWN, shown(harm=ASSESSED, enquiries=(enquiry,)))

    assert words in line.lead


SENT = [
    Asked(kind, EnquiryState.SENT, BEGAN, n, sent_on=date(2018, 10, 3))
    for n, kind in enumerate((CheckKind.POLICE, CheckKind.CHILDREN), start=1)
]
POLICE_SENT = "Police enquiry sent 12 days ago, no reply"
CHILDREN_SENT = "Children's social care enquiry sent 12 days ago, no reply"


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (None, "no interim plan"),
        (Held(7, frozenset({1}), date(2018, 10, 29)), "interim plan until 29 October 2018"),
        (Held(7, frozenset({1}), date(2018, 10, 12)), "interim plan ran out 12 October 2018"),
        (Held(7, frozenset({9}), date(2018, 10, 29)), "no interim plan"),
    ],
    ids=["none", "in force", "run out", "of another enquiry"],
)
def test_what_holds_until_an_agency_answers_is_said_with_its_silence(plan, words):
    line = of(Icon.UNKNOWN, shown(harm=ASSESSED, enquiries=SENT[:1], plan=plan))

    assert line.lead == f"{POLICE_SENT}; {words}"


def test_it_is_said_once_where_it_is_the_same_of_all_and_of_each_where_it_is_not():
    both = Held(7, frozenset({1, 2}), date(2018, 10, 29))
    one = Held(7, frozenset({1}), date(2018, 10, 29))

    alike = said(Icon.UNKNOWN, harm=ASSESSED, enquiries=SENT, plan=both)
    apart = said(Icon.UNKNOWN, harm=ASSESSED, enquiries=SENT, plan=one)

    assert alike == f"{POLICE_SENT}; interim plan until 29 October 2018. {CHILDREN_SENT}"
    assert apart == (
        f"{POLICE_SENT}; interim plan until 29 October 2018. {CHILDREN_SENT}; no interim plan"
    )


def test_a_plan_that_stands_though_nothing_is_open_is_said():
    plan = Held(7, frozenset(), date(2018, 10, 29))

    assert said(Icon.UNKNOWN, harm=ASSESSED, plan=plan) == ("Interim plan until 29 October 2018. ")


def test_what_was_raised_is_said_to_be_provisional():
    line = of(
        Icon.HARM,
        shown(
            harm=Harm(Rosh.HIGH, date(2018, 10, 12), provisional=True),
            registers=(on_register(Register.CHILD_CONCERNS, provisional=True),),
        ),
    )

    assert line.text == (
        "Child concerns (provisional). "
        "High risk of serious harm, provisional: raised 12 October 2018"
    )


@pytest.mark.parametrize(
    ("register", "icon", "words"),
    [
        (
            Register.RESTRAINING_ORDER,
            Icon.RESTRICTION,
            "Restraining order, 4 June 2018, provisional",
        ),
        (Register.SELF_HARM, Icon.SELF_HARM, "Registered, 4 June 2018, provisional"),
        (Register.MAPPA, Icon.HARM, "MAPPA, provisional"),
    ],
)
def test_so_is_a_flag_that_has_words_of_its_own(register, icon, words):
    assert words in said(icon, registers=(on_register(register, provisional=True),))


def test_a_level_that_was_raised_holds_against_a_lower_one_whenever_that_came():
    raised = Harm(Rosh.HIGH, date(2018, 10, 1), provisional=True)
    low, very_high = (Harm(level, TODAY) for level in (Rosh.LOW, Rosh.VERY_HIGH))

    assert harm_in_force([raised, low]) == raised
    assert harm_in_force([raised, very_high]) == very_high


def test_the_absence_of_an_assessment_is_a_fact():
    assert of(Icon.UNKNOWN, shown()).lead == "No assessment of risk on record"


def test_no_police_enquiry_at_all_is_a_fact():
    assert said(Icon.UNKNOWN, harm=ASSESSED, enquiries=()).startswith("No police enquiry on record")


def test_an_enquiry_analysed_or_not_needed_leaves_nothing_unknown():
    not_needed = Asked(CheckKind.CHILDREN, EnquiryState.NOT_NEEDED, BEGAN)

    assert said(Icon.UNKNOWN, harm=ASSESSED, enquiries=(ANSWERED, not_needed)) == ""


def test_what_is_not_known_beyond_three_is_counted():
    waiting = [
        Asked(kind, EnquiryState.SENT, BEGAN, sent_on=BEGAN)
        for kind in (CheckKind.POLICE, CheckKind.CHILDREN, CheckKind.ADULTS, CheckKind.PRISON)
    ]

    assert said(Icon.UNKNOWN, enquiries=tuple(waiting)).endswith("And 2 more")


def test_nothing_is_unknown_of_somebody_nobody_supervises():
    assert of(Icon.UNKNOWN, shown(supervised=False, enquiries=())) is None


def test_a_quiet_case_says_its_level_and_that_no_register_is_on_record():
    (line,) = shown(harm=Harm(Rosh.LOW, date(2018, 7, 2)))

    assert (line.icon, line.lead) == (Icon.OK, "Low risk of serious harm, recorded 2 July 2018")
    assert line.text == "No risk registers on record"


registers = st.lists(
    st.builds(
        Registered,
        code=st.sampled_from(Register),
        name=st.just("A register"),
        part=st.sampled_from(Part),
        since=st.none() | st.dates(date(2010, 1, 1), TODAY),
        level=st.sampled_from(["", *MappaLevel]),
        warns_staff=st.booleans(),
    ),
    max_size=6,
)
known = st.builds(
    Known,
    supervised=st.booleans(),
    registers=registers.map(tuple),
    harm=st.none() | st.builds(Harm, st.sampled_from(Rosh), st.none() | st.dates(BEGAN, TODAY)),
    assessed_on=st.none() | st.dates(date(2010, 1, 1), TODAY),
    sentence_began_on=st.none() | st.just(BEGAN),
    restrictions=st.lists(st.just("Exclusion until 3 May 2019"), max_size=2).map(tuple),
    staff_instruction=st.sampled_from(["", "Two staff"]),
)


@given(known)
def test_there_are_one_to_five_lines_each_of_its_own_kind(facts):
    lines = strip(facts, TODAY)

    assert 1 <= len(lines) <= 5
    assert len({line.icon for line in lines}) == len(lines)
    assert all(line.lead.strip() for line in lines)


@given(known, st.sampled_from(sorted(AT_RISK)), st.sampled_from([Part.SOURCE, Part.NOT_RECORDED]))
def test_whoever_the_person_may_harm_is_always_in_the_first_line(facts, code, part):
    more = Registered(code, "A register", part)

    first = strip(Known(**vars(facts) | {"registers": (*facts.registers, more)}), TODAY)[0]

    assert first.icon == Icon.HARM
    assert AT_RISK[code] in first.lead


@given(known)
def test_the_registers_of_self_harm_and_of_staff_are_never_left_out(facts):
    codes = {one.code for one in facts.registers}
    icons = {line.icon for line in strip(facts, TODAY)}

    assert (Icon.SELF_HARM in icons) == (Register.SELF_HARM in codes)
    if Register.RISK_TO_STAFF in codes:
        assert Icon.STAFF in icons


def test_the_latest_level_holds_and_on_one_day_the_highest():
    day, before = date(2018, 7, 2), date(2018, 7, 1)
    low, medium, high = (Harm(level, day) for level in (Rosh.LOW, Rosh.MEDIUM, Rosh.HIGH))

    assert harm_in_force([]) is None
    assert harm_in_force([low, Harm(Rosh.HIGH, before)]) == low
    assert harm_in_force([medium, high, low]) == high
    assert harm_in_force([Harm(Rosh.HIGH, None), low]) == low


def test_contact_movement_and_residence_restrict_and_drug_tests_do_not():
    assert restricts("Making or maintaining contact with a person")
    assert restricts("Freedom of movement")
    assert not restricts("Drug testing")


def test_an_age_of_a_day_reads_in_words():
    enquiry = Asked(CheckKind.POLICE, EnquiryState.SENT, BEGAN, sent_on=TODAY - timedelta(days=1))

    assert "sent yesterday" in said(Icon.UNKNOWN, harm=ASSESSED, enquiries=(enquiry,))


def test_what_nobody_has_read_and_could_harm_comes_first_of_what_is_not_known():
    line = said(Icon.UNKNOWN, unread=("Police call-out recorded 1 October 2018",))

    assert line.startswith(
        "Police call-out recorded 1 October 2018, not yet read: somebody could be hurt."
    )


def test_what_nobody_has_read_is_said_of_somebody_nobody_supervises_too():
    assert said(Icon.UNKNOWN, supervised=False, unread=("Arrest or charge",))
