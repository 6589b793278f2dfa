"""Addresses of the pages that read across."""

from django.urls import path

from oversight.views import (
    backlog,
    caseload,
    checks,
    content,
    duty,
    flags,
    loop,
    notices,
    overrides,
    policies,
    routes,
    search,
    team,
    work,
)

urlpatterns = [
    path("work/", work.my_work, name="my-work"),
    path("caseload/", caseload.caseload, name="caseload"),
    path("caseload.csv", caseload.caseload_csv, name="caseload-csv"),
    path("team/", team.team_board, name="team-board"),
    path("checks/", checks.checks_desk, name="checks-desk"),
    path("checks.csv", checks.checks_desk_csv, name="checks-desk-csv"),
    path("backlog/", backlog.backlog, name="backlog"),
    path("flags/", flags.flags, name="flags"),
    path("policy/", policies.policies, name="policies"),
    path("loop/", loop.the_loop, name="the-loop"),
    path("overrides/", overrides.overrides, name="overrides"),
    path("overrides.csv", overrides.overrides_csv, name="overrides-csv"),
    path("content/", content.content, name="content"),
    path("content/people/", content.content_people, name="content-people"),
    path("content.csv", content.content_csv, name="content-csv"),
    path("routes/", routes.routes_taken_away, name="routes-taken-away"),
    path("notices/<int:pk>/seen/", notices.seen, name="see-notice"),
    path("today/", duty.today_page, name="duty-today"),
    path("search/", search.search, name="search"),
    path("search/<uuid:key>/", search.results, name="search-results"),
]
