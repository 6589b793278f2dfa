"""Forms in the GOV.UK manner, and all that they are made of. Source: docs/screens.md."""

from staff.forms.fields import (
    Checkboxes,
    FlexibleDateField,
    FlexibleTimeField,
    LongTextField,
    Radios,
    YesNoField,
)
from staff.forms.shared import SharedForm
from staff.forms.whole import GovukForm, GovukFormSet

__all__ = [
    "Checkboxes", "FlexibleDateField", "FlexibleTimeField", "GovukForm", "GovukFormSet", "LongTextField",
    "Radios", "SharedForm", "YesNoField",
]  # fmt: skip
