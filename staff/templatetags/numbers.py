"""Numbers as GOV.UK writes them: 4,750."""

from django import template

register = template.Library()


@register.filter
def thousands(number):
    return f"{number:,}"
