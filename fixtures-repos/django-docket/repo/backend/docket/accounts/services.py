from django.contrib.auth import authenticate
from django.db import transaction
from rest_framework.authtoken.models import Token

from docket.accounts import selectors
from docket.accounts.models import Organisation, OrganisationMember, OrganisationRole, User
from docket.core.audit import record_event
from docket.core.errors import Conflict, ValidationFailed
from docket.core.text import clean_name, normalise_name


def create_user(*, email, name, password):
    if selectors.find_user(email=email) is not None:
        raise Conflict("This address is already in use.", code="email_taken", field="email")
    return User.objects.create_user(email, clean_name(name), password)


def issue_token(*, email, password):
    user = authenticate(username=email.strip().lower(), password=password)
    if user is None:
        raise ValidationFailed("Wrong address or password.", code="wrong_credentials")
    token, _ = Token.objects.get_or_create(user=user)
    return token


@transaction.atomic
def create_organisation(*, name, actor):
    if selectors.organisation_name_taken(name=name):
        raise Conflict("This name is already in use.", code="name_taken", field="name")
    organisation = Organisation.objects.create(name=clean_name(name), name_key=normalise_name(name))
    OrganisationMember.objects.create(
        organisation=organisation, user=actor, role=OrganisationRole.ADMIN
    )
    record_event(action="organisation.created", actor=actor, subject=organisation)
    return organisation


@transaction.atomic
def add_organisation_member(*, organisation, user, role, actor):
    if selectors.organisation_role(organisation=organisation, user=user) is not None:
        raise Conflict("This person is already a member.", code="already_member", field="email")
    member = OrganisationMember.objects.create(organisation=organisation, user=user, role=role)
    record_event(
        action="organisation.member_added",
        actor=actor,
        subject=organisation,
        data={"user": user.public_id, "role": role},
    )
    return member
