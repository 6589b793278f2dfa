"""A walk over pages by their addresses: each is opened, with and without scripts, and looked at at every width."""

from playwright.sync_api import Error

from tests.journeys.axe import bring
from tests.journeys.conftest import DESKTOP
from tests.journeys.widths import WIDTHS, is_too_wide, too_wide

SAID_TWICE = "[...document.querySelectorAll('[id]')].map(one => one.id).filter((id, at, all) => all.indexOf(id) < at)"


class Walk:
    """`walked`: the addresses that are pages of this role."""

    def __init__(self, open_page, sign_in, axe, role):
        self.axe, self.walked = axe, []
        self.page = open_page(viewport=DESKTOP)
        self.plain = open_page(viewport=DESKTOP, java_script_enabled=False)
        bring(self.page)
        sign_in(self.page, role)
        sign_in(self.plain, role)

    def see(self, name, address):
        """Fail unless everybody can use it. `name`: of the page, for whoever reads the failure."""
        answer = self._open(address)
        if not _is_a_page(answer):
            return
        assert answer.status == 200, (name, address)
        assert answer.url.endswith(address), f"{name} leads away to {answer.url}"
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.axe(self.page)
            assert not is_too_wide(self.page), (address, width)
        assert self.page.get_by_role("heading", level=1).count() == 1, address
        assert self.page.evaluate(SAID_TWICE) == [], address
        self.plain.goto(address)
        assert too_wide(self.plain) == [], address
        self.walked.append(address)

    def _open(self, address):
        """What the address answers. A file cannot be opened as a page is, and is asked for."""
        try:
            return self.page.goto(address)
        except Error:
            answer = self.page.request.get(address)
            if _is_a_page(answer):
                raise
            return answer


def _is_a_page(answer):
    """Neither a file nor an address that takes only what is sent to it."""
    return answer.status != 405 and answer.headers.get("content-type", "").startswith("text/html")
