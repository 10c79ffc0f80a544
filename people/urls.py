from django.urls import path, re_path

from people.views import messages, private_links

app_name = "people"

LINK = "(?P<token>[A-Za-z0-9_-]{20,64})"
"""As long as a token, or a little cut or grown on the way: such an address gets the page that says how to come in."""

urlpatterns = [
    path("min-sida/in/", private_links.way_in_by_words, name="way_in"),
    path("min-sida/in/engangskod/", private_links.ask_one_time_code, name="ask_one_time_code"),
    path("min-sida/in/engangskod/skriv/", private_links.way_in_by_one_time_code, name="way_in_one_time"),
    path("min-sida/ut/", private_links.leave, name="leave"),
    path("min-sida/lamna/", private_links.hurry_away, name="hurry_away"),
    path("klart/", private_links.left, name="left"),
    re_path(rf"^min-sida/{LINK}/(?P<rest>.*)$", private_links.open_link, name="open_link"),
    re_path(rf"^min-sida/{LINK}$", private_links.open_link),
    path("nej-tack/<str:reference>/", messages.stop_reminders, name="stop_reminders"),
    path("sms-rapport/<str:reference>/", messages.sms_report, name="sms_report"),
]
