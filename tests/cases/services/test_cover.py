from datetime import date

import pytest

from cases.models import Absence
from cases.services.cover import arrange_absence, cancel_absence
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import TODAY, AbsenceFactory, UserFactory

pytestmark = pytest.mark.django_db
FROM, TO = date(2018, 10, 8), date(2018, 10, 12)


@pytest.fixture
def user():
    return UserFactory()


def arranged(user, cover=None, from_on=FROM, to_on=TO):
    return arrange_absence(
        user=user, from_on=from_on, to_on=to_on, cover=cover, by=user, today=TODAY
    )


def test_an_absence_is_kept_with_who_covers_and_who_said_so(user):
    cover = UserFactory()

    absence = arranged(user, cover)

    assert (absence.user, absence.cover, absence.by) == (user, cover, user)
    entry = Entry.objects.get(action="arranged_absence")
    assert entry.detail["cover"] == cover.username


def test_nobody_is_away_twice_at_once(user):
    arranged(user)

    with pytest.raises(RuleBroken, match="already"):
        arranged(user, from_on=TO, to_on=date(2018, 10, 20))

    assert Absence.objects.count() == 1


def test_two_do_not_cover_for_each_other(user):
    other = UserFactory()
    arranged(user, other)

    with pytest.raises(RuleBroken, match="Choose somebody who is here"):
        arranged(other, user)


def test_an_absence_called_off_stands_in_nobodys_way(user):
    cancel_absence(absence=arranged(user), by=user, today=TODAY)

    arranged(user)

    assert Absence.objects.filter(cancelled_on=None).count() == 1


def test_calling_off_ends_cover_at_once(user):
    absence = arranged(user, UserFactory(), from_on=TODAY)

    cancel_absence(absence=absence, by=user, today=TODAY)

    assert not Absence.objects.on(TODAY).exists()
    assert Entry.objects.filter(action="cancelled_absence", by=user).exists()


def test_an_absence_is_called_off_once(user):
    absence = arranged(user)
    cancel_absence(absence=absence, by=user, today=TODAY)

    with pytest.raises(RuleBroken, match="already"):
        cancel_absence(absence=absence, by=user, today=TODAY)


def test_what_is_over_stays_as_it_was(user):
    september = date(2018, 9, 3)
    absence = AbsenceFactory(user=user, from_on=september, to_on=september)

    with pytest.raises(RuleBroken, match="over"):
        cancel_absence(absence=absence, by=user, today=TODAY)
