"""What is asked to keep a list under a name."""

from django import forms

from oversight.models.views import LONGEST_NAME
from staff.forms import GovukForm


class SaveViewForm(GovukForm):
    """`here`: the scheme and host of this system, which somebody copies along with an address."""

    address = forms.CharField(
        label="Which list?",
        help_text="This is the address of the list you looked at last, with its filters. For another, open it and copy its address here.",
        max_length=500,
    )
    name = forms.CharField(
        label="What will you call it?",
        help_text="Say what it is for, such as “Late this week”. Never a person’s name or CRN: your team may read it.",
        max_length=LONGEST_NAME,
    )
    shared = forms.BooleanField(
        label="Share it with my team",
        help_text="Your team finds it on this page. Each of them sees what they may see and no more.",
        required=False,
    )

    def __init__(self, *args, here="", **kwargs):
        super().__init__(*args, **kwargs)
        self.here = here.rstrip("/")

    def given(self):
        said = self.cleaned_data
        ours = said["address"].strip().removeprefix(self.here)
        return {"address": ours, "name": said["name"], "shared": said["shared"]}
