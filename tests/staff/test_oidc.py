"""Single sign-on: whom an identity opens an account for, and that it never makes one."""

import pytest
from django.contrib.auth.forms import AuthenticationForm
from django.template.loader import render_to_string
from django.urls import include, path

from probation import urls
from staff.oidc import StaffBackend
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
urlpatterns = [*urls.urlpatterns, path("oidc/", include("mozilla_django_oidc.urls"))]


@pytest.fixture
def backend(settings):
    for name in ("TOKEN_ENDPOINT", "USER_ENDPOINT", "JWKS_ENDPOINT"):
        setattr(settings, f"OIDC_OP_{name}", "https://id.example.test")
    settings.OIDC_RP_CLIENT_ID = settings.OIDC_RP_CLIENT_SECRET = "supervision"
    settings.OIDC_RP_SIGN_ALGO = "RS256"
    settings.OIDC_CREATE_USER = False
    return StaffBackend()


def test_a_verified_address_opens_its_own_account(backend):
    account = UserFactory(email="pat.lane@example.test")
    UserFactory(email="sam.field@example.test")

    found = backend.filter_users_by_claims({"email": "Pat.Lane@example.test"})

    assert list(found) == [account]


@pytest.mark.parametrize(
    "claims",
    [{}, {"email": ""}, {"email": "pat.lane@example.test", "email_verified": False},
     {"email": "nobody@example.test"}],
)  # fmt: skip
def test_anything_less_opens_nothing(backend, claims):
    UserFactory(email="pat.lane@example.test")

    assert not backend.filter_users_by_claims(claims)


def test_an_account_that_has_been_shut_stays_shut(backend):
    UserFactory(email="pat.lane@example.test", is_active=False)

    assert not backend.filter_users_by_claims({"email": "pat.lane@example.test"})


@pytest.mark.urls(__name__)
def test_signing_in_elsewhere_leads_back_to_the_page_that_was_asked_for():
    given = {
        "form": AuthenticationForm(),
        "single_sign_on": True,
        "next": "/cases/X1/raise/?kind=risk",
    }

    page = render_to_string("staff/sign_in.html", given)

    assert 'href="/oidc/authenticate/?next=/cases/X1/raise/%3Fkind%3Drisk"' in page
