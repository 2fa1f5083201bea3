from rest_framework.permissions import BasePermission

from docket.projects import selectors
from docket.projects.models import ProjectRole


class ProjectRolePermission(BasePermission):
    message = "Your role in this project does not allow this."

    def has_object_permission(self, request, view, project):
        minimum = view.roles.get(request.method, ProjectRole.OWNER)
        return selectors.has_role(project=project, user=request.user, minimum=minimum)
