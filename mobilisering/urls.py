from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from mobilisering import dev_views, views
from mobilisering.health import delivery_health, health

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
    path("halsa/", health, name="health"),
    path("halsa/leverans/", delivery_health, name="delivery_health"),
    path("admin/", admin.site.urls),
    path("", include("groups.urls")),
    path("", include("support.urls")),
    path("", include("people.urls")),
]

if settings.DEVELOPMENT:
    urlpatterns += [
        path("dev/utkorg/", dev_views.outbox, name="dev_outbox"),
        path("dev/utkorg/<str:name>/", dev_views.letter, name="dev_letter"),
    ]
