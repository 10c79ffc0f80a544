"""What a group decides, on the pages behind its private link."""

from django.urls import path

from groups import views

app_name = "groups"

urlpatterns = [
    path("min-sida/att-godkanna/", views.approvals, name="approvals"),
    path("min-sida/att-godkanna/<int:pk>/", views.approval, name="approval"),
    path("min-sida/att-godkanna/<int:pk>/ta-tillbaka/", views.take_back, name="take_back"),
    path("min-sida/mojliggorare/", views.roles, name="roles"),
    path("min-sida/mojliggorare/<int:pk>/avsluta/", views.end, name="end_role"),
]
