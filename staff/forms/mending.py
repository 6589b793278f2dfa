"""Errors that say how to mend, in place of those that Django words for nobody in particular. Source: docs/screens.md."""

from django import forms

WRITTEN_LIKE = {
    forms.EmailField: "name@example.gov.uk",
    forms.URLField: "https://www.example.gov.uk",
}
DJANGO_REQUIRED = forms.Field.default_error_messages["required"]


def say_how_to_mend(field, label):
    """Words for the errors that Django words for nobody in particular. Words of the form's own stay."""
    messages = field.error_messages
    question = label.endswith("?")
    named = f"“{label}”" if question else _within_a_sentence(label)
    if messages.get("required") == DJANGO_REQUIRED:
        messages["required"] = _how_to_answer(field, named, question)
    if isinstance(field, forms.ChoiceField):
        messages["invalid_choice"] = f"Choose one of the answers given for {named}"
    if isinstance(field, forms.IntegerField):
        kind = (
            "number" if isinstance(field, forms.DecimalField | forms.FloatField) else "whole number"
        )
        messages["invalid"] = f"Enter a {kind} for {named}, for example 12"
    for written, example in WRITTEN_LIKE.items():
        if isinstance(field, written):
            messages["invalid"] = f"Enter {named} in full, for example {example}"
    # Django's own limits word these by code, so a limit of the form's own is worded too.
    start = (f"Your answer to {named}" if question else label).replace(
        "%", "%%"
    )  # Django puts its limit in
    messages.setdefault("max_length", f"{start} must be %(limit_value)d characters or fewer")
    messages.setdefault("min_value", f"{start} must be %(limit_value)s or more")
    messages.setdefault("max_value", f"{start} must be %(limit_value)s or less")


def _how_to_answer(field, named, question):
    choice = isinstance(field, forms.ChoiceField)
    if isinstance(field, forms.BooleanField):
        return f"Tick to confirm: {named}"
    if question:
        return f"Choose an answer to {named}" if choice else f"Answer {named}"
    return f"Choose {named}" if choice else f"Enter {named}"


def _within_a_sentence(label):
    """“Date of birth” becomes “date of birth”; “CRN” and “PNC number” stay as they are."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
