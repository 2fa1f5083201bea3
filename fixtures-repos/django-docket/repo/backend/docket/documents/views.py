from django.http import HttpResponse
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from docket.accounts.permissions import OrganisationStaffWrites
from docket.accounts.views import OrganisationScopedView
from docket.core.api import ApiView
from docket.documents import selectors, services
from docket.documents.legacy_export import build_index
from docket.documents.permissions import DocumentRolePermission
from docket.documents.serializers import (
    CommentInput,
    CommentSerializer,
    DocumentDetailSerializer,
    DocumentFilterInput,
    DocumentStatusSerializer,
    DocumentSummarySerializer,
    ExportInput,
    FileInput,
    IdempotencyKeyInput,
    ProcessInput,
    RunSerializer,
    TagIdsInput,
    TagInput,
    TagSerializer,
    TitleInput,
    UploadInput,
    VersionSerializer,
)
from docket.documents.uploads import DocumentUploader
from docket.projects.models import ProjectRole
from docket.projects.views import ProjectScopedView


class ProjectDocumentListView(ProjectScopedView):
    roles = {"GET": ProjectRole.VIEWER, "POST": ProjectRole.EDITOR}

    def get(self, request, project_id):
        project = self.get_project(project_id)
        filters = self.validated_query(DocumentFilterInput)
        documents = selectors.list_documents(
            project=project,
            status=filters.get("status"),
            tag=filters.get("tag"),
            query=filters["q"],
        )
        return self.paginated(documents, DocumentSummarySerializer)

    def post(self, request, project_id):
        project = self.get_project(project_id)
        data = self.validated(UploadInput)
        document = DocumentUploader(project=project, actor=request.user).upload(**data)
        shown = selectors.get_document(user=request.user, document_id=document.public_id)
        return Response(DocumentDetailSerializer(shown).data, status=201)


class ProjectExportView(ProjectScopedView):
    def get(self, request, project_id):
        project = self.get_project(project_id)
        data = self.validated_query(ExportInput)
        body = build_index(project, data["format"], data.get("status"))
        kind = {"csv": "text/csv", "txt": "text/plain"}[data["format"]]
        return HttpResponse(body, content_type=f"{kind}; charset=utf-8")


class DocumentScopedView(ApiView):
    permission_classes = [IsAuthenticated, DocumentRolePermission]
    roles = {"GET": ProjectRole.VIEWER}

    def get_document(self, document_id):
        document = selectors.get_document(user=self.request.user, document_id=document_id)
        self.check_object_permissions(self.request, document)
        return document


class DocumentDetailView(DocumentScopedView):
    roles = {
        "GET": ProjectRole.VIEWER,
        "PATCH": ProjectRole.EDITOR,
        "DELETE": ProjectRole.OWNER,
    }

    def get(self, request, document_id):
        return Response(DocumentDetailSerializer(self.get_document(document_id)).data)

    def patch(self, request, document_id):
        document = self.get_document(document_id)
        data = self.validated(TitleInput)
        document = services.rename_document(document=document, actor=request.user, **data)
        return Response(DocumentDetailSerializer(document).data)

    def delete(self, request, document_id):
        document = self.get_document(document_id)
        services.delete_document(document=document, actor=request.user)
        return Response(status=204)


class DocumentStatusView(DocumentScopedView):
    def get(self, request, document_id):
        document = self.get_document(document_id)
        run = selectors.latest_run(document=document)
        return Response(DocumentStatusSerializer(document, context={"run": run}).data)


class DocumentProcessView(DocumentScopedView):
    roles = {"POST": ProjectRole.EDITOR}

    def post(self, request, document_id):
        document = self.get_document(document_id)
        data = self.validated(ProcessInput)
        run = services.request_processing(
            document=document,
            actor=request.user,
            idempotency_key=self.idempotency_key(),
            **data,
        )
        return Response(RunSerializer(run).data, status=202)

    def idempotency_key(self):
        serializer = IdempotencyKeyInput(
            data={"idempotency_key": self.request.headers.get("Idempotency-Key", "")}
        )
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data["idempotency_key"]


class DocumentRunListView(DocumentScopedView):
    def get(self, request, document_id):
        document = self.get_document(document_id)
        return self.paginated(selectors.list_runs(document=document), RunSerializer)


class VersionListView(DocumentScopedView):
    roles = {"GET": ProjectRole.VIEWER, "POST": ProjectRole.EDITOR}

    def get(self, request, document_id):
        document = self.get_document(document_id)
        return self.paginated(
            selectors.list_versions(document=document),
            VersionSerializer,
            ordering=("-number",),
        )

    def post(self, request, document_id):
        document = self.get_document(document_id)
        data = self.validated(FileInput)
        version = services.add_version(document=document, actor=request.user, **data)
        return Response(VersionSerializer(version).data, status=201)


class VersionDetailView(DocumentScopedView):
    roles = {"GET": ProjectRole.VIEWER, "DELETE": ProjectRole.OWNER}

    def get(self, request, document_id, number):
        document = self.get_document(document_id)
        version = selectors.get_version(document=document, number=number)
        return Response(VersionSerializer(version).data)

    def delete(self, request, document_id, number):
        document = self.get_document(document_id)
        version = selectors.get_version(document=document, number=number)
        services.remove_version(document=document, version=version, actor=request.user)
        return Response(status=204)


class DocumentTagsView(DocumentScopedView):
    roles = {"PUT": ProjectRole.EDITOR}

    def put(self, request, document_id):
        document = self.get_document(document_id)
        data = self.validated(TagIdsInput)
        services.set_tags(document=document, actor=request.user, tag_ids=data["tags"])
        return Response(DocumentDetailSerializer(self.get_document(document_id)).data)


class CommentListView(DocumentScopedView):
    roles = {"GET": ProjectRole.VIEWER, "POST": ProjectRole.VIEWER}

    def get(self, request, document_id):
        document = self.get_document(document_id)
        return self.paginated(selectors.list_comments(document=document), CommentSerializer)

    def post(self, request, document_id):
        document = self.get_document(document_id)
        data = self.validated(CommentInput)
        comment = services.add_comment(document=document, actor=request.user, **data)
        return Response(CommentSerializer(comment).data, status=201)


class TagListView(OrganisationScopedView):
    permission_classes = [IsAuthenticated, OrganisationStaffWrites]

    def get(self, request, organisation_id):
        organisation = self.get_organisation(organisation_id)
        tags = selectors.list_tags(organisation=organisation)
        return self.paginated(tags, TagSerializer, ordering=("name_key", "id"))

    def post(self, request, organisation_id):
        organisation = self.get_organisation(organisation_id)
        data = self.validated(TagInput)
        tag = services.create_tag(organisation=organisation, actor=request.user, **data)
        return Response(TagSerializer(tag).data, status=201)
