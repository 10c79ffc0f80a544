"""The public pages of the support app, and the pages behind a private link."""

from django.urls import path

from support.views import (
    feeds,
    members,
    my_check_in,
    my_exit,
    my_meetings,
    my_own_meetings,
    my_plan,
    my_request,
    my_signs,
    only_member,
    organisation,
    our_page,
    request_form,
    request_saved,
    request_sent,
)

app_name = "support"

request_pages = [
    path("stod/", request_form.start, name="request"),
    path("stod/prata-med-gruppen/", request_form.talk_first, name="talk_first"),
    path("stod/kolla/", request_form.check, name="check"),
    path("stod/spara/", request_saved.saved, name="saved"),
    path("stod/spara/skicka/", request_saved.send_link, name="send_link"),
    path("stod/fortsatt/", request_saved.resume, name="resume"),
    path("stod/klart/", request_sent.sent, name="sent"),
    path("stod/klart/kvitto/", request_sent.receipt, name="receipt"),
    path("stod/redan-skickat/", request_sent.already_sent, name="already_sent"),
    path("stod/borja-om/", request_sent.start_over, name="start_over"),
    path("stod/<slug:slug>/", request_form.question, name="question"),
]

organisation_pages = [
    path("for-dig-som-stottar/", organisation.page, name="organisation"),
    path("for-dig-som-stottar/tack/", organisation.thanks, name="organisation_thanks"),
]

private_pages = [
    path("min-sida/", my_request.my_page, name="my_page"),
    path("min-sida/svar/", my_request.my_answers, name="my_answers"),
    path("min-sida/svar/<slug:slug>/", my_request.change_answer, name="change_answer"),
    path("min-sida/fraga/", my_request.ask, name="ask"),
    path("min-sida/las/", my_request.lock, name="lock"),
    path("min-sida/ta-bort/", my_request.delete, name="delete"),
    path("min-sida/borttaget/", my_request.deleted, name="deleted"),
    path("min-sida/ta-bort-mig/", only_member.forget_me, name="forget_me"),
]

group_pages = [
    path("min-sida/hur-gar-det/", my_check_in.check_in, name="check_in"),
    path("min-sida/hur-gar-det/tack/", my_check_in.thanks, name="check_in_thanks"),
    path("min-sida/styrkor/", my_check_in.strengths, name="strengths"),
    path("min-sida/klarar-vi-oss/", my_signs.signs, name="signs"),
    path("min-sida/plan/", my_plan.plan, name="plan"),
    path("min-sida/plan/ny/", my_plan.add, name="add_item"),
    path("min-sida/plan/<int:pk>/", my_plan.item, name="plan_item"),
    path("min-sida/plan/<int:pk>/ta-over/", my_plan.take, name="take_item"),
    path("min-sida/plan/<int:pk>/vem/", my_plan.give, name="give_item"),
    path("min-sida/fragor/", our_page.talk, name="talk"),
    path("min-sida/historik/", our_page.history, name="history"),
    path("min-sida/kontaktsatt/", members.contact_way, name="contact_way"),
    path("min-sida/medlemmar/", members.members, name="members"),
    path("min-sida/medlemmar/bjud-in/", members.invite, name="invite"),
    path("min-sida/medlemmar/inbjudan/", members.invited, name="invited"),
    path("min-sida/medlemmar/<int:pk>/ta-tillbaka/", members.take_back, name="take_back_invitation"),
    path("min-sida/medlemmar/kontaktperson/", members.speak, name="speak_for_group"),
    path("min-sida/medlemmar/lamna/", members.leave, name="leave"),
    path("min-sida/moten/", my_meetings.meetings, name="my_meetings"),
    path("min-sida/moten/stall-in/", my_meetings.cancel, name="cancel_meeting"),
    path("min-sida/moten/kalender.ics", my_meetings.calendar_file, name="calendar_file"),
    path("min-sida/vi-har-traffats/", my_own_meetings.tell, name="own_meeting"),
    path("min-sida/avslut/", my_exit.exit_page, name="exit"),
    path("min-sida/avslut/borja/", my_exit.begin, name="begin_exit"),
    path("min-sida/avslut/skriv-under/", my_exit.sign, name="sign_exit"),
    path("min-sida/avslut/ta-bort/<int:pk>/", my_exit.remove_thing, name="remove_thing"),
    path("min-sida/avslut/tillbaka/", my_exit.return_to_us, name="come_back"),
]

staff_pages = [path("kalender/<slug:token>.ics", feeds.own_calendar, name="own_calendar")]

urlpatterns = [*request_pages, *organisation_pages, *private_pages, *group_pages, *staff_pages]
