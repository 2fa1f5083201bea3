import pytest

from docket.accounts import services
from docket.accounts.models import OrganisationRole
from docket.accounts.tests.factories import make_seat, make_user
from docket.core.errors import Conflict
from docket.core.selectors import list_subject_events


def test_create_user_stores_the_address_in_lower_case(db):
    user = services.create_user(email=" Ana@Harrow.Test ", name=" Ana  Reyes", password="x")
    assert user.email == "ana@harrow.test"
    assert user.name == "Ana Reyes"
    assert user.check_password("x")


def test_create_user_refuses_a_used_address(owner):
    with pytest.raises(Conflict) as caught:
        services.create_user(email="OWNER@harrow.test", name="Other", password="x")
    assert caught.value.code == "email_taken"


def test_create_organisation_is_audited(owner):
    organisation = services.create_organisation(name="Pike", actor=owner)
    event = list_subject_events(subject=organisation).get()
    assert event.action == "organisation.created"
    assert event.actor == owner


def test_add_organisation_member_refuses_a_second_seat(organisation, owner):
    make_seat(organisation=organisation, user=owner)
    with pytest.raises(Conflict) as caught:
        services.add_organisation_member(
            organisation=organisation, user=owner, role=OrganisationRole.ADMIN, actor=owner
        )
    assert caught.value.code == "already_member"


def test_add_organisation_member_is_audited(organisation, owner):
    user = make_user()
    services.add_organisation_member(
        organisation=organisation, user=user, role=OrganisationRole.GUEST, actor=owner
    )
    event = list_subject_events(subject=organisation).get()
    assert event.data == {"user": user.public_id, "role": "guest"}
