from docket.projects.permissions import ProjectRolePermission


class DocumentRolePermission(ProjectRolePermission):
    def has_object_permission(self, request, view, document):
        return super().has_object_permission(request, view, document.project)
