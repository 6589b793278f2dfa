"""Signing in and out, the account, help, words that are kept, and the health of the service."""

from django.urls import path

from staff.views import account, health, keeping

urlpatterns = [
    path("", account.home, name="home"),
    path("sign-in/", account.SignIn.as_view(), name="sign-in"),
    path("sign-out/", account.SignOut.as_view(), name="sign-out"),
    path("stay-signed-in/", account.stay_signed_in, name="stay-signed-in"),
    path("account/", account.account, name="account"),
    path("account/password/", account.change_password, name="change-password"),
    path("help/", account.help_page, name="help"),
    path("words/", keeping.keep, name="keep-words"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
