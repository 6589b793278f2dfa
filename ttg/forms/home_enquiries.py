"""Asking the agencies about a home on release. Source: `ttg.rules.home_enquiries`."""

from staff.forms import GovukForm


class AskAboutHomeForm(GovukForm):
    """Asks nothing: who is asked follows from where the place lies."""
