"""The way back: the pages of a case lead to the list it was opened from, filters, order and page kept."""


def remember_list(request, text):
    """Kept with the session and not in addresses: it ends when the session does."""
    request.session["list"] = {"text": text, "href": request.get_full_path()}
