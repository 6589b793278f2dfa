"""The facts of readiness, of one stay and of many, read from the record."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    NOW,
    TODAY,
    AppointmentFactory,
    GateMeetingFactory,
    HomeOfferFactory,
    InHandFactory,
    NeedFactory,
    NoHomePlanFactory,
    ReferralFactory,
    ServiceFactory,
    UserFactory,
)
from tests.ttg.a_release import LEAVES, MONDAY, at, leaving, ready, spoken
from ttg.models import HandOver
from ttg.queries.readiness import readiness_of, release_facts
from ttg.reference.readiness import Must, Stands
from ttg.rules.readiness import is_ready
from ttg.rules.readiness_facts import Help

pytestmark = pytest.mark.django_db


def facts(stay):
    return release_facts([stay], TODAY)[stay.pk]


def stands(stay, code):
    return next(one.stands for one in readiness_of([stay], TODAY)[stay.pk] if one.code == code)


def test_somebody_for_whom_everything_is_recorded_is_ready():
    stay = ready()

    found = readiness_of([stay], TODAY)[stay.pk]

    assert is_ready(found)
    assert {one.code for one in found if one.lacks} == set()


def test_of_somebody_with_nothing_recorded_nothing_is_known():
    found = facts(leaving())

    assert (found.planned, found.housed, found.offered, found.officer_on) == (False, False, False, None)  # fmt: skip
    assert (found.drugs, dict(found.items), found.hand_over) == (Help(), {}, "")


def test_an_offer_a_plan_for_nowhere_and_a_home_are_told_apart():
    offered, nowhere = leaving(), leaving()
    HomeOfferFactory(custody=offered)
    NoHomePlanFactory(custody=nowhere)

    assert (facts(offered).offered, facts(offered).housed) == (True, False)
    assert (facts(nowhere).without_home, facts(nowhere).offered) == (True, False)


def test_an_offer_is_spoken_against_until_there_is_another_that_is_not():
    stay = leaving()
    against = {"abuse": {"said": "against", "words": "A former partner lives two doors along"}}
    HomeOfferFactory(custody=stay, looked=against)
    assert (facts(stay).offered, facts(stay).against) == (True, True)

    # What the map or the record says is asked of the place as it stands, on its own page
    beside = {
        "map": {"said": "against", "words": "Looked wrong"},
        "abuse": {"said": "not_known", "words": ""},
    }
    HomeOfferFactory(custody=stay, looked=beside)
    assert (facts(stay).offered, facts(stay).against) == (True, False)


def test_an_offer_that_was_lost_is_none():
    stay = leaving()
    HomeOfferFactory(custody=stay, state="lost", because="Sold", settled_at=NOW)

    assert facts(stay).offered is False


def test_a_drug_need_counts_as_asked_when_a_drug_service_has_been_sent_to():
    asked, drafted, elsewhere = leaving(), leaving(), leaving()
    ReferralFactory(need=NeedFactory(custody=asked))
    ReferralFactory(need=NeedFactory(custody=drafted), state="drafted", sent_at=None)
    ReferralFactory(need=NeedFactory(custody=elsewhere), service=ServiceFactory(kind="housing"))

    assert facts(asked).drugs == Help(open=1, unasked=0, waiting=True)
    assert facts(drafted).drugs == facts(elsewhere).drugs == Help(open=1, unasked=1)


def test_a_service_that_turned_them_down_leaves_the_need_unasked():
    stay = leaving()
    ReferralFactory(need=NeedFactory(custody=stay), state="rejected", because="Full")

    assert facts(stay).drugs == Help(open=1, unasked=1)


def test_a_need_of_the_prison_alone_is_not_one_for_the_gate():
    stay = leaving()
    NeedFactory(custody=stay, side="prison")

    assert facts(stay).drugs == Help()


def test_the_earliest_first_appointment_at_a_service_that_takes_them_on_counts():
    stay = leaving()
    for days in (2, 1):
        need = NeedFactory(custody=stay, words=f"Need {days}")
        ReferralFactory(need=need, state="booked", received_by="Jo", first_at=at(LEAVES + timedelta(days=days)))  # fmt: skip

    found = facts(stay).drugs

    assert (found.taken_on, found.first_on, found.open) == (True, LEAVES + timedelta(days=1), 2)


def test_a_referral_to_mental_health_is_help_of_that_kind():
    stay = leaving()
    need = NeedFactory(custody=stay, pathway="health")
    ReferralFactory(need=need, service=ServiceFactory(kind="mind"), state="accepted", received_by="Jo")  # fmt: skip

    assert facts(stay).mind.taken_on is True
    assert facts(stay).drugs == Help()


def test_only_a_standing_meeting_face_to_face_with_the_officer_after_release_counts():
    stay = leaving()
    case = stay.case
    known = {"case": case, "officer": case.officer}
    AppointmentFactory(**known, at=at(LEAVES - timedelta(days=1)))
    AppointmentFactory(**known, at=at(MONDAY), called_off_at=NOW, called_off_by=case.officer, asked_by="person", called_off_because="Ill")  # fmt: skip
    AppointmentFactory(case=case, officer=UserFactory(), at=at(MONDAY))
    AppointmentFactory(**known, at=at(MONDAY), type_code="COPT", where="telephone")

    assert facts(stay).officer_on is None

    AppointmentFactory(**known, at=at(MONDAY, 14))
    assert facts(stay).officer_on == MONDAY


def test_once_they_have_left_the_first_appointment_is_looked_for_from_that_day():
    stay = leaving(released_on=TODAY)
    AppointmentFactory(case=stay.case, officer=stay.case.officer, at=at(TODAY, 14))

    assert facts(stay).officer_on == TODAY


def test_two_stays_of_one_person_have_each_their_own_day():
    before = leaving(received_on=TODAY - timedelta(days=60), released_on=TODAY - timedelta(days=30))
    now = leaving(case=before.case)
    AppointmentFactory(case=now.case, officer=now.case.officer, at=at(TODAY - timedelta(days=29)))
    AppointmentFactory(case=now.case, officer=now.case.officer, at=at(MONDAY))

    found = release_facts([before, now], TODAY)

    assert found[before.pk].officer_on == TODAY - timedelta(days=29)
    assert found[now.pk].officer_on == MONDAY


def test_the_latest_meeting_at_the_gate_is_the_one_that_stands():
    stay = leaving(mentor=UserFactory())
    GateMeetingFactory(custody=stay, at=at(LEAVES), state="called_off", words="Ill", said_at=NOW, said_by=UserFactory())  # fmt: skip
    assert stands(stay, Must.GATE) == Stands.MISSING

    GateMeetingFactory(custody=stay, at=at(LEAVES, 8))
    assert stands(stay, Must.GATE) == Stands.THERE


def test_what_is_in_hand_is_read_by_its_state():
    stay = leaving()
    InHandFactory(custody=stay, item="grant", state="ready", ready_on=TODAY)

    assert stands(stay, Must.MONEY) == Stands.THERE


def test_a_hand_over_and_a_visit_are_read_with_it():
    stay = ready()
    HandOver.objects.filter(custody=stay).update(state="queried", asked="Who?")
    spoken(stay)

    assert facts(stay).hand_over == "queried"
    assert facts(stay).spoken_on == TODAY


@pytest.mark.parametrize("number", [1, 5])
def test_many_are_read_in_as_many_statements_as_one(number):
    stays = [ready() for _ in range(number)]
    readiness_of(stays, TODAY)  # policies are read once

    with CaptureQueriesContext(
        connection,
    ) as asked:
        readiness_of(stays, TODAY)

    assert len(asked) == 11
