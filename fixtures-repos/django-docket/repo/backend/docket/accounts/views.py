from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.response import Response

from docket.accounts import selectors, services
from docket.accounts.permissions import OrganisationAdminWrites
from docket.accounts.serializers import (
    MeSerializer,
    OrganisationInput,
    OrganisationMemberInput,
    OrganisationMemberSerializer,
    OrganisationSerializer,
    TokenInput,
)
from docket.core.api import ApiView


class TokenView(ApiView):
    authentication_classes = []
    permission_classes = [AllowAny]

    def post(self, request):
        data = self.validated(TokenInput)
        token = services.issue_token(**data)
        return Response({"token": token.key})


class MeView(ApiView):
    def get(self, request):
        return Response(MeSerializer(request.user).data)


class OrganisationListView(ApiView):
    def get(self, request):
        organisations = selectors.list_organisations(user=request.user)
        return self.paginated(organisations, OrganisationSerializer)

    def post(self, request):
        data = self.validated(OrganisationInput)
        organisation = services.create_organisation(actor=request.user, **data)
        return Response(OrganisationSerializer(organisation).data, status=201)


class OrganisationScopedView(ApiView):
    permission_classes = [IsAuthenticated, OrganisationAdminWrites]

    def get_organisation(self, organisation_id):
        organisation = selectors.get_organisation(
            user=self.request.user, organisation_id=organisation_id
        )
        self.check_object_permissions(self.request, organisation)
        return organisation


class OrganisationMemberListView(OrganisationScopedView):
    def get(self, request, organisation_id):
        organisation = self.get_organisation(organisation_id)
        members = selectors.list_organisation_members(organisation=organisation)
        return self.paginated(members, OrganisationMemberSerializer)

    def post(self, request, organisation_id):
        organisation = self.get_organisation(organisation_id)
        data = self.validated(OrganisationMemberInput)
        member = services.add_organisation_member(
            organisation=organisation,
            user=selectors.get_user(email=data["email"]),
            role=data["role"],
            actor=request.user,
        )
        return Response(OrganisationMemberSerializer(member).data, status=201)
