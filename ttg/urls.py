"""Addresses of Through the Gate."""

from django.urls import path, register_converter

from ttg.views import (
    answer,
    board,
    book,
    custody,
    first_days,
    gate,
    gate_sheet,
    hand_over,
    home,
    home_enquiries,
    in_hand,
    measures,
    needs,
    plan_copy,
    plan_given_up,
    plans,
    policy,
    prisons,
    referrals,
    release,
    risk_items,
    sending,
    unanswered,
)

CASE = "cases/<crn:crn>/release/"
OF_CUSTODY = {  # name: (what of the stay in prison, its page)
    "receive-into-custody": ("receive", custody.receive),
    "record-screening": ("screening", custody.screen),
    "reckon-release": ("reckon", custody.reckon),
    "set-release-day": ("release-day", custody.set_day),
    "move-prison": ("move", custody.move),
    "record-release": ("released", custody.released),
    "end-custody": ("end", custody.end),
    "undo-release": ("undo", custody.undo_release),
    "name-resettlement-worker": ("worker", custody.name_worker),
    "name-mentor": ("mentor", custody.name_mentor),
}
OF_A_REFERRAL = {  # name: (what of a referral, its page)
    "change-referral": ("change", referrals.change_referral),
    "send-referral": ("send", sending.send_referral),
    "new-reply-link": ("link", sending.new_reply_link),
    "record-referral-answer": ("answer", referrals.record_answer),
    "book-first-appointment": ("first", referrals.book_first),
    "say-person-told": ("told", referrals.say_told),
    "say-service-attended": ("attended", referrals.say_attended),
    "withdraw-referral": ("withdraw", referrals.withdraw_referral),
    "close-referral": ("close", referrals.close_referral),
}


class Rest:
    """Whatever an address ends with: no token is told apart from another by how it is written."""

    regex = r"[\s\S]*"
    to_python = to_url = str


register_converter(Rest, "rest")

urlpatterns = [
    path(CASE, release.case_release, name="case-release"),
    path(f"{CASE}custody/", custody.custody, name="custody"),
    *(path(f"{CASE}custody/{what}/", page, name=name) for name, (what, page) in OF_CUSTODY.items()),
    path("release/policy/", policy.release_policy, name="release-policy"),
    path("release/policy/change/", policy.set_policy, name="set-release-policy"),
    path("release/prisons/", prisons.prisons, name="prisons"),
    path("release/prisons/add/", prisons.add_prison, name="add-prison"),
    path("release/prisons/<int:prison>/", prisons.change_prison, name="change-prison"),
    path(f"{CASE}hand-over/", hand_over.hand_over, name="hand-over"),
    path(f"{CASE}hand-over/accept/", hand_over.accept, name="accept-hand-over"),
    path(f"{CASE}hand-over/answer/", hand_over.answer, name="answer-hand-over"),
    path(f"{CASE}hand-over/ask/", hand_over.ask, name="ask-about-hand-over"),
    path(f"{CASE}hand-over/offer/", hand_over.offer, name="offer-hand-over"),
    path(f"{CASE}gate/plan/", gate.plan, name="plan-gate-meeting"),
    path(f"{CASE}gate/<int:gate_meeting>/", gate.say_if_met, name="say-if-met"),
    path(f"{CASE}gate/<int:gate_meeting>/put-right/", gate.put_right, name="put-meeting-right"),
    path(f"{CASE}gate/<int:gate_meeting>/off/", gate.call_off, name="call-off-gate-meeting"),
    path(f"{CASE}first-days/", first_days.first_days, name="first-days"),
    path(f"{CASE}gate-sheet/", gate_sheet.gate_sheet, name="gate-sheet"),
    path(f"{CASE}gate-sheet/paper/", gate_sheet.gate_sheet_paper, name="gate-sheet-paper"),
    path(f"{CASE}in-hand/", in_hand.release_in_hand, name="release-in-hand"),
    path(f"{CASE}in-hand/<slug:item>/", in_hand.set_in_hand, name="set-in-hand"),
    path(f"{CASE}home/", home.release_home, name="release-home"),
    path(f"{CASE}home/offer/", home.offer_home, name="offer-home"),
    path(f"{CASE}home/<int:home_offer>/look/", home.look_at_home, name="look-at-home"),
    path(f"{CASE}home/<int:home_offer>/ask/", home_enquiries.ask_about_home, name="ask-about-home"),
    path(f"{CASE}home/<int:home_offer>/confirm/", home.confirm_home, name="confirm-home"),
    path(f"{CASE}home/<int:home_offer>/settle/", home.settle_home, name="settle-home"),
    path(f"{CASE}home/night/", home.say_night, name="say-night"),
    path(f"{CASE}home/nowhere/", home.sign_no_home_plan, name="sign-no-home-plan"),
    path(f"{CASE}home/nowhere/withdraw/", home.withdraw_no_home_plan, name="withdraw-no-home-plan"),
    path("releases/", board.releases, name="releases"),
    path("releases.csv", board.releases_csv, name="releases-csv"),
    path("releases/gate/", gate.gate_meetings, name="gate-meetings"),
    path("releases/measures/", measures.release_measures, name="release-measures"),
    path(
        "releases/measures/people/", measures.release_measure_people, name="release-measure-people"
    ),
    path(
        "releases/measures/people.csv",
        measures.release_measure_people_csv,
        name="release-measure-people-csv",
    ),
    path(f"{CASE}plan/", plans.resettlement_plan, name="resettlement-plan"),
    path(
        f"{CASE}plan/give-up/",
        plan_given_up.give_up_resettlement_plan,
        name="give-up-resettlement-plan",
    ),
    path(f"{CASE}plan/begin/", plans.begin_plan, name="begin-resettlement-plan"),
    path(f"{CASE}plan/their-view/", plans.their_view, name="their-view"),
    path(f"{CASE}plan/sign/", plans.sign_plan, name="sign-resettlement-plan"),
    path(f"{CASE}plan/copy/", plan_copy.plan_copy, name="resettlement-plan-copy"),
    path(f"{CASE}plan/copy/paper/", plan_copy.plan_copy_pdf, name="resettlement-plan-copy-pdf"),
    path(
        f"{CASE}plan/versions/<int:resettlement_plan>/",
        plans.see_plan,
        name="see-resettlement-plan",
    ),
    path(f"{CASE}plan/write/<slug:pathway>/", plans.write_pathway, name="write-resettlement-plan"),
    path(f"{CASE}risk-items/", risk_items.risk_items, name="risk-items"),
    path(f"{CASE}risk-items/<int:risk_item>/", risk_items.answer_item, name="answer-risk-item"),
    path(f"{CASE}needs/", needs.release_needs, name="release-needs"),
    path(f"{CASE}needs/find/", needs.find_need, name="find-need"),
    path(f"{CASE}needs/<int:need>/settle/", needs.settle_need, name="settle-need"),
    path(f"{CASE}needs/<int:need>/refer/", referrals.draft_referral, name="draft-referral"),
    path(f"{CASE}needs/referrals/<int:referral>/", referrals.referral, name="referral"),
    *(
        path(f"{CASE}needs/referrals/<int:referral>/{what}/", page, name=name)
        for name, (what, page) in OF_A_REFERRAL.items()
    ),
    path("release/referrals/", unanswered.unanswered, name="referrals-unanswered"),
    path("release/referrals.csv", unanswered.unanswered_csv, name="referrals-unanswered-csv"),
    path("release/services/", book.book, name="services"),
    path("release/services/add/", book.add_service, name="add-service"),
    path("release/services/<int:service>/change/", book.change_service, name="change-service"),
    path("answer/<rest:token>", answer.answer_referral, name="answer-referral"),
]
