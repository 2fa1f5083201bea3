from django.urls import path

from docket.accounts import views

urlpatterns = [
    path("auth/token/", views.TokenView.as_view()),
    path("me/", views.MeView.as_view()),
    path("organisations/", views.OrganisationListView.as_view()),
    path(
        "organisations/<str:organisation_id>/members/",
        views.OrganisationMemberListView.as_view(),
    ),
]
