"""The API's root: the addresses of each app, in one list. How it answers what it refuses is `probation.problems`."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from cases.api.addresses import ADDRESSES as CASES
from grid.api.addresses import ADDRESSES as GRID
from oversight.api.across import (
    Arrivals,
    ContactFigures,
    ContentFigures,
    Departures,
    Loop,
    OutcomesToLog,
)
from oversight.api.agencies import AnswerCourt, MeetingList, RequestList
from oversight.api.giving import ADDRESSES as GIVING
from oversight.api.movements import ADDRESSES as MOVEMENTS
from oversight.api.officers import ADDRESSES as OFFICERS
from oversight.api.search import ADDRESSES as SEARCH
from oversight.api.sharing import ADDRESSES as SHARING
from oversight.api.supervision import ADDRESSES as SUPERVISION
from oversight.api.team import ADDRESSES as TEAM
from oversight.api.workload import ADDRESSES as WORKLOAD
from oversight.api.worst_days import ADDRESSES as WORST_DAYS
from ttg.api.addresses import ADDRESSES as THROUGH_THE_GATE
from unpaidwork.api.addresses import ADDRESSES as UNPAID_WORK

urlpatterns = [
    *CASES,
    *GRID,
    *UNPAID_WORK,
    *THROUGH_THE_GATE,
    *WORST_DAYS,
    *WORKLOAD,
    *OFFICERS,
    *MOVEMENTS,
    *GIVING,
    *TEAM,
    *SEARCH,
    *SHARING,
    *SUPERVISION,
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("outcomes-to-log/", OutcomesToLog.as_view(), name="api-outcomes-to-log"),
    path("departures/", Departures.as_view(), name="api-departures"),
    path("arrivals/", Arrivals.as_view(), name="api-arrivals"),
    path("meetings/agencies/", MeetingList.as_view(), name="api-agency-meetings-list"),
    path("courts/requests/", RequestList.as_view(), name="api-court-requests-waiting"),
    path(
        "cases/<crn:crn>/court-requests/<int:court_request>/reply/",
        AnswerCourt.as_view(),
        name="api-answer-court",
    ),
    path("loop/", Loop.as_view(), name="api-loop"),
    path("content/", ContentFigures.as_view(), name="api-content"),
    path("contact/", ContactFigures.as_view(), name="api-contact-figures"),
]
