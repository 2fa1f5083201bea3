from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("docket.accounts.urls")),
    path("api/", include("docket.projects.urls")),
    path("api/", include("docket.documents.urls")),
]

handler404 = "docket.core.errors.page_not_found"
handler500 = "docket.core.errors.server_error"
