"""The settings of the system as they are, but for how slowly a password is read: a journey signs in again and again."""

from probation.settings import *  # noqa: F403

PASSWORD_HASHERS = ["tests.journeys.few_rounds.FewRounds"]
