"""Passwords as always, but without the million rounds that are there to be slow."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class FewRounds(PBKDF2PasswordHasher):
    iterations = 1000
