from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from docket.accounts import selectors as account_selectors
from docket.accounts.permissions import OrganisationStaffWrites
from docket.core import selectors as core_selectors
from docket.core.api import ApiView
from docket.core.serializers import AuditEventSerializer
from docket.projects import selectors, services
from docket.projects.models import ProjectRole
from docket.projects.permissions import ProjectRolePermission
from docket.projects.serializers import (
    MemberInput,
    MemberRoleInput,
    MembershipSerializer,
    ProjectChangesInput,
    ProjectDetailSerializer,
    ProjectFilterInput,
    ProjectInput,
    ProjectSummarySerializer,
)

BY_NAME = ("name_key", "id")


class ProjectListView(ApiView):
    permission_classes = [IsAuthenticated, OrganisationStaffWrites]

    def get(self, request):
        filters = self.validated_query(ProjectFilterInput)
        projects = selectors.list_projects(
            user=request.user, status=filters.get("status"), query=filters["q"]
        )
        return self.paginated(projects, ProjectSummarySerializer, ordering=BY_NAME)

    def post(self, request):
        data = self.validated(ProjectInput)
        organisation = account_selectors.get_organisation(
            user=request.user, organisation_id=data.pop("organisation")
        )
        self.check_object_permissions(request, organisation)
        project = services.create_project(organisation=organisation, actor=request.user, **data)
        return self.detail(project, status=201)

    def detail(self, project, status):
        shown = selectors.get_project(user=self.request.user, project_id=project.public_id)
        return Response(ProjectDetailSerializer(shown).data, status=status)


class ProjectScopedView(ApiView):
    permission_classes = [IsAuthenticated, ProjectRolePermission]
    roles = {"GET": ProjectRole.VIEWER}

    def get_project(self, project_id):
        project = selectors.get_project(user=self.request.user, project_id=project_id)
        self.check_object_permissions(self.request, project)
        return project


class ProjectDetailView(ProjectScopedView):
    roles = {"GET": ProjectRole.VIEWER, "PATCH": ProjectRole.EDITOR}

    def get(self, request, project_id):
        return Response(ProjectDetailSerializer(self.get_project(project_id)).data)

    def patch(self, request, project_id):
        project = self.get_project(project_id)
        data = self.validated(ProjectChangesInput)
        project = services.update_project(project=project, actor=request.user, **data)
        return Response(ProjectDetailSerializer(project).data)


class ProjectArchiveView(ProjectScopedView):
    roles = {"POST": ProjectRole.OWNER}

    def post(self, request, project_id):
        project = self.get_project(project_id)
        project = services.archive_project(project=project, actor=request.user)
        return Response(ProjectDetailSerializer(project).data)


class ProjectRestoreView(ProjectScopedView):
    roles = {"POST": ProjectRole.OWNER}

    def post(self, request, project_id):
        project = self.get_project(project_id)
        project = services.restore_project(project=project, actor=request.user)
        return Response(ProjectDetailSerializer(project).data)


class ProjectActivityView(ProjectScopedView):
    def get(self, request, project_id):
        project = self.get_project(project_id)
        events = core_selectors.list_project_events(project=project)
        return self.paginated(events, AuditEventSerializer)


class MemberListView(ProjectScopedView):
    roles = {"GET": ProjectRole.VIEWER, "POST": ProjectRole.OWNER}

    def get(self, request, project_id):
        project = self.get_project(project_id)
        memberships = selectors.list_memberships(project=project)
        return self.paginated(memberships, MembershipSerializer)

    def post(self, request, project_id):
        project = self.get_project(project_id)
        data = self.validated(MemberInput)
        membership = services.add_member(
            project=project,
            user=account_selectors.get_user(email=data["email"]),
            role=data["role"],
            actor=request.user,
        )
        return Response(MembershipSerializer(membership).data, status=201)


class MemberDetailView(ProjectScopedView):
    roles = {"PATCH": ProjectRole.OWNER, "DELETE": ProjectRole.OWNER}

    def get_membership(self, project_id, membership_id):
        project = self.get_project(project_id)
        return selectors.get_membership(project=project, membership_id=membership_id)

    def patch(self, request, project_id, membership_id):
        membership = self.get_membership(project_id, membership_id)
        data = self.validated(MemberRoleInput)
        membership = services.change_member_role(membership=membership, actor=request.user, **data)
        return Response(MembershipSerializer(membership).data)

    def delete(self, request, project_id, membership_id):
        membership = self.get_membership(project_id, membership_id)
        services.remove_member(membership=membership, actor=request.user)
        return Response(status=204)
