"""Every address, app by app."""

from django.conf import settings
from django.urls import include, path

handler403 = "cases.views.access.refused"
handler500 = "probation.problems.gone_wrong"
urlpatterns = [
    path("", include("staff.urls")),
    path("", include("cases.urls")),
    path("", include("grid.urls")),
    path("", include("unpaidwork.urls")),
    path("", include("ttg.urls")),
    path("", include("oversight.urls")),
    path("api/", include("probation.api")),
]
if settings.OIDC_RP_CLIENT_ID:
    urlpatterns.append(path("oidc/", include("mozilla_django_oidc.urls")))
