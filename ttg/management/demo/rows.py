"""Writes the stays in prison of the demonstration as the services would have left them."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone

from cases.rules.calendar import add_working_days
from ttg.management.demo.meetings import write_meeting
from ttg.management.demo.planted import HOMES, write_planted
from ttg.reference.custody import CustodyKind, PlanKind, PlanState, ReleaseKind, RiskAnswer
from ttg.reference.hand_over import HandOverState
from ttg.reference.home import HomeKind, Item, ItemState, Night, OfferState, Stays
from ttg.reference.questions import Source
from ttg.reference.referrals import (
    Consent,
    NeedSide,
    NeedState,
    Pathway,
    ReferralState,
    SentHow,
)
from ttg.rules.home import Look, Safe
from ttg.rules.risk_items import about_risk

WATCHED = "health.acct_before"  # of the questions of the plan
SCREENED_BY = "Prison offender manager"
TOWNS = tuple(HOMES)
LOOKED = {  # of a home that is confirmed
    Look.HOUSEHOLD: "They were rung, and agree to it for as long as it takes.",
    Look.ABUSE: "The police were asked about the address: nothing known.",
    Look.CHILDREN: "No child lives there or visits; asked of whoever runs it.",
    Look.VICTIM: "Asked of the victim liaison officer: nobody lives near.",
}


def at(on, hour=10):
    return datetime.combine(on, time(hour), get_current_timezone())


def write_stay(book, stay, *, prison, by, worker, mentor, services, today):
    """`prison` and `services`: keys of where they are, and by name of whom they may be referred to; `by` who wrote it all,
    `worker` whose case it is now, if anybody's; `mentor` who meets those who are met at the gate."""
    drugs, authority = services["Turning Tide"], services["Reading Borough Council, housing"]
    custody = book.Custody.add(
        case_id=stay.case,
        sentence_id=stay.sentence,
        kind=CustodyKind.RECALLED if stay.recalled else CustodyKind.SENTENCED,
        prison_id=prison,
        received_on=stay.received_on,
        source="nDelius",
        screened_on=stay.screened_on,
        screened_by=SCREENED_BY if stay.screened_on else "",
        release_on=stay.release_on,
        release_kind=ReleaseKind.FIXED_RECALL if stay.recalled else ReleaseKind.HALF_WAY,
        released_on=stay.released_on,
        worker_id=worker,
        mentor_id=mentor if stay.gate else None,
        recorded_at=at(stay.received_on),
    )
    book.PrisonStay.add(
        custody_id=custody, prison_id=prison, from_on=stay.received_on, to_on=stay.released_on
    )
    if stay.planned_on:
        _write_plan(book, stay, custody, by)
    if stay.released_on:
        _write_after(book, stay, custody, by)
    elif stay.prepared_from <= today and stay.screened_on:
        _write_home(book, stay, custody, by, today)
        if stay.substances:
            _write_substances(book, stay, custody, by, drugs, today)
        if stay.asked_authority:
            _write_authority(book, stay, custody, by, authority, today)
        if stay.hand_over:
            _write_hand_over(book, stay, custody, by)
        if stay.planted:
            write_planted(book, stay, custody, by, services, today)
    write_meeting(book, stay, custody, by=by, mentor=mentor, today=today)


def _write_after(book, stay, custody, by):
    for night, stays in stay.nights.items():
        said_on = stay.released_on + timedelta(days=int(night))
        book.NightStay.add(
            custody_id=custody,
            night=Night(night),
            stays=Stays(stays),
            said_on=said_on,
            said_by_id=by,
        )
    if stay.hand_over:
        _write_hand_over(book, stay, custody, by)


def _write_plan(book, stay, custody, by):
    answers = {WATCHED: _watched(stay)}
    plan = book.ResettlementPlan.add(
        custody_id=custody,
        answers=answers,
        kind=PlanKind(stay.plan),
        state=PlanState.SIGNED,
        strengths="Wants to be out of trouble for the children, and has worked before.",
        own_words="Somewhere to live, and a phone so that people can reach me.",
        agreed="agreed",
        begun_on=stay.screened_on,
        begun_by_id=by,
        signed_at=at(stay.planned_on),
        signed_by_id=by,
    )
    read = stay.risk == "read"
    answerer = stay.officer or by
    (item,) = about_risk(answers)
    book.RiskItem.add(
        plan_id=plan,
        question=item.question,
        words=item.words,
        source=item.source,
        on=item.on,
        answer=RiskAnswer.ACCEPTED if read else RiskAnswer.WAITING,
        answered_at=at(stay.planned_on, 15) if read else None,
        answered_by_id=answerer if read else None,
    )


def _watched(stay):
    return {
        "said": "yes",
        "words": "Was watched under ACCT for a week after reception; says it has passed.",
        "does": "The wing officer and the nurse ask each week, and the officer is told.",
        "source": Source.PRISON,
        "on": stay.screened_on.isoformat(),
    }


def _write_home(book, stay, custody, by, today):
    said = {"custody_id": custody, "said_on": today, "said_by_id": by}
    for item in (Item.BANK, Item.BENEFIT):
        book.InHand.add(
            **said, item=item, state=ItemState.APPLIED, words="Applied for from prison."
        )
    if stay.home in {"confirmed", "offered"}:
        confirmed = stay.home == "confirmed"
        on, town = max(stay.received_on, today - timedelta(days=9)), TOWNS[stay.case % len(TOWNS)]
        book.HomeOffer.add(
            custody_id=custody,
            kind=HomeKind.FAMILY if stay.case % 2 else HomeKind.SUPPORTED,
            lines=f"{1 + stay.case % 90} Alder Way",
            town=town,
            postcode=HOMES[town] if confirmed or stay.case % 2 else "",
            looked=_looked() if confirmed else {},
            offered_by="Family" if stay.case % 2 else "Lantern Housing",
            offered_on=on,
            state=OfferState.CONFIRMED if confirmed else OfferState.OFFERED,
            because="Asked there, and nothing against it." if confirmed else "",
            settled_at=at(on, 14) if confirmed else None,
            settled_by_id=by if confirmed else None,
            recorded_by_id=by,
        )
    if stay.home == "plan":
        book.NoHomePlan.add(
            custody_id=custody,
            tonight="A bed is kept at the night shelter until 9pm; the officer takes them there.",
            looked_for="Two hostels, supported housing and the family.",
            rings="The duty officer, at 7pm",
            signed_at=at(today, 9),
            signed_by_id=by,
        )


def _looked():
    return {
        code.value: {"said": Safe.CLEAR.value, "words": words} for code, words in LOOKED.items()
    }


def _write_substances(book, stay, custody, by, drugs, today):
    found = stay.planned_on or stay.screened_on
    declined = stay.substances == "declined"
    need = book.Need.add(
        custody_id=custody,
        pathway=Pathway.SUBSTANCES,
        code="",
        words="Help with heroin in the community",
        side=NeedSide.COMMUNITY,
        state=NeedState.DECLINED if declined else NeedState.OPEN,
        found_on=found,
        found_by_id=by,
        settled_on=today if declined else None,
        settled_by_id=by if declined else None,
        because="“I am clean now and I want no more groups.”" if declined else "",
    )
    if stay.substances not in {"unasked", "declined"}:
        _write_referral(book, stay, need, by, drugs, ReferralState(stay.substances), today)


def _write_authority(book, stay, custody, by, authority, today):
    need = book.Need.add(
        custody_id=custody,
        pathway=Pathway.HOME,
        words="Somewhere to live",
        side=NeedSide.COMMUNITY,
        found_on=stay.planned_on or stay.screened_on,
        found_by_id=by,
    )
    _write_referral(book, stay, need, by, authority, ReferralState.SENT, today)


def _write_referral(book, stay, need, by, service, state, today):
    sent = max(stay.received_on, today - timedelta(days=6))
    drafted, answered = state == ReferralState.DRAFTED, state in {"accepted", "booked"}
    referral = book.Referral.add(
        need_id=need,
        service_id=service,
        state=state,
        consent=Consent.NOT_ASKED if drafted else Consent.AGREED,
        consent_on=None if drafted else sent,
        tells="Leaves prison soon, and asks for help from the first day on.",
        sent_at=None if drafted else at(sent),
        sent_how="" if drafted else SentHow.TELEPHONE,
        received_by="J. Marsh, duty worker" if answered else "",
        first_at=at(add_working_days(stay.release_on, 1), 11) if state == "booked" else None,
        first_where="14 Mill Street, Reading" if state == "booked" else "",
        made_at=at(sent, 9),
        made_by_id=by,
    )
    book.ReferralStep.add(referral_id=referral, state=state, at=at(sent), by_id=by)


def _write_hand_over(book, stay, custody, by):
    accepted, queried = stay.hand_over == "accepted", stay.hand_over == "queried"
    book.HandOver.add(
        custody_id=custody,
        met_on=stay.offered_on,
        how="By video",
        who_came="The officer, the resettlement worker and the mentor",
        minutes="Where they sleep, the script and the first day were gone through with them.",
        state=HandOverState(stay.hand_over),
        offered_at=at(stay.offered_on),
        offered_by_id=by,
        asked="Which bus gets them from the gate to the office by 2pm?" if queried else "",
        asked_at=at(stay.offered_on, 15) if queried else None,
        accepted_at=at(stay.offered_on, 16) if accepted else None,
        accepted_by_id=(stay.officer or by) if accepted else None,
    )
