"""The public pages of the trainings, and the pages behind the private link of a registration."""

from django.urls import path

from training.views import certificates, evaluation, feeds, mine, pages, register, verify

app_name = "training"

public_pages = [
    path("utbildningar/", pages.training_list, name="list"),
    path("utbildningar/<slug:slug>/", pages.course_page, name="course"),
    path("utbildningar/<slug:slug>/<int:pk>/", pages.session_page, name="session"),
    path("utbildningar/<slug:slug>/<int:pk>/anmal/", register.register_page, name="register"),
    path("utbildningar/<slug:slug>/<int:pk>/anmal/klart/", register.registered, name="registered"),
]

private_pages = [
    path("min-sida/anmalan/", mine.mine, name="mine"),
    path("min-sida/anmalan/plats/", mine.take_seat, name="take_seat"),
    path("min-sida/anmalan/andra/", mine.change, name="change"),
    path("min-sida/anmalan/avanmal/", mine.cancel_page, name="cancel"),
]

pages_afterwards = [
    path("min-sida/anmalan/utvardering/", evaluation.evaluate_page, name="evaluate"),
    path("min-sida/anmalan/intyg/", certificates.certificates, name="certificates"),
    path("min-sida/anmalan/intyg/<int:pk>/", certificates.certificate_page, name="certificate"),
    path("min-sida/anmalan/intyg/<int:pk>/intyg.pdf", certificates.certificate_pdf, name="certificate_pdf"),
    path("min-sida/anmalan/intyg/<int:pk>/ta-bort/", certificates.take_back_page, name="take_back_certificate"),
]

verifying = [
    path("intyg/", verify.write_code, name="verify"),
    path("intyg/<str:check_code>/", verify.verified, name="verified"),
]

calendars = [
    path("utbildningar/kalender/<slug:slug>.ics", feeds.office_feed, name="office_feed"),
    path("utbildningar/kalender/amne/<slug:topic>.ics", feeds.topic_feed, name="topic_feed"),
    path("min-sida/anmalan/kalender.ics", feeds.calendar_file, name="calendar_file"),
]

urlpatterns = [*public_pages, *private_pages, *pages_afterwards, *verifying, *calendars]
