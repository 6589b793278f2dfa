"""Signing in through the provider's own identity service.

An account is matched by e-mail address and never made here: a system administrator opens it with
its role and team, so that nobody gains access by having an identity alone.
"""

from mozilla_django_oidc.auth import OIDCAuthenticationBackend


class StaffBackend(OIDCAuthenticationBackend):
    def filter_users_by_claims(self, claims):
        email = claims.get("email")
        if not email or claims.get("email_verified") is False:
            return self.UserModel.objects.none()
        return self.UserModel.objects.filter(email__iexact=email, is_active=True)
