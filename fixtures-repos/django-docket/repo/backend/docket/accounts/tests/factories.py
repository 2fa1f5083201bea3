from itertools import count

from docket.accounts.models import Organisation, OrganisationMember, OrganisationRole, User
from docket.core.text import normalise_name

sequence = count(1)


def make_user(*, email=None, name="Ana Reyes", password="pass-phrase", **extra):
    email = email or f"person{next(sequence)}@harrow.test"
    return User.objects.create_user(email, name, password, **extra)


def make_organisation(*, name=None, **extra):
    name = name or f"Office {next(sequence)}"
    return Organisation.objects.create(name=name, name_key=normalise_name(name), **extra)


def make_seat(*, organisation, user=None, role=OrganisationRole.STAFF):
    user = user or make_user()
    return OrganisationMember.objects.create(organisation=organisation, user=user, role=role)
