from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from mobilisering import dev_views, views
from mobilisering.health import delivery_health, health
from mobilisering.my_day import editors
from mobilisering.my_day import pages as my_day
from mobilisering.robots import robots
from support.admin.figures import page as figures

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error

urlpatterns = [
    path("", views.start, name="start"),
    path("stil/", views.style_page, name="style"),
    path("sprak/", views.language, name="language"),
    path("konto/", include("allauth.urls")),
    path("sprak/", include("django.conf.urls.i18n")),
    path("robots.txt", robots, name="robots"),
    path("halsa/", health, name="health"),
    path("halsa/leverans/", delivery_health, name="delivery_health"),
    path("admin/", admin.site.admin_view(my_day.first_page)),
    path("admin/min-dag/", admin.site.admin_view(my_day.to_first_page), name="my_day"),
    path("admin/min-dag/sammandrag/", admin.site.admin_view(my_day.morning_mail), name="morning_mail"),
    path("admin/texter/", admin.site.admin_view(editors.editors_day), name="editors_day"),
    path("admin/allt/", admin.site.admin_view(my_day.everything), name="everything"),
    path("admin/support/siffror/", admin.site.admin_view(figures.figures_page), name="office_figures"),
    path("admin/support/siffror/fil/", admin.site.admin_view(figures.figures_file), name="office_figures_file"),
    path("admin/", admin.site.urls),
    path("", include("groups.urls")),
    path("", include("support.urls")),
    path("", include("people.urls")),
    path("", include("training.urls")),
    path("", include("knowledge.urls")),  # last: the editors' pages may stand at any address that is free
]

if settings.DEVELOPMENT:
    urlpatterns += [
        path("dev/utkorg/", dev_views.outbox, name="dev_outbox"),
        path("dev/utkorg/<str:name>/", dev_views.letter, name="dev_letter"),
    ]
