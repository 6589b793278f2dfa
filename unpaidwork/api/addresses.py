"""Addresses of the API that are about unpaid work, its projects and its sessions."""

from django.urls import path

from unpaidwork.api.allocating import (
    ALLOCATION_STEPS,
    AllocateMany,
    BookInduction,
    WorkAllocations,
    WorkMatches,
)
from unpaidwork.api.endings import STEPS as ENDING_STEPS
from unpaidwork.api.endings import CaseEnding
from unpaidwork.api.incidents import AnswerIncident, Incidents, SessionIncidents
from unpaidwork.api.instructions import EndWorkInstruction, WorkInstructions
from unpaidwork.api.measures import WorkMeasurePeople, WorkMeasures
from unpaidwork.api.offline import OfflineSheet
from unpaidwork.api.projects import STEPS as PROJECT_STEPS
from unpaidwork.api.projects import (
    AddPickUp,
    AddProject,
    ChangePickUp,
    EndDays,
    EndNeighbour,
    EndWay,
    OneProject,
    PickUps,
    Projects,
)
from unpaidwork.api.register import CloseRegister, Register, RegisterSync, StandDown
from unpaidwork.api.register_desk import (
    DecideTravel,
    RegistersToClose,
    SettleDisagreement,
    TravelToDecide,
    UnpaidWorkToday,
)
from unpaidwork.api.restrictions import ChangeRestriction, EndRestriction, Restrictions
from unpaidwork.api.risk import (
    AnswerWorkRisk,
    AskWorkOverride,
    CloseWorkOverride,
    DecideWorkOverride,
    DropWorkRisk,
    SignWorkRisk,
    WorkGate,
    WorkRisks,
    WorkRiskToDo,
)
from unpaidwork.api.sheets import (
    AcknowledgeSheet,
    DaySheet,
    PublishSheet,
    StaffSession,
    WorkSessions,
)
from unpaidwork.api.watch import BeginSiteWatch, EndSiteWatch, ExtendSiteWatch, SiteWatches
from unpaidwork.api.work import OF_WORK, CaseWork, DecideCourse, WorkList

ADDRESSES = [
    path("cases/<crn:crn>/ending/", CaseEnding.as_view(), name="api-ending"),
    *(
        path(f"cases/<crn:crn>/ending/{name}/", step.as_view(), name=f"api-ending-{name}")
        for name, step in ENDING_STEPS.items()
    ),
    path("unpaid-work/", WorkList.as_view(), name="api-work-list"),
    path("unpaid-work/measures/", WorkMeasures.as_view(), name="api-work-measures"),
    path("unpaid-work/measures/list/", WorkMeasurePeople.as_view(), name="api-work-measure-people"),
    path("cases/<crn:crn>/unpaid-work/", CaseWork.as_view(), name="api-case-work"),
    path(
        "cases/<crn:crn>/unpaid-work/courses/<int:work_course>/decide/",
        DecideCourse.as_view(),
        name="api-decide-course",
    ),
    *(
        path(
            f"cases/<crn:crn>/unpaid-work/<int:work_requirement>/{name}/",
            view.as_view(),
            name=f"api-work-{name}",
        )
        for name, view in OF_WORK.items()
    ),
    path("cases/<crn:crn>/restrictions/", Restrictions.as_view(), name="api-restrictions"),
    path(
        "cases/<crn:crn>/restrictions/<int:restriction>/change/",
        ChangeRestriction.as_view(),
        name="api-change-restriction",
    ),
    path(
        "cases/<crn:crn>/restrictions/<int:restriction>/end/",
        EndRestriction.as_view(),
        name="api-end-restriction",
    ),
    path("cases/<crn:crn>/work-gate/", WorkGate.as_view(), name="api-work-gate"),
    path("cases/<crn:crn>/work-risk/", WorkRisks.as_view(), name="api-work-risks"),
    path("cases/<crn:crn>/work-risk/to-do/", WorkRiskToDo.as_view(), name="api-work-risk-to-do"),
    path(
        "cases/<crn:crn>/work-risk/answers/", AnswerWorkRisk.as_view(), name="api-answer-work-risk"
    ),
    path("cases/<crn:crn>/work-risk/sign/", SignWorkRisk.as_view(), name="api-sign-work-risk"),
    path("cases/<crn:crn>/work-risk/drop/", DropWorkRisk.as_view(), name="api-drop-work-risk"),
    path(
        "cases/<crn:crn>/work-overrides/", AskWorkOverride.as_view(), name="api-ask-work-override"
    ),
    path(
        "cases/<crn:crn>/work-overrides/<int:override>/decision/",
        DecideWorkOverride.as_view(),
        name="api-decide-work-override",
    ),
    path(
        "cases/<crn:crn>/work-overrides/<int:override>/close/",
        CloseWorkOverride.as_view(),
        name="api-close-work-override",
    ),
    path(
        "cases/<crn:crn>/work-instructions/",
        WorkInstructions.as_view(),
        name="api-work-instructions",
    ),
    path(
        "cases/<crn:crn>/work-instructions/<int:instruction>/end/",
        EndWorkInstruction.as_view(),
        name="api-end-instruction",
    ),
    path("work-sessions/", WorkSessions.as_view(), name="api-work-sessions"),
    path("work-sessions/<int:session>/sheet/", DaySheet.as_view(), name="api-day-sheet"),
    path(
        "work-sessions/<int:session>/sheet/read/",
        AcknowledgeSheet.as_view(),
        name="api-acknowledge-sheet",
    ),
    path(
        "work-sessions/<int:session>/sheet/publish/",
        PublishSheet.as_view(),
        name="api-publish-sheet",
    ),
    *(
        path(f"work-sessions/<int:session>/{way}/", view.as_view(), name=f"api-{name}")
        for way, name, view in (
            ("staff", "staff-session", StaffSession),
            ("offline", "offline-sheet", OfflineSheet),
            ("register", "work-register", Register),
            ("register/sync", "register-sync", RegisterSync),
            ("register/choose", "settle-disagreement", SettleDisagreement),
            ("register/close", "close-register", CloseRegister),
            ("stand-down", "stand-down", StandDown),
            ("incidents", "session-incidents", SessionIncidents),
            ("watch", "begin-site-watch", BeginSiteWatch),
        )
    ),
    path("unpaid-work-today/", UnpaidWorkToday.as_view(), name="api-unpaid-work-today"),
    path("registers-to-close/", RegistersToClose.as_view(), name="api-registers-to-close"),
    path("travel-to-decide/", TravelToDecide.as_view(), name="api-travel-to-decide"),
    path("travel-to-decide/<int:attendance>/", DecideTravel.as_view(), name="api-decide-travel"),
    path("work-incidents/", Incidents.as_view(), name="api-work-incidents"),
    path(
        "work-incidents/<int:incident>/answer/",
        AnswerIncident.as_view(),
        name="api-answer-incident",
    ),
    path("site-watches/", SiteWatches.as_view(), name="api-site-watches"),
    path("site-watches/<int:watch>/stay/", ExtendSiteWatch.as_view(), name="api-extend-site-watch"),
    path("site-watches/<int:watch>/safe/", EndSiteWatch.as_view(), name="api-end-site-watch"),
    path("projects/", Projects.as_view(), name="api-projects"),
    path("projects/add/", AddProject.as_view(), name="api-add-project"),
    path("projects/<int:project>/", OneProject.as_view(), name="api-project"),
    *(
        path(f"projects/<int:project>/{name}/", step.as_view(), name=f"api-project-{name}")
        for name, step in PROJECT_STEPS.items()
    ),
    path("projects/<int:project>/allocations/", AllocateMany.as_view(), name="api-allocate-many"),
    path("cases/<crn:crn>/work-matches/", WorkMatches.as_view(), name="api-work-matches"),
    path(
        "cases/<crn:crn>/work-allocations/", WorkAllocations.as_view(), name="api-work-allocations"
    ),
    *(
        path(
            f"cases/<crn:crn>/work-allocations/<int:allocation>/{name}/",
            step.as_view(),
            name=f"api-{name}-work-allocation",
        )
        for name, step in ALLOCATION_STEPS.items()
    ),
    path("cases/<crn:crn>/work-induction/", BookInduction.as_view(), name="api-book-induction"),
    path("projects/days/<int:days>/end/", EndDays.as_view(), name="api-end-days"),
    path("projects/near/<int:neighbour>/end/", EndNeighbour.as_view(), name="api-end-neighbour"),
    path("projects/ways/<int:way>/end/", EndWay.as_view(), name="api-end-way"),
    path("pick-ups/", PickUps.as_view(), name="api-pick-ups"),
    path("pick-ups/add/", AddPickUp.as_view(), name="api-add-pick-up"),
    path("pick-ups/<int:pick_up>/change/", ChangePickUp.as_view(), name="api-change-pick-up"),
]
