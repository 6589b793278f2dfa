"""Single sign-on: whom an identity opens an account for, and that it never makes one."""

import pytest

from staff.oidc import StaffBackend
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


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
