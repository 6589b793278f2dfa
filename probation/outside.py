"""What one address in the environment says of something outside: the queue, and whoever carries texts."""

from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def celery_broker(redis_url):
    """The same Redis in the words of Celery, which names a Unix socket otherwise than redis-py does."""
    if not redis_url.startswith("unix://"):
        return redis_url
    return redis_url.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=")


def text_sender(url):
    """How text messages leave: into a folder, or by GOV.UK Notify. Empty where none do."""
    if not url:
        return {}
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    match parts.scheme:
        case "file" if parts.path:
            return {"by": "folder", "folder": parts.path}
        case "notify" | "notify+http" if parts.username and parts.hostname and "template" in asked:
            scheme = "http" if parts.scheme.endswith("+http") else "https"
            return {
                "by": "notify",
                "key": unquote(parts.username),
                "address": f"{scheme}://{parts.netloc.rpartition('@')[2]}",
                "template": asked["template"][0],
                "sender": asked.get("sender", [None])[0],
            }
    raise ImproperlyConfigured(
        "TEXT_URL is file:///a/folder or notify://API-KEY@api.notifications.service.gov.uk?template=ID."
    )
