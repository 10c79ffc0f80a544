"""What is shown when something stops: our own look, the telephone number, and nothing lost of what was written."""

import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import include, path
from pytest_django.fixtures import Settings

from mobilisering import urls as site
from mobilisering.context_processors import face

handler400, handler403, handler404, handler500 = site.handler400, site.handler403, site.handler404, site.handler500

STOPS: dict[str, Exception] = {
    "begaran": SuspiciousOperation("forged"),
    "fel-roll": PermissionDenied(),
    "borta": Http404(),
    "trasig": RuntimeError("a secret detail"),
    "paus": OperationalError("no connection"),
    "paus2": InterfaceError("closed"),
}


def stop(request: HttpRequest, why: str) -> HttpResponse:
    raise STOPS[why]


def receive(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("text", ""))


urlpatterns = [path("stopp/<why>/", stop), path("stod/ta-emot/", receive), path("", include("mobilisering.urls"))]


@pytest.fixture
def visitor(settings: Settings) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("why", "status", "heading"),
    [
        ("begaran", 400, "Det gick inte att förstå det som skickades"),
        ("fel-roll", 403, "Du kommer inte åt sidan"),
        ("borta", 404, "Sidan finns inte"),
        ("trasig", 500, "Något gick fel hos oss"),
        ("paus", 503, "Vi är strax tillbaka"),
        ("paus2", 503, "Vi är strax tillbaka"),
    ],
)
def test_what_stops_is_said_plainly_with_a_number_to_call(
    why: str, status: int, heading: str, visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    response = visitor.get(f"/stopp/{why}/")

    page = response.content.decode()
    assert response.status_code == status
    assert re.findall(r"<h1>(.*?)</h1>", page) == [heading]
    assert '<a href="tel:+46313900610">031-390 06 10</a>' in page
    assert "a secret detail" not in page
    assert "<style>" in page


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "410", "500", "503"])
def test_an_error_page_needs_no_database_and_no_request(name: str) -> None:
    page = render_to_string(f"{name}.html", face())

    assert len(re.findall("<h1>", page)) == 1


def test_a_body_that_is_too_large_is_refused_in_words(visitor: Client) -> None:
    response = visitor.post("/stod/ta-emot/", {"text": "a" * 1_000_000})

    assert response.status_code == 400
    assert "Gå tillbaka till förra sidan, korta texten och försök igen." in response.content.decode()


def test_a_form_with_thousands_of_fields_is_refused_in_words(visitor: Client) -> None:
    response = visitor.post("/stod/ta-emot/", {f"f{number}": "x" for number in range(2000)})

    assert response.status_code == 400
    assert "Texten är för lång" in response.content.decode()


def test_a_page_that_was_open_too_long_keeps_what_was_written(visitor: Client) -> None:
    answers = {"text": 'Vi <b>vill</b> ha "värme"', "csrfmiddlewaretoken": "gammal"}

    response = visitor.post("/stod/ta-emot/?del=2", answers, headers={"origin": "http://testserver"})

    page = response.content.decode()
    assert response.status_code == 403
    assert '<form method="post" action="/stod/ta-emot/?del=2">' in page
    assert '<input type="hidden" name="text" value="Vi &lt;b&gt;vill&lt;/b&gt; ha &quot;värme&quot;">' in page
    assert "gammal" not in page


def test_what_was_written_arrives_when_it_is_sent_again(visitor: Client) -> None:
    page = visitor.post("/stod/ta-emot/", {"text": "värme"}, headers={"origin": "http://testserver"}).content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]

    again = visitor.post("/stod/ta-emot/", {"text": "värme", "csrfmiddlewaretoken": token})

    assert (again.status_code, again.content.decode()) == (200, "värme")


@pytest.mark.parametrize("origin", ["https://nagon-annan.example", "null", ""])
def test_a_form_from_another_site_is_never_offered_again(origin: str, visitor: Client) -> None:
    response = visitor.post("/stod/ta-emot/", {"text": "lurendrejeri"}, headers={"origin": origin} if origin else {})

    assert response.status_code == 403
    assert "lurendrejeri" not in response.content.decode()


@pytest.mark.parametrize("private", ["/konto/login/", "/admin/"])
def test_passwords_and_decisions_of_staff_are_never_written_into_a_page(private: str, visitor: Client) -> None:
    response = visitor.post(private, {"password": "hemligt"}, headers={"origin": "http://testserver"})

    assert response.status_code == 403
    assert "hemligt" not in response.content.decode()
    assert "Gå tillbaka till förra sidan, ladda om den och försök igen." in response.content.decode()
