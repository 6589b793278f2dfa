"""Recording what an order keeps somebody from, changing it and ending it."""

from datetime import timedelta

import pytest

from cases.models import Deadline, LicenceCondition, Notice, RestrictedArea, Restriction
from cases.rules.restrictions import Area
from cases.services.restrictions import (
    AS_IT_STOOD,
    change_restriction,
    end_restriction,
    look_at_restriction,
    record_restriction,
)
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RequirementFactory,
    RestrictedAreaFactory,
    RestrictionFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(1)
LATER = NOW + 10 * DAY
CIRCLE = Area("Around the address in the schedule", "circle", {"centre": [451_000, 206_000], "radius": 100}, 50)  # fmt: skip
RING = [[451_000, 206_000], [451_200, 206_000], [451_200, 206_100]]
OUTLINE = Area("The area on the map", "polygon", {"rings": [[*RING, RING[0]]]})
GIVEN = {
    "kind": "restraining",
    "terms": "areas",
    "prohibits": "Must not go into the area the order bans. ",
    "made_by": "Reading Magistrates",
    "from_on": TODAY,
    "source": "The order, from the court",
}


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


def recorded(case, by=None, now=NOW, **given):
    given = GIVEN | {"areas": [CIRCLE]} | given
    return record_restriction(case=case, by=by or case.officer, now=now, **given)


def changed(one, by=None, now=LATER, **given):
    given = GIVEN | {"because": "Varied by the court"} | given
    return change_restriction(restriction=one, by=by or one.case.officer, now=now, **given)


def owed(case):
    return Deadline.objects.unmet().filter(case=case, kind="see_order_terms")


# Recording


def test_an_order_is_recorded_with_its_areas_as_they_are_understood(case):
    person = RelatedPersonFactory(case=case)

    one = recorded(case, areas=[CIRCLE, OUTLINE], protects=person, copy_seen_on=TODAY)

    one.refresh_from_db()
    assert one.prohibits == "Must not go into the area the order bans."
    assert (one.protects, one.copy_seen_by, one.recorded_by) == (person, case.officer, case.officer)
    assert list(one.areas.order_by("pk").values_list("label", "shape", "outline", "buffer")) == [
        (CIRCLE.label, "circle", CIRCLE.outline, 50),
        (OUTLINE.label, "polygon", {"rings": [RING]}, 0),
    ]


def test_it_is_in_the_trail_without_a_word_of_it(case):
    one = recorded(case)

    entry = Entry.objects.get(action="recorded_restriction")
    assert entry.crn == case.crn
    assert entry.detail == {"restriction": one.pk, "kind": "restraining", "terms": "areas"}


def test_whoever_acts_on_the_case_is_told_unless_they_recorded_it(case, hub):
    recorded(case)
    assert not Notice.objects.exists()

    recorded(case, by=hub, kind="other")

    notice = Notice.objects.get()
    assert notice.user == case.officer
    assert notice.text.startswith(f"Another order was recorded on {case.crn}.")
    assert "area" not in notice.text


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ("bail", "A bail condition"),
        ("exclusion", "An exclusion requirement"),
        ("other", "Another order"),
    ],
)
def test_what_they_are_told_names_the_order_as_english_does(case, hub, kind, named):
    recorded(case, by=hub, kind=kind)

    assert Notice.objects.get().text.startswith(f"{named} was recorded on {case.crn}.")


def test_while_its_terms_are_not_seen_that_is_owed_within_two_working_days(case):
    recorded(case, terms="not_seen", prohibits="", areas=[])

    clock = owed(case).get()
    assert (clock.triggered_on, clock.due_on) == (TODAY, TODAY + 2 * DAY)
    assert clock.why == "Restraining order: its terms have not been seen."


def test_once_they_are_recorded_nothing_is_owed(case):
    unseen = recorded(case, terms="not_seen", prohibits="", areas=[])

    changed(unseen, areas=[CIRCLE])

    assert not owed(case).exists()
    assert not Deadline.objects.get(case=case).void


def test_the_words_of_one_whose_terms_are_not_seen_are_not_kept(case):
    assert recorded(case, terms="not_seen", prohibits="Something", areas=[]).prohibits == ""


def test_it_can_be_an_entry_of_the_record(case):
    register = RegistrationFactory(case=case, type_code="RSTO")
    requirement = RequirementFactory(sentence__case=case, main_code="X")
    licence = LicenceCondition.objects.create(
        sentence=SentenceFactory(case=case), category="Freedom of movement", text="x", from_on=TODAY
    )

    assert recorded(case, of=f"registration-{register.pk}").registration == register
    assert recorded(case, of=f"requirement-{requirement.pk}").requirement == requirement
    assert recorded(case, of=f"condition-{licence.pk}").condition == licence


@pytest.mark.parametrize("of", ["registration-{}", "registration-x", "person-1", "registration"])
def test_an_entry_of_another_case_or_of_nothing_is_refused(case, of):
    with pytest.raises(RuleBroken, match="Choose which entry"):
        recorded(case, of=of.format(RegistrationFactory().pk))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"kind": "tea"}, "what kind of order"),
        ({"areas": []}, "Give the areas"),
        ({"prohibits": "n/a"}, "plain words"),
        ({"source": " "}, "where we have it from"),
        ({"to_on": TODAY - DAY}, "before its first"),
        ({"copy_seen_on": TODAY + DAY}, "still to come"),
        ({"areas": [Area(" ", "circle", CIRCLE.outline)]}, "what the order calls it"),
        ({"areas": [Area("x", "circle", {"centre": [1, -1], "radius": 5})]}, "national grid"),
        ({"areas": [Area("x", "polygon", {"rings": [RING[:2]]})]}, "three corners"),
        ({"areas": [Area("x", "circle", CIRCLE.outline, -1)]}, "kept clear"),
        ({"prohibits": "Must not enter OX1 1AA."}, "It gives an address or a postcode"),
        ({"source": "14 High Street"}, "Where we have it from: It gives an address"),
    ],
)
def test_what_could_not_be_checked_is_refused_and_nothing_is_written(case, given, says):
    with pytest.raises(RuleBroken, match=says):
        recorded(case, **given)

    assert not Restriction.objects.exists()
    assert not RestrictedArea.objects.exists()


@pytest.mark.parametrize("where", ["prohibits", "made_by", "source"])
def test_a_name_of_somebody_around_them_is_refused_wherever_it_is_written(case, where):
    RelatedPersonFactory(case=case, name="Sam Reed")

    with pytest.raises(RuleBroken, match="It names somebody"):
        recorded(case, **{where: "As Sam asked the court"})


def test_who_is_protected_is_somebody_around_them(case):
    with pytest.raises(RuleBroken, match="somebody around this person"):
        recorded(case, protects=RelatedPersonFactory())


# Changing


def test_a_change_ends_the_one_and_makes_another_that_follows(case):
    one = recorded(case, copy_seen_on=TODAY)

    made = changed(one, areas=[OUTLINE], copy_seen_on=TODAY)

    one.refresh_from_db()
    assert (one.ended_on, one.ended_because) == (LATER.date(), "Varied by the court")
    assert made.follows == one
    assert made.areas.get().label == OUTLINE.label
    assert one.areas.get().label == CIRCLE.label
    assert Entry.objects.get(action="changed_restriction").detail["was"] == one.pk


def test_who_saw_the_copy_stays_as_it_was_unless_it_was_seen_again(case, hub):
    one = recorded(case, copy_seen_on=TODAY)

    same = changed(one, by=hub, copy_seen_on=TODAY)
    again = changed(same, by=hub, copy_seen_on=LATER.date())

    assert same.copy_seen_by == case.officer
    assert again.copy_seen_by == hub


def test_whoever_may_not_see_the_areas_and_who_is_protected_leaves_them_as_they_stood(case, hub):
    person = RelatedPersonFactory(case=case)
    one = recorded(case, protects=person)

    made = changed(one, by=hub, areas=None, protects=AS_IT_STOOD, prohibits="Must not go there.")

    assert made.protects == person
    assert made.areas.get().outline == CIRCLE.outline
    assert made.prohibits == "Must not go there."


def test_areas_that_stood_go_where_it_bans_contact_only(case):
    made = changed(recorded(case), terms="contact", areas=None)

    assert not made.areas.exists()


def test_a_name_that_a_reader_was_not_shown_is_not_kept_in_the_words(case, hub):
    one = recorded(case, prohibits="Must not contact Sam Reed.", terms="contact", areas=[])
    RelatedPersonFactory(case=case, name="Sam Reed", protected=True)

    with pytest.raises(RuleBroken, match="It names somebody"):
        changed(one, by=hub, prohibits="Must not contact [name protected].", terms="contact")


@pytest.mark.parametrize("because", ["", "n/a", "Sam Reed asked"])
def test_a_change_says_why_and_names_nobody(case, because):
    RelatedPersonFactory(case=case, name="Sam Reed")

    with pytest.raises(RuleBroken):
        changed(recorded(case), because=because)


def test_what_was_changed_meanwhile_is_not_changed_again(case):
    one = recorded(case)
    changed(one)

    with pytest.raises(RuleBroken, match="meanwhile"):
        changed(one)
    with pytest.raises(RuleBroken, match="meanwhile"):
        end_restriction(restriction=one, because="Discharged", by=case.officer, now=LATER)


# Ending


def test_one_that_is_ended_says_why_and_asks_for_the_terms_of_what_still_stands(case):
    RegistrationFactory(case=case, type_code="RSTO")
    one = recorded(case)
    assert not owed(case).exists()

    end_restriction(restriction=one, because="Recorded by mistake", by=case.officer, now=LATER)

    one.refresh_from_db()
    assert (one.ended_on, one.ended_because) == (LATER.date(), "Recorded by mistake")
    assert owed(case).exists()
    assert Entry.objects.filter(action="ended_restriction", crn=case.crn).exists()


@pytest.mark.parametrize("because", [" ", "done at 14 High Street"])
def test_ending_says_why_and_where_nobody_lives(case, because):
    with pytest.raises(RuleBroken):
        end_restriction(restriction=recorded(case), because=because, by=case.officer, now=LATER)


# Looking first


def test_looking_refuses_as_recording_does_and_writes_nothing(case):
    known = {"case": case, "by": case.officer, "now": NOW, "protects": None}
    given = GIVEN | {"to_on": None, "copy_seen_on": None}

    assert look_at_restriction(**known, **given, areas=[CIRCLE]) == [CIRCLE]
    with pytest.raises(RuleBroken, match="Give the areas"):
        look_at_restriction(**known, **given, areas=[])

    assert not Restriction.objects.exists()


def test_looking_at_a_change_keeps_what_the_reader_may_not_see(case):
    area = RestrictedAreaFactory(restriction__case=case)
    given = GIVEN | {"to_on": None, "copy_seen_on": None, "protects": AS_IT_STOOD}
    known = {"case": case, "stood": area.restriction, "by": case.officer, "now": NOW}

    (kept,) = look_at_restriction(**known, **given, because="Varied by the court", areas=None)

    assert kept.outline == area.outline
    with pytest.raises(RuleBroken, match="Give the areas"):
        look_at_restriction(**known, **given, because="Varied by the court", areas=[])
    with pytest.raises(RuleBroken, match="why it is changed"):
        look_at_restriction(**known, **given, because="", areas=None)


def test_a_restriction_of_the_factory_can_be_ended(case):
    one = RestrictionFactory(case=case)

    end_restriction(restriction=one, because="Discharged", by=case.officer, now=NOW)

    assert not Restriction.objects.standing().exists()
