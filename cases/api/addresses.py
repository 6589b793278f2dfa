"""Addresses of the API that are about a case; those about seeing people are in `contact_addresses`."""

from django.urls import path

from cases.api.actions import PlanActionDone, PlanActions
from cases.api.agencies import Agencies, SendRequest
from cases.api.agency_addresses import ADDRESSES as AGENCY_MEETINGS
from cases.api.arriving_addresses import ADDRESSES as ARRIVING
from cases.api.assessments import (
    AnswerAssessment,
    Assessments,
    AssessmentToDo,
    CountersignAssessment,
    PotentialVictims,
    ReturnAssessment,
    SignAssessment,
)
from cases.api.cases import Cases, OneCase
from cases.api.complaint_addresses import ADDRESSES as COMPLAINTS
from cases.api.contact_addresses import ADDRESSES as CONTACT
from cases.api.desk_addresses import ADDRESSES as DESK
from cases.api.documents import Documents
from cases.api.enforcement_addresses import ADDRESSES as ENFORCEMENT
from cases.api.enquiries import STEPS, Enquiries
from cases.api.flags import CaseFlags, Flags
from cases.api.holding_addresses import ADDRESSES as HOLDING
from cases.api.information import CaseInformation, InformationBox, ReadInformation
from cases.api.interim import AnswerInterimPlan, InterimPlans
from cases.api.liaison_addresses import ADDRESSES as LIAISON
from cases.api.overrides import CloseOverride, DecideOverride, Overrides, ReadOverride
from cases.api.person_copy import PersonCopy
from cases.api.planning import (
    AddContingency,
    AddObjective,
    ChangeContingency,
    ChangeObjective,
    GiveUpObjective,
    PlanAnswers,
    PlanDeliveries,
)
from cases.api.plans import AgreePlan, DropPlan, Plans, PlanToDo, SignPlan
from cases.api.raising import Raises
from cases.api.recommendations import (
    AcceptRecommendation,
    ContestRecommendation,
    DecideContest,
    DoRecommendation,
    Recommendations,
)
from cases.api.reviews import (
    AnswerReview,
    AnswerReviewEvents,
    CountersignReview,
    DropReview,
    Happened,
    RefreshReviewChecks,
    ReturnReview,
    Reviews,
    ReviewToDo,
    SignReview,
)
from cases.api.routes import BookReplacement, RouteDecisions
from cases.api.senior_actions import DoSeniorAction, SeniorActions, WithdrawSeniorAction
from cases.api.standing_still_addresses import ADDRESSES as STANDING_STILL
from cases.api.work import MyWork

ADDRESSES = [
    *AGENCY_MEETINGS,
    *ARRIVING,
    *COMPLAINTS,
    *ENFORCEMENT,
    *CONTACT,
    *DESK,
    *HOLDING,
    *LIAISON,
    *STANDING_STILL,
    path("cases/", Cases.as_view(), name="api-cases"),
    path("cases/<crn:crn>/", OneCase.as_view(), name="api-case"),
    path("cases/<crn:crn>/enquiries/", Enquiries.as_view(), name="api-enquiries"),
    *(
        path(
            f"cases/<crn:crn>/enquiries/<int:pk>/{name}/", step.as_view(), name=f"api-{name}-check"
        )
        for name, step in STEPS.items()
    ),
    path("cases/<crn:crn>/interim-plans/", InterimPlans.as_view(), name="api-interim-plans"),
    path(
        "cases/<crn:crn>/interim-plans/<int:plan>/answer/",
        AnswerInterimPlan.as_view(),
        name="api-answer-interim-plan",
    ),
    path("cases/<crn:crn>/routes/", RouteDecisions.as_view(), name="api-routes"),
    path(
        "cases/<crn:crn>/routes/<int:route>/book/",
        BookReplacement.as_view(),
        name="api-book-replacement",
    ),
    path(
        "cases/<crn:crn>/plans/<int:sentence_plan>/copy/",
        PersonCopy.as_view(),
        name="api-plan-copy",
    ),
    path("cases/<crn:crn>/overrides/", Overrides.as_view(), name="api-overrides"),
    path(
        "cases/<crn:crn>/overrides/<int:override>/decide/",
        DecideOverride.as_view(),
        name="api-decide-override",
    ),
    path(
        "cases/<crn:crn>/overrides/<int:override>/close/",
        CloseOverride.as_view(),
        name="api-close-override",
    ),
    path(
        "cases/<crn:crn>/overrides/<int:override>/read/",
        ReadOverride.as_view(),
        name="api-read-override",
    ),
    path("cases/<crn:crn>/plans/", Plans.as_view(), name="api-plans"),
    *(
        path(
            f"cases/<crn:crn>/plans/<int:sentence_plan>/{name}/",
            view.as_view(),
            name=f"api-plan-{name}",
        )
        for name, view in {
            "to-do": PlanToDo,
            "sign": SignPlan,
            "drop": DropPlan,
            "agreement": AgreePlan,
            "answers": PlanAnswers,
            "deliveries": PlanDeliveries,
            "objectives": AddObjective,
            "contingencies": AddContingency,
        }.items()
    ),
    path(
        "cases/<crn:crn>/objectives/<int:objective>/",
        ChangeObjective.as_view(),
        name="api-change-objective",
    ),
    path(
        "cases/<crn:crn>/objectives/<int:objective>/give-up/",
        GiveUpObjective.as_view(),
        name="api-give-up-objective",
    ),
    path(
        "cases/<crn:crn>/contingencies/<int:contingency>/",
        ChangeContingency.as_view(),
        name="api-change-contingency",
    ),
    path("cases/<crn:crn>/assessments/", Assessments.as_view(), name="api-assessments"),
    *(
        path(
            f"cases/<crn:crn>/assessments/<int:assessment>/{name}/",
            step.as_view(),
            name=f"api-assessment-{name}",
        )
        for name, step in (
            ("to-do", AssessmentToDo),
            ("answers", AnswerAssessment),
            ("sign", SignAssessment),
            ("countersign", CountersignAssessment),
            ("return", ReturnAssessment),
        )
    ),
    path("cases/<crn:crn>/events/", Happened.as_view(), name="api-events"),
    path("cases/<crn:crn>/reviews/", Reviews.as_view(), name="api-reviews"),
    *(
        path(
            f"cases/<crn:crn>/reviews/<int:review>/{name}/",
            step.as_view(),
            name=f"api-review-{name}",
        )
        for name, step in {
            "to-do": ReviewToDo,
            "answers": AnswerReview,
            "events": AnswerReviewEvents,
            "checks": RefreshReviewChecks,
            "sign": SignReview,
            "countersign": CountersignReview,
            "return": ReturnReview,
            "drop": DropReview,
        }.items()
    ),
    path("cases/<crn:crn>/recommendations/", Recommendations.as_view(), name="api-recommendations"),
    *(
        path(
            f"cases/<crn:crn>/recommendations/<int:recommendation>/{name}/",
            step.as_view(),
            name=f"api-recommendation-{name}",
        )
        for name, step in {
            "accept": AcceptRecommendation,
            "contest": ContestRecommendation,
            "decide": DecideContest,
            "done": DoRecommendation,
        }.items()
    ),
    path("cases/<crn:crn>/asked-for/", SeniorActions.as_view(), name="api-senior-actions"),
    path(
        "cases/<crn:crn>/asked-for/<int:senior_action>/done/",
        DoSeniorAction.as_view(),
        name="api-do-senior-action",
    ),
    path(
        "cases/<crn:crn>/asked-for/<int:senior_action>/no-longer/",
        WithdrawSeniorAction.as_view(),
        name="api-withdraw-senior-action",
    ),
    path("cases/<crn:crn>/potential-victims/", PotentialVictims.as_view(), name="api-victims"),
    path("cases/<crn:crn>/raises/", Raises.as_view(), name="api-raises"),
    path("cases/<crn:crn>/documents/", Documents.as_view(), name="api-documents"),
    path("cases/<crn:crn>/actions/", PlanActions.as_view(), name="api-actions"),
    path(
        "cases/<crn:crn>/actions/<int:action>/done/",
        PlanActionDone.as_view(),
        name="api-finish-action",
    ),
    path("cases/<crn:crn>/information/", CaseInformation.as_view(), name="api-case-information"),
    path(
        "cases/<crn:crn>/information/<int:reading>/read/",
        ReadInformation.as_view(),
        name="api-read-information",
    ),
    path(
        "cases/<crn:crn>/enquiries/<int:pk>/request/",
        SendRequest.as_view(),
        name="api-send-request",
    ),
    path("agencies/", Agencies.as_view(), name="api-agencies"),
    path("cases/<crn:crn>/flags/", CaseFlags.as_view(), name="api-case-flags"),
    path("information/", InformationBox.as_view(), name="api-information"),
    path("flags/", Flags.as_view(), name="api-flags"),
    path("work/", MyWork.as_view(), name="api-work"),
]
