"""What is asked of somebody who must see a restricted case at once."""

from staff.forms import GovukForm, LongTextField

REASON = 500


class EmergencyForm(GovukForm):
    reason = LongTextField(
        label="Why must you see this case now?",
        help_text="What is happening, to whom, and why it cannot wait for the person above. It is sent as you write it to the officer and their senior probation officer. Leave names out.",
        rows=4,
        max_length=REASON,
    )
