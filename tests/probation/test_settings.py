"""Settings come from the environment alone, are safe unless told otherwise, and say what is missing."""

import os
import subprocess
import sys

import pytest

from probation.embedded import REPO

PRODUCTION = {
    "PATH": os.environ["PATH"],
    "SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH",
    "DATABASE_URL": "postgres://probation:none@db.example.test:5432/probation",
    "REDIS_URL": "redis://redis.example.test:6379/0",
    "ALLOWED_HOSTS": "supervision.example.test",
    "DJANGO_SETTINGS_MODULE": "probation.settings",
}
SINGLE_SIGN_ON = {
    "OIDC_CLIENT_ID": "supervision",
    "OIDC_CLIENT_SECRET": "none",
    "OIDC_JWKS_ENDPOINT": "https://id.example.test/keys",
    "OIDC_AUTHORIZATION_ENDPOINT": "https://id.example.test/authorize",
    "OIDC_TOKEN_ENDPOINT": "https://id.example.test/token",
    "OIDC_USER_ENDPOINT": "https://id.example.test/me",
}


def python(code, **environment):
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        env=PRODUCTION | environment,
        cwd=REPO,
        capture_output=True,
        text=True,
        check=False,
    )


CHECK = """
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
"""

SIGN_IN = """
from django.test import Client
page = Client(headers={"host": "supervision.example.test"}).get("/sign-in/", secure=True)
print(page.content.decode())
"""


@pytest.fixture(scope="module", params=[{}, SINGLE_SIGN_ON], ids=["passwords", "single sign-on"])
def service(request):
    """What is set besides, and what a service so set says: it is checked, and then its page to sign in is opened."""
    return request.param, python(CHECK + SIGN_IN, **request.param)


def test_a_production_service_passes_every_deployment_check(service):
    _, said = service

    assert said.returncode == 0, said.stderr
    assert "no issues" in said.stdout


def test_the_check_fails_a_service_without_https():
    assert python(CHECK, HTTPS="off").returncode != 0


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL"])
def test_a_missing_setting_is_named_with_what_to_set(name):
    refused = python("", **{name: ""})

    assert refused.returncode != 0
    assert f"Set {name} in the environment" in refused.stderr


def test_single_sign_on_without_its_secret_is_refused():
    refused = python("", **SINGLE_SIGN_ON | {"OIDC_CLIENT_SECRET": ""})

    assert "Set OIDC_CLIENT_SECRET in the environment" in refused.stderr


def test_the_sign_in_page_offers_single_sign_on_where_the_provider_has_it(service):
    environment, said = service

    assert ('href="/oidc/authenticate/"' in said.stdout) == (environment == SINGLE_SIGN_ON)
    assert 'name="password"' in said.stdout
