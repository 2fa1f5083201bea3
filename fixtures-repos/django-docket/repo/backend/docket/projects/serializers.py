from rest_framework import serializers

from docket.accounts.serializers import UserSerializer
from docket.core.fields import NameField, PublicIdField, TimestampField
from docket.projects.models import Membership, Project, ProjectRole, ProjectStatus


class ProjectSummarySerializer(serializers.ModelSerializer):
    id = PublicIdField()
    organisation = serializers.SerializerMethodField()
    role = serializers.SerializerMethodField()
    document_count = serializers.IntegerField()
    archived_at = TimestampField()

    class Meta:
        model = Project
        fields = [
            "id",
            "name",
            "reference",
            "status",
            "organisation",
            "role",
            "document_count",
            "archived_at",
        ]

    def get_organisation(self, project):
        return {"id": project.organisation.public_id, "name": project.organisation.name}

    def get_role(self, project):
        return project.own_role or ProjectRole.OWNER


class ProjectDetailSerializer(ProjectSummarySerializer):
    member_count = serializers.IntegerField()

    class Meta(ProjectSummarySerializer.Meta):
        fields = [*ProjectSummarySerializer.Meta.fields, "description", "member_count"]


class MembershipSerializer(serializers.ModelSerializer):
    id = PublicIdField()
    user = UserSerializer()
    created_at = TimestampField()

    class Meta:
        model = Membership
        fields = ["id", "user", "role", "created_at"]


class ProjectInput(serializers.Serializer):
    organisation = serializers.CharField(max_length=32)
    name = NameField(max_length=120)
    reference = serializers.CharField(max_length=40, required=False, allow_blank=True)
    description = serializers.CharField(required=False, allow_blank=True)


class ProjectChangesInput(serializers.Serializer):
    name = NameField(max_length=120, required=False)
    reference = serializers.CharField(max_length=40, required=False, allow_blank=True)
    description = serializers.CharField(required=False, allow_blank=True)

    def validate(self, attrs):
        if not attrs:
            raise serializers.ValidationError("Nothing to change.", code="empty")
        return attrs


class ProjectFilterInput(serializers.Serializer):
    status = serializers.ChoiceField(choices=ProjectStatus.choices, required=False)
    q = serializers.CharField(required=False, allow_blank=True, default="")


class MemberInput(serializers.Serializer):
    email = serializers.EmailField()
    role = serializers.ChoiceField(choices=ProjectRole.choices)


class MemberRoleInput(serializers.Serializer):
    role = serializers.ChoiceField(choices=ProjectRole.choices)
