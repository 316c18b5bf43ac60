"""A phone without scripts, as Opera Mini is one: it follows the links and sends the forms of the
pages as they are, and says no more of where a post comes from than the page it stood on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import html5lib
import httpx

from tests.conftest import Browser

OPERA_MINI = "Opera/9.80 (Android; Opera Mini/36.2/191.249; U; en) Presto/2.12.423 Version/12.16"
Files = dict[str, tuple[str, bytes, str]]


@dataclass
class PlainPhone:
    """One person's, with its own cookies; the page it shows."""

    client: Browser
    user_agent: str = OPERA_MINI
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)
    address: str = ""
    page: Element = field(default_factory=lambda: Element("html"))
    status: int = 0

    def sign_in(self, token: str) -> None:
        self.cookies.set(self.client.app.state.config.sign_in_cookie, token)

    def open(self, path: str) -> None:
        self._go("GET", path)
        assert self.status == 200, path

    def follow(self, words: str) -> None:
        """The first link that says so."""
        links = [each for each in self.page.iter("a") if words in _said(each) and each.get("href")]
        assert links, f"no link “{words}” on {self.address}"
        self.open(links[0].get("href", ""))

    def press(
        self, words: str, fields: Mapping[str, Any] | None = None, files: Files | None = None
    ) -> None:
        """The first button that says so, its form filled in: a value, or True for a tick."""
        for form in self.page.iter("form"):
            for button in form.iter("button"):
                if words in _said(button) and not _is_hidden(self.page, button):
                    return self._send(form, button, dict(fields or {}), files)
        raise AssertionError(f"no button “{words}” on {self.address}")

    def says(self, words: str) -> bool:
        body = self.page.find("body")
        assert body is not None
        return words in _said(body)

    def one(self, what: str, marked: str) -> str:
        """The words of the element of this class."""
        return next(_said(e) for e in self.page.iter(what) if marked in _classes(e))

    def bytes_at(self, words: str) -> bytes:
        """What is behind a link to a file."""
        link = next(each for each in self.page.iter("a") if words in _said(each))
        self._put_on()
        answer = self.client.get(urljoin(self.address, link.get("href")))
        assert answer.status_code == 200
        return answer.content

    def _send(
        self, form: Element, button: Element, fields: dict[str, Any], files: Files | None
    ) -> None:
        assert form.get("method") in ("post", "get")
        pairs = list(_filled(form, button, fields))
        assert not fields, f"no such fields on {self.address}: {fields}"
        action = form.get("action", self.address)
        if form.get("method") == "get":
            self._go("GET", str(httpx.URL(urljoin(self.address, action), params=pairs)))
        elif form.get("enctype") == "multipart/form-data":
            self._go("POST", action, data=dict(pairs), files=files)
        else:
            assert not files
            self._go("POST", action, data=_listed(pairs))

    def _go(self, method: str, path: str, **more: Any) -> None:
        self._put_on()
        headers = {"user-agent": self.user_agent}
        if self.address:
            headers["referer"] = self.address
        address = urljoin(self.address, path).partition("#")[0]
        answer = self.client.request(
            method, address, headers=headers, follow_redirects=True, **more
        )
        self.cookies, self.address, self.status = (
            self.client.cookies,
            str(answer.url),
            answer.status_code,
        )
        self.page = html5lib.parse(answer.text, namespaceHTMLElements=False)

    def _put_on(self) -> None:
        self.client.headers.pop("sec-fetch-site", None)
        self.client.cookies = self.cookies


def _said(element: Element) -> str:
    return " ".join(f"{element.get('aria-label', '')} {' '.join(element.itertext())}".split())


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _is_hidden(page: Element, wanted: Element) -> bool:
    """Whether it waits for a script to show it."""
    return any(wanted in each.iter() for each in page.iter() if each.get("hidden") is not None)


def _filled(form: Element, button: Element, fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What a browser sends of a form; each of the fields is taken where its control stands."""
    for control in form.iter():
        name = control.get("name", "")
        if not name or control.get("type") == "file":
            continue
        if control is button:
            yield name, control.get("value", "")
        elif control.tag == "select":
            yield name, _chosen(control, fields.pop(name, None))
        elif control.tag == "textarea":
            yield name, fields.pop(name, control.text or "")
        elif control.tag == "input" and control.get("type") in ("radio", "checkbox"):
            yield from _ticked(control, name, fields)
        elif control.tag == "input":
            yield name, fields.pop(name, control.get("value", ""))


def _chosen(select: Element, wanted: str | None) -> str:
    options = list(select.iter("option"))
    values = [each.get("value", each.text or "") for each in options]
    if wanted is not None:
        assert wanted in values
        return wanted
    selected = [each for each in options if each.get("selected") is not None]
    return (selected or options)[0].get("value", "")


def _ticked(control: Element, name: str, fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    value, wanted = control.get("value", "on"), fields.get(name)
    if wanted is None:
        is_on = control.get("checked") is not None
    else:
        is_on = wanted is True or wanted == value
    if is_on:
        fields.pop(name, None)
        yield name, value


def _listed(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    """As httpx takes a form in which a name may come several times."""
    listed: dict[str, list[str]] = {}
    for name, value in pairs:
        listed.setdefault(name, []).append(value)
    return listed
