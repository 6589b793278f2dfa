"""The clocks of release as rows: opened, moved and stopped from the record, for one case and for many."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Deadline
from cases.reference.codes import CaseState
from cases.reference.deadlines import KINDS
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    ContactFactory,
    CustodyFactory,
    FlagFactory,
    GateMeetingFactory,
    HandOverFactory,
    HomeOfferFactory,
    NeedFactory,
    NightStayFactory,
    ReferralFactory,
    ResettlementPlanFactory,
    RiskItemFactory,
)
from ttg.reference.custody import PlanKind, PlanState
from ttg.reference.hand_over import HandOverState
from ttg.reference.home import OfferState
from ttg.reference.referrals import ReferralState
from ttg.rules.owed import DONE
from ttg.services.owed import owe_release, owe_release_chunk

pytestmark = pytest.mark.django_db
SOON = TODAY + timedelta(days=30)


@pytest.fixture
def custody():
    return CustodyFactory(release_on=SOON, screened_on=TODAY - timedelta(days=10))


def owe(custody, today=TODAY):
    return owe_release(case_ids=[custody.case_id], by=None, today=today)


def running(custody):
    found = Deadline.objects.unmet().filter(case=custody.case_id, kind__in=DONE)
    return dict(found.values_list("kind", "due_on"))


def ended(custody, kind):
    return Deadline.objects.get(case=custody.case_id, kind=kind, met_on__isnull=False)


def signed(custody, kind, **more):
    return ResettlementPlanFactory(
        custody=custody, kind=kind, state=PlanState.SIGNED, signed_at=NOW, signed_by=custody.case.officer, **more
    )  # fmt: skip


def make_ready(custody):
    signed(custody, PlanKind.MERGED)
    ContactFactory(case=custody.case, type_code="CPVS", started_at=NOW, attended=True)
    HomeOfferFactory(
        custody=custody, state=OfferState.CONFIRMED, because="Seen", settled_at=NOW, settled_by=custody.case.officer
    )  # fmt: skip
    HandOverFactory(
        custody=custody, state=HandOverState.ACCEPTED, accepted_at=NOW, accepted_by=custody.case.officer
    )  # fmt: skip


def test_what_is_missing_is_owed_and_once_it_is_there_it_is_met(custody):
    owe(custody)
    first = running(custody)
    make_ready(custody)
    owe(custody)

    assert first == {
        "resettlement_plan": first["resettlement_plan"],
        "plan_for_release": SOON - timedelta(days=28),
        "contact_before_release": SOON - timedelta(days=28),
        "find_home": SOON - timedelta(days=28),
        "refer_for_home": TODAY - timedelta(days=7),  # a week after reception: the stay is short
        "hand_over_release": SOON - timedelta(days=10),
    }
    assert running(custody) == {}
    assert not ended(custody, "find_home").void
    assert not ended(custody, "contact_before_release").void


def test_a_day_of_release_that_moves_takes_its_clocks_along_and_closes_a_flag_that_is_not_late_now(
    custody,
):
    owe(custody)
    late = Deadline.objects.get(kind="refer_for_home")
    flag = FlagFactory(deadline=late, raised_on=TODAY)
    custody.release_on = TODAY + timedelta(days=80)
    custody.save()

    counts = owe(custody)
    again = owe(custody)

    assert running(custody)["refer_for_home"] == TODAY + timedelta(days=24)
    flag.refresh_from_db()
    assert flag.closed_on == TODAY
    assert counts["moved"] == 5
    assert again == {"owed": 0, "moved": 0}
    assert Entry.objects.filter(action="moved_deadline").count() == 5


def test_somebody_who_left_without_a_home_is_not_said_to_have_found_one(custody):
    owe(custody)
    custody.released_on = TODAY
    custody.save()
    owe(custody)

    assert ended(custody, "find_home").void
    assert list(running(custody)) == ["say_first_night"]


def test_after_release_the_nights_and_the_first_appointment_are_asked_about(custody):
    custody.released_on = TODAY - timedelta(days=30)
    custody.received_on = TODAY - timedelta(days=90)
    custody.save()
    need = NeedFactory(custody=custody)
    ReferralFactory(
        need=need, state=ReferralState.BOOKED, received_by="J. Marsh", first_at=NOW - timedelta(days=3)
    )  # fmt: skip
    NightStayFactory(custody=custody, night="1")
    owe(custody)

    assert set(running(custody)) == {"say_later_night", "say_first_service"}


@pytest.mark.parametrize(
    ("state", "owed"),
    [
        (ReferralState.DRAFTED, {"refer_substances"}),
        (ReferralState.SENT, {"get_accepted"}),
        (ReferralState.WAITING, {"get_accepted"}),
        (ReferralState.ACCEPTED, set()),
        (ReferralState.REJECTED, set()),
    ],
)
def test_a_drug_need_is_owed_a_service_that_was_asked_and_then_its_answer(custody, state, owed):
    make_ready(custody)
    need = NeedFactory(custody=custody)
    ReferralFactory(need=need, state=state, received_by="J. Marsh", because="Full")

    owe(custody)

    assert set(running(custody)) == owed


def test_what_the_plan_says_of_risk_a_hand_over_and_the_gate_wait_for_those_who_answer(custody):
    make_ready(custody)
    RiskItemFactory(plan=custody.plans.get())
    hand_over = custody.hand_over
    hand_over.state, hand_over.accepted_by, hand_over.accepted_at = (
        HandOverState.OFFERED,
        None,
        None,
    )
    hand_over.save()
    GateMeetingFactory(custody=custody, at=NOW)
    owe(custody)
    before = set(running(custody))
    hand_over.state, hand_over.asked, hand_over.asked_at = HandOverState.QUERIED, "Which bus?", NOW
    hand_over.save()
    owe(custody)

    assert before == {"answer_risk_items", "accept_release", "say_if_met"}
    assert set(running(custody)) == {"answer_risk_items", "answer_hand_over_query", "say_if_met"}


def test_a_stay_recorded_by_mistake_owes_nothing_and_the_one_before_it_counts(custody):
    custody.ended_on, custody.ended_because = TODAY, "Another person of that name"
    custody.save()

    owe(custody)

    assert running(custody) == {}


def test_only_the_latest_stay_counts_after_a_recall(custody):
    custody.received_on, custody.released_on = (
        TODAY - timedelta(days=60),
        TODAY - timedelta(days=20),
    )
    custody.save()
    CustodyFactory(case=custody.case, received_on=TODAY, release_on=None, release_kind="")

    owe(custody)

    assert list(running(custody)) == ["screen_in_custody"]


def test_an_imported_case_owes_nothing_until_it_is_taken_up_and_one_of_the_nps_is_the_workers():
    imported = CustodyFactory(case=CaseFactory(imported=True), release_on=SOON)
    retained = CustodyFactory(case=CaseFactory(retained_by="P. Lee"), release_on=SOON)
    owe(imported)
    owe(retained)

    assert running(imported) == {}
    owners = Deadline.objects.filter(case=retained.case).values_list("owner_role", flat=True)
    assert set(owners) == {Role.RESETTLEMENT}
    assert Deadline.objects.ours().filter(case=retained.case).exists()
    assert KINDS["contact_before_release"].owner == Role.OFFICER


def test_a_case_that_is_not_supervised_any_more_owes_nothing(custody):
    owe(custody)
    custody.case.state = CaseState.NO_SENTENCE
    custody.case.save()

    owe_release_chunk(after=0, today=TODAY)

    assert running(custody) == {}
    assert ended(custody, "find_home").void


def test_the_night_takes_as_many_statements_for_forty_people_as_for_two():
    def statements(people):
        for _ in range(people):
            make_ready(CustodyFactory(release_on=SOON))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            owe_release_chunk(after=0, today=TODAY)
        return len(asked)

    assert statements(2) == statements(40)
    assert Deadline.objects.filter(kind="screen_in_custody").count() == 42
