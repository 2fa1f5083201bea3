from docket.accounts.models import Organisation, OrganisationMember, OrganisationRole, User
from docket.core.errors import NotFound
from docket.core.text import normalise_name


def find_user(*, email):
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()


def get_user(*, email):
    user = find_user(email=email)
    if user is None:
        raise NotFound("There is no active user with this address.", field="email")
    return user


def list_organisations(*, user):
    return Organisation.objects.filter(members__user=user)


def get_organisation(*, user, organisation_id):
    organisation = list_organisations(user=user).filter(public_id=organisation_id).first()
    if organisation is None:
        raise NotFound("Organisation not found.")
    return organisation


def organisation_name_taken(*, name):
    return Organisation.objects.filter(name_key=normalise_name(name)).exists()


def organisation_role(*, organisation, user):
    return (
        OrganisationMember.objects.filter(organisation=organisation, user=user)
        .values_list("role", flat=True)
        .first()
    )


def is_organisation_admin(*, organisation, user):
    return organisation_role(organisation=organisation, user=user) == OrganisationRole.ADMIN


def list_organisation_members(*, organisation):
    return OrganisationMember.objects.filter(organisation=organisation).select_related("user")
