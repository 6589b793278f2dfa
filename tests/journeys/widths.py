"""The widths at which every page is read, and whether one has to be moved sideways to be read there."""

DESKTOP, TABLET, PHONE = 1280, 768, 400
ZOOMED = 320  # what is left of the desktop at 400%
WIDTHS = (DESKTOP, TABLET, PHONE, ZOOMED)


def too_wide(page):
    """The widths at which the page must be moved sideways to be read."""
    page.wait_for_load_state()
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if is_too_wide(page):
            found.append(width)
    return found


def is_too_wide(page):
    """Whether it must be moved sideways at the width that it has now."""
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
