"""Which language the interface is shown in: the one asked for, else the one that the browser prefers."""

from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.strings import CATALOGUES, ENGLISH


def preferred_language(accept: str, known: tuple[str, ...] = tuple(CATALOGUES)) -> str:
    """The language of ours that a browser likes best, by its Accept-Language; English where it likes none.

    >>> preferred_language("de-DE,de;q=0.9,ar;q=0.8,en;q=0.5", ("en", "ar"))
    'ar'
    >>> preferred_language("", ("en", "ar")), preferred_language("ar;q=x", ("en", "ar"))
    ('en', 'en')
    """
    best, liked = ENGLISH.lang, 0.0
    for entry in accept.split(","):
        tag, *parameters = (part.strip() for part in entry.split(";"))
        lang = tag.split("-")[0].lower()
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                weight = _weight(value)
        if lang in known and weight > liked:
            best, liked = lang, weight
    return best


class LanguageMiddleware:
    """Sends who opens the page to it in their language; ``?lang=en`` and ``?lang=ar`` choose one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or send it to the page in another language."""
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and scope["path"] == "/":
            asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
            accept = Headers(scope=scope).get("accept-language", "")
            lang = asked if asked in CATALOGUES else preferred_language(accept)
            if lang != ENGLISH.lang:
                await RedirectResponse(f"/{lang}/", status_code=307, headers={"vary": "accept-language"})(
                    scope, receive, send
                )
                return
        await self._app(scope, receive, send)


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
