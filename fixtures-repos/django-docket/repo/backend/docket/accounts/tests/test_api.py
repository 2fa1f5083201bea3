from docket.accounts.models import OrganisationRole
from docket.accounts.tests.factories import make_organisation, make_seat, make_user
from docket.core.tests.clock import FrozenClock


def test_token_opens_the_api(owner, api):
    client = api()
    answer = client.post(
        "/api/auth/token/", {"email": "OWNER@harrow.test", "password": "pass-phrase"}
    )
    assert answer.status_code == 200
    client.credentials(HTTP_AUTHORIZATION=f"Token {answer.json()['token']}")
    assert client.get("/api/me/").json()["id"] == owner.public_id


def test_token_refuses_a_wrong_password(owner, api):
    answer = api().post("/api/auth/token/", {"email": owner.email, "password": "nope"})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "wrong_credentials"


def test_me_shows_the_signed_in_person(db, api):
    with FrozenClock():
        user = make_user(name="Ana Reyes")
    assert api(user).get("/api/me/").json() == {
        "id": user.public_id,
        "name": "Ana Reyes",
        "email": user.email,
        "created_at": "2026-03-09T08:30:15.250Z",
    }


def test_organisation_creator_becomes_administrator(owner, api):
    client = api(owner)
    body = client.post("/api/organisations/", {"name": "  Pike   Partners "}).json()
    assert body["name"] == "Pike Partners"
    members = client.get(f"/api/organisations/{body['id']}/members/").json()["items"]
    assert [(item["user"]["id"], item["role"]) for item in members] == [(owner.public_id, "admin")]


def test_organisation_name_is_unique_after_normalising(organisation, owner, api):
    answer = api(owner).post("/api/organisations/", {"name": "HARROW  &  PIKE"})
    assert answer.status_code == 409
    assert answer.json()["error"]["field"] == "name"


def test_organisation_list_shows_own_offices_only(organisation, owner, api):
    make_seat(organisation=organisation, user=owner)
    make_organisation()
    items = api(owner).get("/api/organisations/").json()["items"]
    assert [item["id"] for item in items] == [organisation.public_id]


def test_organisation_of_others_is_404(organisation, owner, api):
    answer = api(owner).get(f"/api/organisations/{organisation.public_id}/members/")
    assert answer.status_code == 404


def test_member_is_added_by_an_administrator(organisation, owner, api):
    make_seat(organisation=organisation, user=owner, role=OrganisationRole.ADMIN)
    guest = make_user()
    answer = api(owner).post(
        f"/api/organisations/{organisation.public_id}/members/",
        {"email": guest.email.upper(), "role": "guest"},
    )
    assert answer.status_code == 201
    assert answer.json()["user"]["id"] == guest.public_id


def test_member_cannot_be_added_by_staff(organisation, owner, api):
    make_seat(organisation=organisation, user=owner)
    answer = api(owner).post(
        f"/api/organisations/{organisation.public_id}/members/",
        {"email": make_user().email, "role": "guest"},
    )
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "permission_denied"


def test_member_needs_an_account(organisation, owner, api):
    make_seat(organisation=organisation, user=owner, role=OrganisationRole.ADMIN)
    answer = api(owner).post(
        f"/api/organisations/{organisation.public_id}/members/",
        {"email": "nobody@harrow.test", "role": "guest"},
    )
    assert answer.status_code == 404
    assert answer.json()["error"]["field"] == "email"
