"""A referral from a draft to somebody there who saw them: each step kept, each refusal said. Source: `ttg.services.referrals`."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from cases.models import Deadline
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import (
    CustodyFactory,
    HomeOfferFactory,
    NeedFactory,
    PrisonFactory,
    ReferralFactory,
    RelatedPersonFactory,
    ServiceFactory,
    UserFactory,
)
from ttg.models import Referral, ReplyLink
from ttg.reference.referrals import Consent, Pathway, ReferralState, SentHow, ServiceKind
from ttg.services import referrals as services
from ttg.services.links import make_reply_link, send_with_link

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
S = ReferralState


@pytest.fixture
def need():
    today = localdate()
    custody = CustodyFactory(received_on=today - 30 * DAY, release_on=today + 20 * DAY)
    return NeedFactory(custody=custody)


def draft(need, service=None, **change):
    known = {
        "need": need, "service": service or ServiceFactory(), "consent": Consent.AGREED, "consent_on": localdate() - 2 * DAY,
        "tells": "Asks for help with heroin.", "by": need.found_by, "now": now() - DAY,
    }  # fmt: skip
    return services.draft_referral(**known | change)


def at(referral, state, **columns):
    Referral.objects.filter(pk=referral.pk).update(state=state, **columns)
    referral.refresh_from_db()
    return referral


def by(referral, **more):
    return {"referral": referral, "by": referral.made_by, "now": now(), **more}


def owed(need):
    case = need.custody.case
    return set(Deadline.objects.unmet().filter(case=case).values_list("kind", flat=True))


def test_the_whole_way_is_kept_step_by_step(need):
    referral = draft(need)
    services.send_referral(referral=referral, how=SentHow.TELEPHONE, by=need.found_by, now=now() - DAY)  # fmt: skip
    services.record_answer(**by(referral, answer=S.ACCEPTED, received_by="Jo Field"))
    booked = services.book_first(**by(referral, at=now(), where="14 Mill Street", postcode="RG1"))
    assert booked.first_postcode == "RG1"
    services.tell_person(referral=referral, on=localdate(), by=need.found_by, today=localdate())
    services.say_attended(**by(referral, came=True, words="") | {"now": now() + DAY})
    services.close_referral(**by(referral, because="Seen weekly there from now on"))

    states = list(referral.steps.order_by("pk").values_list("state", flat=True))
    assert states == ["drafted", "sent", "accepted", "booked", "attended", "closed"]
    trail = Entry.objects.filter(detail__referral=referral.pk)
    assert trail.count() == 7
    assert "heroin" not in str([one.detail for one in trail])
    referral.refresh_from_db()
    assert (referral.received_by, referral.person_told_on) == ("Jo Field", localdate())


def test_sending_answers_what_is_owed_and_an_acceptance_the_rest(need):
    referral = draft(need)
    assert {"refer_substances"} <= owed(need)

    services.send_referral(**by(referral, how=SentHow.LETTER))
    assert "refer_substances" not in owed(need)
    assert "get_accepted" in owed(need)

    services.record_answer(**by(referral, answer=S.ACCEPTED, received_by="Jo Field"))
    assert "get_accepted" not in owed(need)


def test_whom_they_must_not_name_is_refused_in_what_a_service_is_told(need):
    RelatedPersonFactory(case=need.custody.case, name="Robin Vale", protected=True)

    with pytest.raises(RuleBroken, match="What the service is told"):
        draft(need, tells="He must keep away from Robin Vale.")
    assert not Referral.objects.exists()


def test_a_need_is_asked_of_each_service_once_at_a_time(need):
    referral = draft(need)
    with pytest.raises(RuleBroken, match="already"):
        draft(need, referral.service)
    services.withdraw_referral(**by(referral, because="They chose another"))

    draft(need, referral.service)


def test_nobody_is_referred_to_a_service_that_takes_nobody_nor_for_a_settled_need(need):
    with pytest.raises(RuleBroken, match="takes nobody"):
        draft(need, ServiceFactory(ended_on=localdate() - 5 * DAY))
    type(need).objects.update(state="met", settled_on=localdate(), because="A bed is there")
    with pytest.raises(RuleBroken, match="settled"):
        draft(need)


def test_the_duty_to_refer_follows_the_prison_and_the_home(need):
    type(need).objects.update(pathway=Pathway.HOME)
    council = ServiceFactory(kind=ServiceKind.HOUSING_AUTHORITY, name="Reading Council")
    duty = {"under_duty": True, "chosen_because": "His sister lives there"}
    need.custody.prison = PrisonFactory(name="HMP Cardiff", postcode="CF24 0UG")
    need.custody.save()
    with pytest.raises(RuleBroken, match="prison in Wales"):
        draft(need, council, **duty)
    need.custody.prison = PrisonFactory()
    need.custody.save()
    offer = HomeOfferFactory(custody=need.custody, state="confirmed", settled_at=now(), because="Safe")  # fmt: skip
    with pytest.raises(RuleBroken, match="home is confirmed"):
        draft(need, council, **duty)
    type(offer).objects.update(state="lost")

    made = draft(need, council, **duty)

    assert (made.under_duty, made.chosen_because) == (True, "His sister lives there")


def test_a_draft_is_changed_until_it_is_sent(need):
    referral = draft(need, consent=Consent.NOT_ASKED, consent_on=None)
    with pytest.raises(RuleBroken, match="Ask them first"):
        services.send_referral(**by(referral, how=SentHow.LETTER))
    said = {"consent": Consent.AGREED, "consent_on": localdate(), "tells": "Asks for a script.", "under_duty": False, "chosen_because": ""}  # fmt: skip

    services.change_draft(**by(referral, **said))
    services.send_referral(**by(referral, how=SentHow.LETTER))

    referral.refresh_from_db()
    assert (referral.tells, referral.state) == ("Asks for a script.", "sent")
    with pytest.raises(RuleBroken, match="sent already"):
        services.change_draft(**by(referral, **said))


def test_by_e_mail_it_goes_with_a_link_and_otherwise_with_none(need):
    _, token = send_with_link(**by(draft(need), how=SentHow.EMAIL))
    _, none = send_with_link(**by(draft(need), how=SentHow.LETTER))

    assert len(token) == 43
    assert none == ""
    assert ReplyLink.objects.count() == 1
    with pytest.raises(RuleBroken, match="no e-mail"):
        send_with_link(**by(draft(need, ServiceFactory(email="")), how=SentHow.EMAIL))


def test_a_link_that_cannot_be_made_leaves_the_referral_unsent(need):
    type(need.custody).objects.update(received_on=localdate() - 90 * DAY, released_on=localdate() - 29 * DAY)  # fmt: skip
    referral = draft(need)

    with pytest.raises(RuleBroken, match="28 days ago"):
        send_with_link(**by(referral, how=SentHow.EMAIL))

    referral.refresh_from_db()
    assert referral.state == "drafted"


@pytest.mark.parametrize(
    "step, said, why",
    [
        (services.record_answer, {"answer": S.ACCEPTED, "received_by": ""}, "by name"),
        (services.record_answer, {"answer": S.REJECTED, "received_by": "Jo Field"}, "turned them down"),
        (services.record_answer, {"answer": S.BOOKED, "received_by": "Jo Field"}, "at what time"),
        (services.book_first, {"at": None, "where": "x"}, "who at the service"),
        (services.say_attended, {"came": True, "words": ""}, "cannot become"),
        (services.send_referral, {"how": SentHow.LETTER}, "cannot become"),
    ],
)  # fmt: skip
def test_a_step_that_says_too_little_or_comes_too_soon_changes_nothing(need, step, said, why):
    referral = ReferralFactory(need=need, sent_at=now() - DAY)

    with pytest.raises(RuleBroken, match=why):
        step(**by(referral, **said))

    referral.refresh_from_db()
    assert (referral.state, referral.steps.count()) == ("sent", 0)


def test_another_day_for_the_first_appointment_has_to_be_told_anew(need):
    referral = ReferralFactory(
        need=need, state="booked", received_by="Jo", first_at=now() + DAY, first_where="Mill Street",
        person_told_on=localdate(), sent_at=now() - DAY,
    )  # fmt: skip
    same = services.book_first(**by(referral, at=referral.first_at, where="Mill Street"))
    assert same.person_told_on == localdate()

    moved = services.book_first(**by(referral, at=now() + 2 * DAY, where="Mill Street"))

    assert moved.person_told_on is None


def test_nobody_is_told_of_an_appointment_there_is_not_nor_on_a_day_to_come(need):
    referral = ReferralFactory(need=need, sent_at=now() - DAY)
    known = {"referral": referral, "by": need.found_by, "today": localdate()}
    with pytest.raises(RuleBroken, match="no first appointment"):
        services.tell_person(on=localdate(), **known)
    at(referral, "booked", received_by="Jo", first_at=now() + DAY)

    with pytest.raises(RuleBroken, match="still to come"):
        services.tell_person(on=localdate() + DAY, **known)
    with pytest.raises(RuleBroken, match="before the referral"):
        services.tell_person(on=localdate() - 5 * DAY, **known)


def test_a_missed_first_appointment_says_why_and_may_be_booked_again(need):
    referral = ReferralFactory(
        need=need, state="booked", received_by="Jo", first_at=now() - timedelta(hours=1), sent_at=now() - DAY,
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="did not go"):
        services.say_attended(**by(referral, came=False, words=""))

    missed = services.say_attended(
        **by(referral, came=False, words="The bus was late; Jo rings him")
    )
    again = services.book_first(**by(referral, at=now() + DAY, where="Mill Street"))

    assert (missed.state, missed.because) == ("missed", "The bus was late; Jo rings him")
    assert again.state == "booked"


def test_of_somebody_who_has_died_nothing_is_sent_and_what_was_sent_is_taken_back(need):
    referral = ReferralFactory(need=need, sent_at=now() - DAY)
    type(need.custody.case).objects.update(left_as="died")

    with pytest.raises(RuleBroken, match="have died"):
        draft(need)
    with pytest.raises(RuleBroken, match="have died"):
        make_reply_link(**by(referral))
    assert services.withdraw_referral(**by(referral, because="He has died")).state == "withdrawn"


def test_what_ends_a_referral_ends_its_links(need):
    referral = ReferralFactory(need=need, sent_at=now() - DAY)
    make_reply_link(**by(referral))

    services.withdraw_referral(**by(referral, because="They chose another"))

    assert ReplyLink.objects.get().revoked_at
    with pytest.raises(RuleBroken, match="may still answer"):
        make_reply_link(**by(referral))


def test_whoever_records_a_step_is_kept_with_it(need):
    referral, hub = ReferralFactory(need=need, sent_at=now() - DAY), UserFactory()

    services.record_answer(**by(referral, answer=S.WAITING, received_by="Jo Field") | {"by": hub})

    step = referral.steps.get()
    assert (step.by, step.by_whom, step.state) == (hub, "Jo Field", "waiting")
