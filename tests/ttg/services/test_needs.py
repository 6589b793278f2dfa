"""Finding a need and settling it: who said so, and that what is owed follows. Source: `ttg.services.needs`."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from cases.models import Deadline
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import CustodyFactory, NeedFactory, ReferralFactory, ServiceFactory
from ttg.models import Need
from ttg.reference.referrals import NeedSide, NeedState, Pathway
from ttg.services.needs import find_need, settle_need

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def custody():
    today = localdate()
    return CustodyFactory(received_on=today - 30 * DAY, release_on=today + 20 * DAY)


def find(custody, **change):
    known = {
        "custody": custody, "pathway": Pathway.SUBSTANCES, "words": "A script for methadone", "side": NeedSide.COMMUNITY,
        "by": custody.case.officer, "today": localdate(),
    }  # fmt: skip
    return find_need(**known | change)


def settle(need, state=NeedState.MET, because="Registered with Dr Moss at Mill Street", **change):
    known = {"need": need, "state": state, "because": because, "by": need.found_by, "today": localdate()}  # fmt: skip
    return settle_need(**known | change)


def owed(custody):
    return set(Deadline.objects.unmet().filter(case=custody.case).values_list("kind", flat=True))


def test_a_need_is_kept_with_who_found_it_and_without_words_in_the_trail(custody):
    need = find(custody, words=" A script for methadone ")

    assert (need.words, need.found_by, need.found_on) == ("A script for methadone", custody.case.officer, localdate())  # fmt: skip
    [entry] = Entry.objects.filter(action="found_need")
    assert (entry.crn, entry.by) == (custody.case.crn, custody.case.officer)
    assert "methadone" not in str(entry.detail)


def test_a_drug_need_in_the_community_owes_a_referral_until_they_decline_it(custody):
    need = find(custody)
    assert "refer_substances" in owed(custody)

    settle(need, NeedState.DECLINED, "“I am clean and want nobody”")

    assert "refer_substances" not in owed(custody)


def test_one_of_the_catalogue_is_open_once(custody):
    find(custody, code="substances.drugs")

    with pytest.raises(RuleBroken, match="recorded already"):
        find(custody, code="substances.drugs")
    find(custody)
    find(custody)


def test_nothing_is_found_for_somebody_who_has_died_or_in_a_stay_that_was_a_mistake(custody):
    type(custody).objects.update(ended_on=localdate(), ended_because="Recorded twice")
    with pytest.raises(RuleBroken, match="ended here"):
        find(custody)
    type(custody.case).objects.update(left_as="died")
    with pytest.raises(RuleBroken, match="have died"):
        find(custody)
    assert not Need.objects.exists()


def test_a_leaflet_settles_nothing_and_a_name_at_a_service_does(custody):
    need = NeedFactory(custody=custody)
    with pytest.raises(RuleBroken, match="leaflet"):
        settle(need, because="Signposted")
    ReferralFactory(need=need, state="accepted", received_by="Jo Field", sent_at=now() - DAY)

    assert settle(need, because="Signposted").state == NeedState.MET


def test_a_need_with_a_service_that_has_not_answered_is_not_settled(custody):
    need = NeedFactory(custody=custody)
    ReferralFactory(need=need, sent_at=now() - DAY)

    for state in (NeedState.MET, NeedState.DECLINED, NeedState.NOT_NEEDED):
        with pytest.raises(RuleBroken, match="still running"):
            settle(need, state)


def test_a_need_they_decline_takes_back_first_what_a_service_accepted(custody):
    need = NeedFactory(custody=custody)
    ReferralFactory(need=need, service=ServiceFactory(), state="accepted", received_by="Jo")

    with pytest.raises(RuleBroken, match="take it back"):
        settle(need, NeedState.DECLINED, "“Not now”")


def test_what_is_settled_stays_settled_and_is_in_the_trail(custody):
    need = settle(NeedFactory(custody=custody))

    with pytest.raises(RuleBroken, match="settled already"):
        settle(need)
    assert Entry.objects.get(action="settled_need").detail == {"need": need.pk, "state": "met"}
    assert (need.settled_on, need.settled_by) == (localdate(), need.found_by)
