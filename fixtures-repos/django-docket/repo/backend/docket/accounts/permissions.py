from rest_framework.permissions import SAFE_METHODS, BasePermission

from docket.accounts import selectors
from docket.accounts.models import OrganisationRole


class OrganisationAdminWrites(BasePermission):
    message = "Only administrators of the organisation may do this."

    def has_object_permission(self, request, view, organisation):
        if request.method in SAFE_METHODS:
            return True
        return selectors.is_organisation_admin(organisation=organisation, user=request.user)


class OrganisationStaffWrites(BasePermission):
    message = "Guests of the organisation may not do this."

    def has_object_permission(self, request, view, organisation):
        if request.method in SAFE_METHODS:
            return True
        role = selectors.organisation_role(organisation=organisation, user=request.user)
        return role in (OrganisationRole.ADMIN, OrganisationRole.STAFF)
