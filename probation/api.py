"""The API's root: its addresses. How it answers what it refuses is `probation.problems`."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from cases.api.actions import PlanActionDone, PlanActions
from cases.api.agencies import Agencies, SendRequest
from cases.api.appointments import (
    Appointments,
    CallOffAppointment,
    LookAtBooking,
    LookToMove,
    MoveAppointment,
)
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
from cases.api.contact_details import ContactDetails, Reminders
from cases.api.contact_figures import CaseContactFigures
from cases.api.diary import Diary, Places
from cases.api.documents import Documents
from cases.api.enquiries import STEPS, Enquiries
from cases.api.flags import CaseFlags, Flags
from cases.api.information import CaseInformation, InformationBox, ReadInformation
from cases.api.interim import AnswerInterimPlan, InterimPlans
from cases.api.meetings import (
    Contacts,
    CorrectOutcome,
    DecideAbsence,
    RecordCall,
    RecordOutcome,
    SearchNotes,
    TakeBackOutcome,
)
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
from cases.api.rar import ChangeRarActivity, EndRarActivity, RarDays, SayRarEnough
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
from cases.api.visits import (
    BackFromVisit,
    CheckIns,
    DecideVisitSafety,
    HomeVisits,
    RecordVisit,
    SayVisitorSafe,
    SetOutOnVisit,
    StayOnVisit,
    VisitNotDone,
    VisitSafeties,
)
from cases.api.work import MyWork
from grid.api import Judgements, Placements
from oversight.api import ContactFigures, ContentFigures, Loop, OutcomesToLog

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("cases/", Cases.as_view(), name="api-cases"),
    path("cases/<crn:crn>/", OneCase.as_view(), name="api-case"),
    path("cases/<crn:crn>/contact-details/", ContactDetails.as_view(), name="api-contact-details"),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/reminders/",
        Reminders.as_view(),
        name="api-reminders",
    ),
    path("diary/", Diary.as_view(), name="api-diary"),
    path("places/", Places.as_view(), name="api-places"),
    path("cases/<crn:crn>/appointments/", Appointments.as_view(), name="api-appointments"),
    path("cases/<crn:crn>/appointments/look/", LookAtBooking.as_view(), name="api-look-at-booking"),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/call-off/",
        CallOffAppointment.as_view(),
        name="api-call-off-appointment",
    ),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/move/",
        MoveAppointment.as_view(),
        name="api-move-appointment",
    ),
    path(
        "cases/<crn:crn>/appointments/<int:appointment>/move/look/",
        LookToMove.as_view(),
        name="api-look-to-move",
    ),
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
    path(
        "cases/<crn:crn>/contact/",
        CaseContactFigures.as_view(),
        name="api-case-contact-figures",
    ),
    path("cases/<crn:crn>/rar/", RarDays.as_view(), name="api-rar"),
    path(
        "cases/<crn:crn>/rar/<int:rar_activity>/",
        ChangeRarActivity.as_view(),
        name="api-change-rar-activity",
    ),
    path(
        "cases/<crn:crn>/rar/<int:rar_activity>/end/",
        EndRarActivity.as_view(),
        name="api-end-rar-activity",
    ),
    path(
        "cases/<crn:crn>/rar/enough/<int:rar_requirement>/",
        SayRarEnough.as_view(),
        name="api-say-rar-enough",
    ),
    path("check-ins/", CheckIns.as_view(), name="api-check-ins"),
    path("check-ins/<int:visit>/safe/", SayVisitorSafe.as_view(), name="api-say-visitor-safe"),
    path("cases/<crn:crn>/visit-safety/", VisitSafeties.as_view(), name="api-visit-safety"),
    path(
        "cases/<crn:crn>/visit-safety/<int:safety>/decide/",
        DecideVisitSafety.as_view(),
        name="api-decide-visit-safety",
    ),
    path("cases/<crn:crn>/visits/", HomeVisits.as_view(), name="api-home-visits"),
    path(
        "cases/<crn:crn>/visits/<int:visit>/set-out/",
        SetOutOnVisit.as_view(),
        name="api-set-out-on-visit",
    ),
    path(
        "cases/<crn:crn>/visits/<int:visit>/stay/",
        StayOnVisit.as_view(),
        name="api-stay-on-visit",
    ),
    path(
        "cases/<crn:crn>/visits/<int:visit>/back/",
        BackFromVisit.as_view(),
        name="api-back-from-visit",
    ),
    path(
        "cases/<crn:crn>/visits/<int:visit>/record/",
        RecordVisit.as_view(),
        name="api-record-visit",
    ),
    path(
        "cases/<crn:crn>/visits/<int:visit>/not-done/",
        VisitNotDone.as_view(),
        name="api-visit-not-done",
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
    path("outcomes-to-log/", OutcomesToLog.as_view(), name="api-outcomes-to-log"),
    path("cases/<crn:crn>/contacts/", Contacts.as_view(), name="api-contacts"),
    path("cases/<crn:crn>/contacts/search/", SearchNotes.as_view(), name="api-search-notes"),
    *(
        path(
            f"cases/<crn:crn>/appointments/<int:appointment>/{name}/",
            view.as_view(),
            name=f"api-appointment-{name}",
        )
        for name, view in {
            "outcome": RecordOutcome,
            "put-right": CorrectOutcome,
            "take-back": TakeBackOutcome,
            "call": RecordCall,
            "decide": DecideAbsence,
        }.items()
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
    path("cases/<crn:crn>/placements/", Placements.as_view(), name="api-placements"),
    path("cases/<crn:crn>/judgements/", Judgements.as_view(), name="api-judgements"),
    path("information/", InformationBox.as_view(), name="api-information"),
    path("flags/", Flags.as_view(), name="api-flags"),
    path("work/", MyWork.as_view(), name="api-work"),
    path("loop/", Loop.as_view(), name="api-loop"),
    path("content/", ContentFigures.as_view(), name="api-content"),
    path("contact/", ContactFigures.as_view(), name="api-contact-figures"),
]
