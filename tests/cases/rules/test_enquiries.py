from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.checks import (
    OPEN_STATES,
    PUT_RIGHT,
    Because,
    CheckKind,
    EnquiryState,
    SubjectKind,
)
from cases.rules.checks import CheckPolicy
from cases.rules.enquiries import (
    About,
    CheckFacts,
    Concern,
    Due,
    Enquired,
    children_must_be_asked_about,
    enquiries_due,
)

BEGAN = date(2018, 10, 1)
TODAY = date(2018, 10, 2)
PERSON = About(SubjectKind.PERSON, "Alex Marsh")
HOME = About(SubjectKind.ADDRESS, "4 Example Street, Reading")
CHILD = About(SubjectKind.CHILD, "Robin Marsh", related_person_id=1)
PARTNER = About(SubjectKind.PARTNER, "Jo Field", related_person_id=2)
POLICY = CheckPolicy(
    version=1,
    send_days=2,
    chase_days=5,
    analyse_days=2,
    senior_days=10,
    head_days=15,
    refresh_months=6,
    release_days=28,
    backlog_a_week=10,
    interim_days=10,
    interim_concern_days=2,
    interim_longest_days=28,
    interim_sample_one_in=10,
)


def facts(**known):
    return CheckFacts(**{"began_on": BEGAN, "sentenced_on": BEGAN, "about": (PERSON, HOME)} | known)


def asked(
    kind=CheckKind.POLICE,
    state=EnquiryState.ANALYSED,
    on=BEGAN,
    replied_on=None,
    about=(PERSON, HOME),
):
    return Enquired(kind, state, on, replied_on, frozenset(one.key for one in about))


def due(known, today=TODAY):
    return [
        (one.kind, one.because, one.triggered_on) for one in enquiries_due(known, POLICY, today)
    ]


def test_the_police_are_asked_at_every_start_and_nobody_else_without_cause():
    assert due(facts()) == [(CheckKind.POLICE, Because.START, BEGAN)]


def test_an_enquiry_asks_about_everybody_its_agency_can_answer_for():
    found = enquiries_due(facts(about=(PERSON, PARTNER, CHILD, HOME)), POLICY, TODAY)

    assert {one.kind: one.about for one in found}[CheckKind.POLICE] == (
        PERSON,
        PARTNER,
        CHILD,
        HOME,
    )


@pytest.mark.parametrize(
    "known",
    [
        {"has_children": True},
        {"lives_with_children": True},
        {"has_contact_with_children": True},
        {"may_pose_risk_to_children": True},
        {"unclear_about_children": True},
        {"concerns": {Concern.DOMESTIC_ABUSE: None}},
        {"concerns": {Concern.CHILD: None}},
    ],
    ids=lambda known: next(iter(known)),
)
def test_childrens_social_care_is_asked_at_the_start(known):
    assert (CheckKind.CHILDREN, Because.START, BEGAN) in due(facts(**known))


def test_whether_childrens_social_care_is_asked_waits_for_the_question():
    no = {
        "has_children": False,
        "lives_with_children": False,
        "has_contact_with_children": False,
        "may_pose_risk_to_children": False,
    }

    assert children_must_be_asked_about(facts()) is None
    assert children_must_be_asked_about(facts(**no)) is False
    assert children_must_be_asked_about(facts(**no | {"has_contact_with_children": None})) is None
    assert children_must_be_asked_about(facts(**no, unclear_about_children=True)) is True


def test_an_adult_at_risk_is_put_to_adult_social_care():
    assert (CheckKind.ADULTS, Because.START, BEGAN) in due(facts(concerns={Concern.ADULT: None}))


@pytest.mark.parametrize("state", EnquiryState)
def test_what_was_asked_since_the_sentence_is_not_asked_again(state):
    known = facts(sentenced_on=BEGAN - timedelta(days=3))

    between = asked(state=state, on=BEGAN - timedelta(days=2))

    assert due(replace(known, enquired=(between,))) == []


def test_a_new_sentence_asks_the_police_again():
    earlier = asked(on=BEGAN - timedelta(days=200))

    assert due(facts(enquired=(earlier,))) == [(CheckKind.POLICE, Because.START, BEGAN)]


def test_a_new_concern_asks_again_from_the_day_it_came():
    since = BEGAN + timedelta(days=30)
    known = facts(concerns={Concern.DOMESTIC_ABUSE: since}, enquired=(asked(),))

    assert due(known, since + timedelta(days=1)) == [
        (CheckKind.POLICE, Because.NEW_CONCERN, since),
        (CheckKind.CHILDREN, Because.NEW_CONCERN, since),
    ]


def test_a_reply_that_came_after_the_concern_answers_it():
    since = BEGAN + timedelta(days=30)
    answered = asked(replied_on=since + timedelta(days=2))
    known = facts(concerns={Concern.CHILD: since}, enquired=(answered,))

    assert CheckKind.POLICE not in [kind for kind, _, _ in due(known, since + timedelta(days=5))]


@pytest.mark.parametrize(
    "new, kinds",
    [
        (PARTNER, [CheckKind.POLICE]),
        (CHILD, [CheckKind.POLICE, CheckKind.CHILDREN]),
        (HOME, [CheckKind.POLICE, CheckKind.ADDRESS]),
    ],
    ids=["partner", "child", "address"],
)
def test_somebody_or_somewhere_new_is_asked_about(new, kinds):
    since = BEGAN + timedelta(days=30)
    new = replace(new, since=since)
    known = facts(about=(PERSON, new), enquired=(asked(about=[PERSON]),))

    found = enquiries_due(known, POLICY, since)

    assert [one.kind for one in found] == kinds
    assert {one.triggered_on for one in found} == {since}
    assert found[0].about == (PERSON, new)


def test_a_name_already_asked_about_is_not_new():
    since = BEGAN + timedelta(days=30)
    known = facts(
        about=(PERSON, replace(PARTNER, since=since)),
        enquired=(asked(state=EnquiryState.DUE, about=[PERSON, PARTNER]),),
    )

    assert due(known, since) == []


@pytest.mark.parametrize("since", [None, BEGAN - timedelta(days=900), BEGAN + timedelta(days=3)])
def test_whoever_an_enquiry_left_out_is_asked_about_whenever_they_came(since):
    left_out = replace(PARTNER, since=since)
    known = facts(about=(PERSON, left_out), enquired=(asked(about=[PERSON]),))

    found = enquiries_due(known, POLICY, BEGAN + timedelta(days=30))

    assert [(one.kind, one.because) for one in found] == [(CheckKind.POLICE, Because.NEW_PERSON)]
    assert found[0].about == (PERSON, left_out)


def test_somebody_whose_coming_is_not_recorded_is_due_from_the_day_they_are_found():
    known = facts(about=(PERSON, PARTNER), enquired=(asked(about=[PERSON]),))
    found_on = BEGAN + timedelta(days=30)

    assert due(known, found_on) == [(CheckKind.POLICE, Because.NEW_PERSON, found_on)]


@pytest.mark.parametrize(
    "corrected", [{"name": "Jo Fielding"}, {"born_on": date(1991, 2, 3)}], ids=["name", "born"]
)
def test_a_name_or_birth_date_put_right_after_asking_is_a_new_question(corrected):
    known = facts(
        about=(PERSON, replace(PARTNER, **corrected)),
        enquired=(asked(about=[PERSON, PARTNER]),),
    )

    assert [because for _, because, _ in due(known)] == [Because.NEW_PERSON]


@pytest.mark.parametrize(
    "corrected", [{"name": "Alex Marshall"}, {"born_on": date(1991, 2, 3)}], ids=["name", "born"]
)
@pytest.mark.parametrize(
    "state", [EnquiryState.SENT, EnquiryState.REPLIED, EnquiryState.ANALYSED, EnquiryState.DUE]
)
@pytest.mark.parametrize("kind", [CheckKind.POLICE, CheckKind.CHILDREN, CheckKind.ADULTS])
def test_the_persons_own_name_or_birth_date_put_right_after_asking_is_a_new_question(
    corrected, state, kind
):
    person = replace(PERSON, **corrected)
    police = [] if kind == CheckKind.POLICE else [asked(about=[person, HOME])]
    known = facts(about=(person, HOME), enquired=(*police, asked(kind, state)))

    (found,) = enquiries_due(known, POLICY, TODAY)

    assert (found.kind, found.triggered_on, found.note) == (kind, TODAY, PUT_RIGHT)
    assert found.about == (person,)


def test_whoever_was_asked_about_once_under_the_name_they_have_is_not_asked_about_again():
    person = replace(PERSON, name="Alex Marshall")
    for state in (EnquiryState.SENT, EnquiryState.ANALYSED, EnquiryState.NOT_NEEDED):
        again = asked(state=state, on=TODAY, about=[person])
        known = facts(about=(person, HOME), enquired=(asked(), again))

        assert due(known) == []


def test_a_name_put_right_asks_nobody_who_was_never_asked_or_does_not_go_by_it():
    person = replace(PERSON, name="Alex Marshall")
    known = facts(
        about=(person, HOME),
        enquired=(
            asked(about=[person, HOME]),
            asked(CheckKind.CHILDREN, EnquiryState.NOT_NEEDED),
            asked(CheckKind.COURT_TERMS, about=[PERSON]),
            asked(CheckKind.PRISON, about=[PERSON]),
            asked(CheckKind.ADDRESS),
        ),
    )

    assert due(known) == []


def test_a_name_put_right_is_no_question_to_whoever_was_asked_for_an_earlier_sentence():
    person = replace(PERSON, name="Alex Marshall")
    earlier = asked(CheckKind.ADULTS, on=BEGAN - timedelta(days=200))
    known = facts(about=(person, HOME), enquired=(earlier, asked(about=[person, HOME])))

    assert due(known) == []


def test_a_name_written_in_other_letters_is_the_same_question():
    assert replace(PERSON, name="ALEX  marsh").key == PERSON.key
    assert replace(PARTNER, name="JO  field").key == PARTNER.key


def test_an_enquiry_of_an_earlier_sentence_covers_nobody_now():
    earlier = asked(on=BEGAN - timedelta(days=200), about=[PERSON, PARTNER, HOME])
    known = facts(about=(PERSON, PARTNER), enquired=(earlier, asked(about=[PERSON])))

    assert [because for _, because, _ in due(known)] == [Because.NEW_PERSON]


def test_somebody_still_to_come_is_not_yet_asked_about():
    known = facts(
        about=(PERSON, replace(PARTNER, since=TODAY + timedelta(days=1))),
        enquired=(asked(about=[PERSON]),),
    )

    assert due(known) == []


def test_children_there_from_the_start_are_asked_about_because_of_the_start():
    child = replace(CHILD, since=BEGAN - timedelta(days=900))
    known = facts(
        about=(PERSON, child), has_children=True, enquired=(asked(about=[PERSON, child]),)
    )

    assert due(known) == [(CheckKind.CHILDREN, Because.START, BEGAN)]


def test_an_address_is_the_same_however_it_is_spaced_and_cased():
    other = About(SubjectKind.ADDRESS, "4 EXAMPLE STREET  reading")

    assert other.key == HOME.key


def test_a_case_with_a_concern_is_asked_about_again_after_six_months():
    known = facts(
        concerns={Concern.DOMESTIC_ABUSE: None},
        enquired=(
            asked(replied_on=date(2018, 10, 9)),
            asked(CheckKind.CHILDREN, EnquiryState.NOT_NEEDED),
        ),
    )

    assert due(known, date(2019, 3, 31)) == []
    assert due(known, date(2019, 4, 9)) == [
        (CheckKind.POLICE, Because.REFRESH, date(2019, 4, 9)),
        (CheckKind.CHILDREN, Because.REFRESH, date(2019, 4, 1)),
    ]


def test_a_case_without_a_concern_is_not():
    assert due(facts(enquired=(asked(),)), date(2020, 10, 1)) == []


def test_four_weeks_before_release_the_police_and_the_address_are_asked_about():
    release = date(2018, 12, 31)
    known = facts(
        release_on=release, has_children=True, enquired=(asked(), asked(CheckKind.CHILDREN))
    )
    opens = date(2018, 12, 3)

    assert due(known, opens - timedelta(days=1)) == []
    assert due(known, opens) == [
        (CheckKind.POLICE, Because.RELEASE, opens),
        (CheckKind.CHILDREN, Because.RELEASE, opens),
        (CheckKind.ADDRESS, Because.RELEASE, opens),
    ]


def test_nothing_is_opened_while_one_of_its_kind_is_under_way():
    known = facts(
        concerns={Concern.DOMESTIC_ABUSE: BEGAN + timedelta(days=1)},
        enquired=tuple(
            asked(kind, EnquiryState.SENT) for kind in (CheckKind.POLICE, CheckKind.CHILDREN)
        ),
    )

    assert due(known, BEGAN + timedelta(days=400)) == []


days = st.integers(-50, 400).map(lambda n: BEGAN + timedelta(days=n))
known = st.builds(
    CheckFacts,
    began_on=st.just(BEGAN),
    sentenced_on=st.integers(0, 20).map(lambda n: BEGAN - timedelta(days=n)),
    about=st.lists(
        st.builds(replace, st.sampled_from([CHILD, PARTNER, HOME]), since=st.none() | days),
        max_size=3,
        unique_by=lambda one: one.key,
    ).map(lambda around: (PERSON, *around)),
    concerns=st.dictionaries(st.sampled_from(Concern), st.none() | days),
    has_children=st.none() | st.booleans(),
    release_on=st.none() | days,
)


@given(known, st.integers(0, 400))
def test_once_opened_nothing_is_opened_again(known, later):
    today = BEGAN + timedelta(days=later)

    found = enquiries_due(known, POLICY, today)

    opened = tuple(
        Enquired(one.kind, EnquiryState.DUE, one.triggered_on, None, _keys(one)) for one in found
    )
    assert enquiries_due(replace(known, enquired=opened), POLICY, today) == []


already = st.lists(
    st.builds(
        asked,
        kind=st.sampled_from([CheckKind.POLICE, CheckKind.CHILDREN, CheckKind.ADDRESS]),
        state=st.sampled_from(EnquiryState),
        on=days,
        about=st.lists(st.sampled_from([PERSON, CHILD, PARTNER, HOME]), max_size=4),
    ),
    max_size=4,
).map(tuple)


@given(known, already, st.integers(0, 400))
def test_after_opening_what_is_due_nothing_more_is_due_whatever_was_asked_before(
    known, already, later
):
    today = BEGAN + timedelta(days=later)
    known = replace(known, enquired=tuple(one for one in already if one.triggered_on <= today))

    found = enquiries_due(known, POLICY, today)

    opened = tuple(
        Enquired(one.kind, EnquiryState.DUE, one.triggered_on, None, _keys(one)) for one in found
    )
    again = replace(known, enquired=known.enquired + opened)
    assert enquiries_due(again, POLICY, today) == []


@given(known, already, st.integers(0, 400))
def test_nobody_an_agency_is_asked_about_is_left_uncovered_once_it_was_asked(known, already, later):
    today = BEGAN + timedelta(days=later)
    known = replace(known, enquired=tuple(one for one in already if one.triggered_on <= today))

    found = enquiries_due(known, POLICY, today)

    asked_since = [
        one.covers
        for one in known.enquired
        if one.kind == CheckKind.POLICE
        and (
            one.state in OPEN_STATES
            or max(filter(None, (one.triggered_on, one.replied_on))) >= known.sentenced_on
        )
    ] + [_keys(one) for one in found if one.kind == CheckKind.POLICE]
    around = {one.key for one in known.about[1:] if one.since is None or one.since <= today}
    assert around <= frozenset().union(*asked_since)


def test_a_question_open_since_before_the_sentence_leaves_nobody_out():
    before = asked(CheckKind.POLICE, EnquiryState.DUE, BEGAN - timedelta(days=1), about=[])
    known = facts(about=(PERSON, CHILD), enquired=(before,))

    found = {one.kind: one for one in enquiries_due(known, POLICY, BEGAN)}

    assert CHILD.key in _keys(found[CheckKind.POLICE])


@given(known, st.integers(0, 400))
def test_nothing_falls_due_in_the_future_and_only_once_for_a_kind(known, later):
    today = BEGAN + timedelta(days=later)

    found = enquiries_due(known, POLICY, today)

    assert all(one.triggered_on <= today for one in found)
    assert len({one.kind for one in found}) == len(found)
    assert CheckKind.POLICE in {one.kind for one in found}


@given(known)
def test_a_new_concern_never_takes_an_enquiry_away(known):
    with_concern = replace(known, concerns={**known.concerns, Concern.DOMESTIC_ABUSE: TODAY})

    before = {one.kind for one in enquiries_due(known, POLICY, TODAY)}

    assert before <= {one.kind for one in enquiries_due(with_concern, POLICY, TODAY)}


def _keys(one: Due):
    return frozenset(about.key for about in one.about)
