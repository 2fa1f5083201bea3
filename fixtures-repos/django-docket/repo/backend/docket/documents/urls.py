from django.urls import path

from docket.documents import views

urlpatterns = [
    path("projects/<str:project_id>/documents/", views.ProjectDocumentListView.as_view()),
    path("projects/<str:project_id>/export/", views.ProjectExportView.as_view()),
    path("organisations/<str:organisation_id>/tags/", views.TagListView.as_view()),
    path("documents/<str:document_id>/", views.DocumentDetailView.as_view()),
    path("documents/<str:document_id>/status/", views.DocumentStatusView.as_view()),
    path("documents/<str:document_id>/process/", views.DocumentProcessView.as_view()),
    path("documents/<str:document_id>/runs/", views.DocumentRunListView.as_view()),
    path("documents/<str:document_id>/tags/", views.DocumentTagsView.as_view()),
    path("documents/<str:document_id>/comments/", views.CommentListView.as_view()),
    path("documents/<str:document_id>/versions/", views.VersionListView.as_view()),
    path(
        "documents/<str:document_id>/versions/<int:number>/",
        views.VersionDetailView.as_view(),
    ),
]
