import pytest

from cases.models import Notice, RelatedPerson
from cases.services.victims import add_victim, end_victim
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    PotentialVictimFactory,
    RelatedPersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SOMEBODY = {"name": " Robin  Field ", "kind": "child", "relationship": "Nephew"}


def named(case, **given):
    known = {"group": "children", "how": "When he drinks, at his sister's.", "by": case.officer}
    return add_victim(case=case, today=TODAY, **known | given)


def test_somebody_around_the_case_is_named_as_they_are():
    around = RelatedPersonFactory()

    victim = named(around.case, person=around.pk)

    assert (victim.person, victim.sharing) == (around, "no")
    assert RelatedPerson.objects.count() == 1


def test_somebody_new_is_kept_with_the_case_and_protected():
    victim = named(CaseFactory(), **SOMEBODY)

    person = victim.person
    assert (person.name, person.protected, person.sharing) == ("Robin Field", True, "no")


def test_the_agencies_that_answer_for_somebody_new_are_asked_at_once():
    case = CaseFactory()

    named(case, **SOMEBODY)

    asked = case.enquiries.get(kind="children")
    assert asked.subjects.filter(name="Robin Field", protected=True).exists()


@pytest.mark.parametrize(
    "given", [{}, {"name": " ", "kind": "child"}, {"name": "Robin", "kind": "address"}]
)
def test_nobody_is_named_without_saying_who_they_are(given):
    with pytest.raises(RuleBroken):
        named(CaseFactory(), **given)

    assert not RelatedPerson.objects.exists()


def test_what_says_nothing_of_how_they_could_be_hurt_is_refused():
    with pytest.raises(RuleBroken, match="how they could be hurt"):
        named(CaseFactory(), **SOMEBODY, how="n/a")


def test_somebody_of_another_case_is_not_named_here():
    with pytest.raises(RuleBroken, match="around the case"):
        named(CaseFactory(), person=RelatedPersonFactory().pk)


def test_nobody_is_named_twice_until_it_has_ended():
    first = PotentialVictimFactory()
    with pytest.raises(RuleBroken, match="already named"):
        named(first.case, person=first.person_id)

    end_victim(
        victim=first, because="They moved abroad.", by=first.case.officer, today=TODAY, now=NOW
    )

    assert named(first.case, person=first.person_id).pk != first.pk


def test_it_ends_once_and_for_a_reason():
    victim = PotentialVictimFactory()
    for because in ("", "n/a"):
        with pytest.raises(RuleBroken, match="why they are no longer"):
            end_victim(victim=victim, because=because, by=victim.case.officer, today=TODAY, now=NOW)

    end_victim(
        victim=victim, because="They moved abroad.", by=victim.case.officer, today=TODAY, now=NOW
    )

    with pytest.raises(RuleBroken, match="ended already"):
        end_victim(victim=victim, because="Again.", by=victim.case.officer, today=TODAY, now=NOW)


def test_the_senior_hears_that_somebody_is_protected_no_more():
    victim = PotentialVictimFactory()
    senior = UserFactory(role=Role.SPO, team=victim.case.team)

    end_victim(victim=victim, because="They moved abroad.", by=victim.case.officer, today=TODAY, now=NOW)  # fmt: skip

    (notice,) = Notice.objects.filter(user=senior)
    assert "could no longer be hurt" in notice.text
    assert victim.person.name not in notice.text


def test_the_trail_names_nobody():
    victim = named(CaseFactory(), **SOMEBODY)

    assert Entry.objects.get(action="named_potential_victim").detail == {"victim": victim.pk}
