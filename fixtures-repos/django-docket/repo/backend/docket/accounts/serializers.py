from rest_framework import serializers

from docket.accounts.models import Organisation, OrganisationMember, OrganisationRole, User
from docket.core.fields import NameField, PublicIdField, TimestampField


class UserSerializer(serializers.ModelSerializer):
    id = PublicIdField()

    class Meta:
        model = User
        fields = ["id", "name", "email"]


class MeSerializer(UserSerializer):
    created_at = TimestampField()

    class Meta(UserSerializer.Meta):
        fields = [*UserSerializer.Meta.fields, "created_at"]


class OrganisationSerializer(serializers.ModelSerializer):
    id = PublicIdField()
    created_at = TimestampField()

    class Meta:
        model = Organisation
        fields = ["id", "name", "created_at"]


class OrganisationMemberSerializer(serializers.ModelSerializer):
    user = UserSerializer()
    created_at = TimestampField()

    class Meta:
        model = OrganisationMember
        fields = ["user", "role", "created_at"]


class TokenInput(serializers.Serializer):
    email = serializers.EmailField()
    password = serializers.CharField(trim_whitespace=False)


class OrganisationInput(serializers.Serializer):
    name = NameField(max_length=120)


class OrganisationMemberInput(serializers.Serializer):
    email = serializers.EmailField()
    role = serializers.ChoiceField(choices=OrganisationRole.choices)
