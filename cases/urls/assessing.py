"""Addresses of assessing, planning, going ahead all the same, and looking again."""

from django.urls import path

from cases.views import (
    assessing,
    assessments,
    overrides,
    person_copy,
    planning,
    plans,
    recommendations,
    review_parts,
    review_reading,
    reviews,
    routes,
    senior_actions,
    signing,
    victims,
)

urlpatterns = [
    path("cases/<crn:crn>/overrides/ask/", overrides.ask_override, name="ask-override"),
    path("cases/<crn:crn>/overrides/<int:override>/", overrides.see_override, name="override"),
    path(
        "cases/<crn:crn>/overrides/<int:override>/decide/",
        overrides.decide_override,
        name="decide-override",
    ),
    path(
        "cases/<crn:crn>/overrides/<int:override>/close/",
        overrides.close_override,
        name="close-override",
    ),
    path(
        "cases/<crn:crn>/overrides/<int:override>/read/",
        overrides.read_override,
        name="read-override",
    ),
    path("cases/<crn:crn>/plan/", plans.plan, name="plan"),
    path("cases/<crn:crn>/plan/write/", plans.write_plan, name="write-plan"),
    path("cases/<crn:crn>/plan/sign/", plans.sign_plan, name="sign-plan"),
    path("cases/<crn:crn>/plan/give-up/", plans.drop_plan, name="drop-plan"),
    path("cases/<crn:crn>/plan/objectives/add/", planning.add_objective, name="add-objective"),
    path(
        "cases/<crn:crn>/plan/objectives/<int:objective>/",
        planning.change_objective,
        name="change-objective",
    ),
    path(
        "cases/<crn:crn>/plan/objectives/<int:objective>/remove/",
        planning.remove_objective,
        name="remove-objective",
    ),
    path(
        "cases/<crn:crn>/plan/objectives/<int:objective>/give-up/",
        plans.give_up_objective,
        name="give-up-objective",
    ),
    path("cases/<crn:crn>/plan/if/add/", planning.add_contingency, name="add-contingency"),
    path(
        "cases/<crn:crn>/plan/if/<int:contingency>/",
        planning.change_contingency,
        name="change-contingency",
    ),
    path(
        "cases/<crn:crn>/plan/if/<int:contingency>/remove/",
        planning.remove_contingency,
        name="remove-contingency",
    ),
    path(
        "cases/<crn:crn>/plan/requirements/", planning.plan_requirements, name="plan-requirements"
    ),
    path("cases/<crn:crn>/plan/agreement/", planning.plan_agreement, name="plan-agreement"),
    path("cases/<crn:crn>/plan/said/<slug:plan_part>/", planning.write_part, name="plan-part"),
    path("cases/<crn:crn>/plans/<int:sentence_plan>/", plans.see_plan, name="see-plan"),
    path(
        "cases/<crn:crn>/plans/<int:sentence_plan>/beside/<int:other_plan>/",
        plans.compare_plans,
        name="compare-plans",
    ),
    path(
        "cases/<crn:crn>/plans/<int:sentence_plan>/copy/", person_copy.plan_copy, name="plan-copy"
    ),
    path(
        "cases/<crn:crn>/plans/<int:sentence_plan>/copy/file/",
        person_copy.plan_copy_pdf,
        name="plan-copy-pdf",
    ),
    path(
        "cases/<crn:crn>/plans/<int:sentence_plan>/copy/given/",
        person_copy.give_plan_copy,
        name="give-plan-copy",
    ),
    path("cases/<crn:crn>/routes/take-away/", routes.take_route_away, name="take-route-away"),
    path("cases/<crn:crn>/routes/<int:route>/", routes.see_route, name="see-route"),
    path(
        "cases/<crn:crn>/routes/<int:route>/book/", routes.book_replacement, name="book-replacement"
    ),
    path("cases/<crn:crn>/assessment/", assessments.assessment, name="assessment"),
    path("cases/<crn:crn>/assessment/begin/", assessing.begin, name="begin-assessment"),
    path(
        "cases/<crn:crn>/assessments/<int:assessment>/",
        assessments.see_assessment,
        name="see-assessment",
    ),
    path(
        "cases/<crn:crn>/assessments/<int:assessment>/paper/",
        assessments.pdf,
        name="assessment-pdf",
    ),
    path("cases/<crn:crn>/assess/", assessing.assess, name="assess"),
    path("cases/<crn:crn>/assess/sign/", signing.sign, name="sign-assessment"),
    path("cases/<crn:crn>/assess/countersign/", signing.countersign, name="countersign-assessment"),
    path("cases/<crn:crn>/assess/give-up/", assessing.drop, name="drop-assessment"),
    path("cases/<crn:crn>/assess/area/<slug:area>/", assessing.assess_area, name="assess-area"),
    path("cases/<crn:crn>/assess/part/<slug:part>/", assessing.assess_part, name="assess-part"),
    path("cases/<crn:crn>/could-be-hurt/", victims.victims, name="victims"),
    path("cases/<crn:crn>/could-be-hurt/add/", victims.add_victim, name="add-victim"),
    path("cases/<crn:crn>/could-be-hurt/<int:victim>/end/", victims.end_victim, name="end-victim"),
    path("cases/<crn:crn>/reviews/", review_reading.reviews, name="case-reviews"),
    path("cases/<crn:crn>/reviews/write/", reviews.write_review, name="write-review"),
    path("cases/<crn:crn>/reviews/write/one-page/", review_parts.quiet_review, name="quiet-review"),
    path("cases/<crn:crn>/reviews/sign/", review_reading.sign_review, name="sign-review"),
    path("cases/<crn:crn>/reviews/give-up/", review_parts.drop_review, name="drop-review"),
    path(
        "cases/<crn:crn>/reviews/ask-again/",
        review_parts.refresh_checks,
        name="refresh-review-checks",
    ),
    path(
        "cases/<crn:crn>/reviews/part/<slug:review_part>/",
        review_parts.review_part,
        name="review-part",
    ),
    path("cases/<crn:crn>/reviews/<int:review>/", review_reading.see_review, name="review"),
    path(
        "cases/<crn:crn>/reviews/<int:review>/signed/",
        review_reading.review_signed,
        name="review-signed",
    ),
    path(
        "cases/<crn:crn>/reviews/<int:review>/countersign/",
        review_reading.countersign_review,
        name="countersign-review",
    ),
    path(
        "cases/<crn:crn>/reviews/<int:review>/put-right/",
        review_parts.put_review_right,
        name="put-review-right",
    ),
    path("cases/<crn:crn>/recommend/", recommendations.recommend, name="recommend"),
    path(
        "cases/<crn:crn>/recommendations/<int:recommendation>/",
        recommendations.see_recommendation,
        name="recommendation",
    ),
    path(
        "cases/<crn:crn>/recommendations/<int:recommendation>/answer/",
        recommendations.answer_recommendation,
        name="answer-recommendation",
    ),
    path(
        "cases/<crn:crn>/recommendations/<int:recommendation>/decide/",
        recommendations.decide_contest,
        name="decide-contest",
    ),
    path(
        "cases/<crn:crn>/recommendations/<int:recommendation>/done/",
        recommendations.do_recommendation,
        name="do-recommendation",
    ),
    path("cases/<crn:crn>/asked-for/", senior_actions.senior_actions, name="senior-actions"),
    path("cases/<crn:crn>/ask-for/", senior_actions.ask_for_action, name="ask-for-action"),
    path(
        "cases/<crn:crn>/asked-for/<int:senior_action>/",
        senior_actions.see_senior_action,
        name="senior-action",
    ),
    path(
        "cases/<crn:crn>/asked-for/<int:senior_action>/done/",
        senior_actions.do_senior_action,
        name="do-senior-action",
    ),
    path(
        "cases/<crn:crn>/asked-for/<int:senior_action>/no-longer/",
        senior_actions.withdraw_senior_action,
        name="withdraw-senior-action",
    ),
]
