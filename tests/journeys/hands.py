"""Somebody at a page, and how much they had to do there."""


class Hands:
    """Uses a page as its reader does, and counts: what was pressed, and what was filled in or chosen."""

    def __init__(self, page, within=None):
        """`within`: the part of the page where links and buttons are looked for; all of it where none is given."""
        self.page, self.within = page, within or page
        self.pressed = 0  # pages submitted, links and buttons
        self.answered = 0  # boxes filled and options chosen

    def press(self, name, exact=False):
        """The first link or button of that name; the page it leads to is then whole."""
        links = self.within.get_by_role("link", name=name, exact=exact)
        links.or_(self.within.get_by_role("button", name=name, exact=exact)).first.click()
        self.page.wait_for_load_state()  # the press alone waits for its first line
        self.pressed += 1

    def open(self, words):
        """What is closed until these words of it are pressed; on anything wide a menu is not, and nothing is pressed."""
        closed = self.within.locator("details:not([open]) > summary", has_text=words)
        if closed.is_visible():
            closed.click()
            self.pressed += 1

    def fill(self, field, words):
        """`field`: its id without "id_", as the name of it is on the form."""
        self.page.locator(f"#id_{field}").fill(words)
        self.answered += 1

    def choose(self, field, option):
        """One of the radios or boxes of a field, by its words."""
        self.page.locator(f"[name='{field}']").and_(
            self.page.get_by_label(option, exact=True)
        ).check()
        self.answered += 1

    def select(self, field, option):
        self.page.locator(f"#id_{field}").select_option(label=option)
        self.answered += 1

    @property
    def effort(self):
        return (
            f"{self.pressed} presses; {self.pressed + self.answered} with each box filled and "
            "each option chosen"
        )
