"""An extract does not undo a hand-over that was made here, and says who holds a case once it knows."""

from datetime import date

import pytest

from cases.reference.holding import TransferKind
from cases.services.transfers import accept_transfer, offer_transfer
from staff.permissions import Role
from tests.cases.importing.extracts import LATER, NOW, bring_in, manager, offender
from tests.factories import CaseFactory, SentenceFactory, UserFactory

pytestmark = pytest.mark.django_db
NOTE = "Sees her children on Saturdays; the police were asked on 3 September and have not answered."


@pytest.fixture
def case():
    """Held by the officer whom nDelius names, and handed over here to another on 5 November."""
    case = CaseFactory(crn="X000001", officer=UserFactory(staff_code="C99A001"))
    SentenceFactory(case=case)
    return case


def handed_over(case, kind=TransferKind.OFFICER, **to):
    to = to or {"to_officer": UserFactory(team=case.team)}
    by = UserFactory(role=Role.SPO, team=case.team)
    offer = offer_transfer(case=case, kind=kind, note=NOTE, by=by, now=NOW, **to)
    accept_transfer(
        transfer=offer, by=offer.to_officer or by, now=NOW, outside_officer="Bridget Osei"
    )
    case.refresh_from_db()


def named(since, code="C99A001"):
    """As an extract names the officer who has had it since that day."""
    held = manager(staff={"code": code, "forenames": "Sam", "surname": "Field"}, fromDate=since)
    return offender(offenderManagers=[held])


def test_an_extract_that_names_who_had_it_before_changes_nothing(case, tmp_path):
    handed_over(case)
    holder = case.officer_id

    bring_in(tmp_path, named("2018-03-02"), now=LATER)

    case.refresh_from_db()
    assert case.officer_id == holder
    assert case.officer_since == NOW.date()


def test_what_the_nps_took_is_not_ours_again_by_an_extract(case, tmp_path):
    handed_over(case, TransferKind.NPS, outside="South East NPS, Reading")

    bring_in(tmp_path, named("2018-03-02"), now=LATER)

    case.refresh_from_db()
    assert case.retained_by == "Bridget Osei, South East NPS, Reading"
    assert case.officer is None


def test_whoever_the_record_names_since_then_holds_it(case, tmp_path):
    handed_over(case)
    taker, other = case.officer, UserFactory(staff_code="C99A002")

    bring_in(tmp_path, named("2018-11-06", code="C99A002"), now=LATER)

    case.refresh_from_db()
    assert case.officer == other
    ours = case.allocations.get(imported=False, officer=taker)
    assert (ours.active, ours.to_on) == (False, date(2018, 11, 6))


def test_without_a_hand_over_here_the_record_says_who_holds_it(case, tmp_path):
    other = UserFactory(staff_code="C99A002")

    bring_in(tmp_path, named("2018-03-02", code="C99A002"), now=LATER)

    case.refresh_from_db()
    assert case.officer == other
