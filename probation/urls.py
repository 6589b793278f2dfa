"""Every address, app by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("staff.urls")),
]
