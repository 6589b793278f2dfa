"""Draws a form's fields and lists its errors in GOV.UK markup: ids, hints and errors tied together.

Every field is reached at #id_<name>, whatever its widget, so that a summary link, a gap of a gate
and a link from another page all arrive. Source: GOV.UK Design System, error summary.
"""

from dataclasses import dataclass, field

from django import forms, template
from django.forms import BaseFormSet
from django.forms.widgets import ChoiceWidget

register = template.Library()

LABEL_SIZES = {"s", "m", "l", "xl"}
BOXES = {"select": "govuk-select", "textarea": "govuk-textarea", "file": "govuk-file-upload"}


@dataclass
class Option:
    id: str
    name: str
    value: str
    label: str
    checked: bool
    hint: str = ""
    divider: str = ""
    revealed: list = field(default_factory=list)
    disabled: bool = False


@dataclass(frozen=True)
class ErrorLink:
    text: str
    href: str


@register.inclusion_tag("govuk/widget.html")
def govuk_field(field, size="s", width="", prefix="", suffix="", heading=False):
    """A field with its label, hint and errors.

    size: of the label or legend (s, m, l, xl); heading: the label is the page's h1; width: 2, 3, 4,
    5, 10, 20 or 30 characters; prefix and suffix: a unit beside the box.
    """
    return {"w": context_of(field, size, width, prefix, suffix, heading)}


@register.simple_tag
def error_links(*forms_and_formsets):
    """Every error of these, in the order of the fields, each with the id it is mended at."""
    links = []
    for one in filter(None, forms_and_formsets):
        if isinstance(one, BaseFormSet):
            first = f"#{one.forms[0][next(iter(one.forms[0].fields))].auto_id}" if one.forms else ""
            links += [ErrorLink(str(text), first) for text in one.non_form_errors()]
            for form in one.forms:
                links += links_of(form)
        elif one.is_bound:
            links += links_of(one)
    return links


@register.filter
def unrevealed(form):
    """The fields that stand on their own, not those under another field's option."""
    return top_fields(form)


def links_of(form):
    links = [ErrorLink(str(text), "") for text in form.non_field_errors()]
    for bound in form:
        href = "" if bound.is_hidden else f"#{bound.auto_id}"
        links += [ErrorLink(str(text), href) for text in bound.errors]
    return links


def top_fields(form):
    revealed = form.revealed_fields() if hasattr(form, "revealed_fields") else {}
    return [bound for bound in form if bound.name not in revealed]


def context_of(bound, size, width="", prefix="", suffix="", heading=False):
    widget = bound.field.widget
    kind = kind_of(widget)
    limit = getattr(bound.field, "max_length", None) if kind == "textarea" else None
    understood = understood_by(bound)
    notes = {"_helptext": bound.help_text, "_error": bound.errors, "_understood": understood}
    # GOV.UK's script looks for the count under this one name.
    described_by = " ".join(
        f"{bound.auto_id}{part}" for part, shown in {**notes, "-info": limit}.items() if shown
    )
    context = {
        "field": bound,
        "kind": kind,
        "label_class": f"govuk-label--{size}" if size in LABEL_SIZES else "",
        "legend_class": f"govuk-fieldset__legend--{size}" if size in LABEL_SIZES else "",
        "heading": heading,
        "described_by": described_by,
        "limit": limit,
        "prefix": prefix,
        "suffix": suffix,
        "understood": understood,
    }
    if kind in ("radios", "checkboxes"):
        context["options"] = options_of(bound)
        context["group_class"] = group_class(kind, widget)
    elif kind == "checkbox":
        context["options"] = [lone_option(bound)]
        context["group_class"] = "govuk-checkboxes"
    elif kind != "hidden":
        context["control"] = control_of(bound, kind, width, described_by, limit)
    return context


def kind_of(widget):
    """Which markup a widget needs. By its input, since Django's checkboxes are a kind of radios."""
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    kind = getattr(widget, "input_type", "text")
    if isinstance(widget, ChoiceWidget):
        return {"radio": "radios", "checkbox": "checkboxes"}.get(kind, "select")
    return kind if kind in ("checkbox", "file", "password") else "text"


def group_class(kind, widget):
    classes = [f"govuk-{kind}"]
    if getattr(widget, "small", False):
        classes.append(f"govuk-{kind}--small")
    if getattr(widget, "inline", False):
        classes.append(f"govuk-{kind}--inline")
    return " ".join(classes)


def control_of(bound, kind, width, described_by, limit):
    """The box itself, as Django draws it, with the classes and the ties to hint and error."""
    widget = bound.field.widget
    number = getattr(widget, "input_type", "") == "number"
    width = width or getattr(widget, "width", "5" if number else "")
    classes = [BOXES.get(kind, "govuk-input")]
    if width:
        classes.append(f"govuk-input--width-{width}")
    if bound.errors:
        classes.append(f"{classes[0]}--error")
    if kind == "password":
        classes += ["govuk-password-input__input", "govuk-js-password-input-input"]
    if limit:
        classes.append("govuk-js-character-count")
    own = widget.attrs.get("class", "")
    # The browser would cut off what is typed over the limit and say nothing; the counter says it.
    attrs = {"class": " ".join([*classes, own]).strip(), "maxlength": False, "required": False}
    if described_by:
        attrs["aria-describedby"] = described_by
    if number:
        # GOV.UK asks for numbers in a text box: a number box drops what it cannot read.
        whole = not isinstance(bound.field, forms.DecimalField | forms.FloatField)
        attrs["inputmode"] = "numeric" if whole else "decimal"
        return bound.as_widget(widget=forms.TextInput(), attrs=attrs)
    return bound.as_widget(attrs=attrs)


def options_of(bound):
    widget = bound.field.widget
    hints = getattr(widget, "hints", {})
    reveals = {str(value): names for value, names in getattr(widget, "reveals", {}).items()}
    before = getattr(widget, "divider_before", None)
    options = []
    for number, part in enumerate(bound.subwidgets):
        value = str(part.data["value"])
        options.append(
            Option(
                id=bound.auto_id if number == 0 else f"{bound.auto_id}_{number}",
                name=part.data["name"],
                value=value,
                label=part.data["label"],
                checked=part.data["selected"],
                hint=hints.get(part.data["value"], hints.get(value, "")),
                divider="or" if before is not None and value == str(before) else "",
                revealed=[context_of(bound.form[name], "s") for name in reveals.get(value, ())],
                disabled=bool(bound.field.disabled),
            )
        )
    return options


def lone_option(bound):
    return Option(
        id=bound.auto_id,
        name=bound.html_name,
        value="on",
        label=bound.label,
        checked=bool(bound.value()),
        disabled=bool(bound.field.disabled),
    )


def understood_by(bound):
    """What a date or time was taken to mean, once the form has been sent and it made sense."""
    say = getattr(bound.field.widget, "say_understood", None)
    if not say or not bound.form.is_bound or bound.errors:
        return ""
    value = bound.form.cleaned_data.get(bound.name)
    return "" if value is None else say(value)
