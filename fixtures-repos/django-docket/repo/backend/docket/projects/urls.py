from django.urls import path

from docket.projects import views

urlpatterns = [
    path("projects/", views.ProjectListView.as_view()),
    path("projects/<str:project_id>/", views.ProjectDetailView.as_view()),
    path("projects/<str:project_id>/archive/", views.ProjectArchiveView.as_view()),
    path("projects/<str:project_id>/restore/", views.ProjectRestoreView.as_view()),
    path("projects/<str:project_id>/activity/", views.ProjectActivityView.as_view()),
    path("projects/<str:project_id>/members/", views.MemberListView.as_view()),
    path(
        "projects/<str:project_id>/members/<str:membership_id>/",
        views.MemberDetailView.as_view(),
    ),
]
