import pytest

from docket.accounts.models import OrganisationRole
from docket.accounts.tests.factories import make_seat


@pytest.fixture
def staff(organisation, api):
    return api(make_seat(organisation=organisation, role=OrganisationRole.STAFF).user)


@pytest.fixture
def create_project(organisation, staff):
    def run(name):
        body = {"organisation": organisation.public_id, "name": name}
        return staff.post("/api/projects/", body)

    return run


@pytest.fixture
def tags_are_one(organisation, staff):
    url = f"/api/organisations/{organisation.public_id}/tags/"

    def run():
        assert staff.post(url, {"name": "Étude"}).status_code == 201
        assert staff.post(url, {"name": "Etude"}).status_code == 409

    return run


def test_projects_that_differ_in_accents_are_two_while_tags_are_one(
    create_project, staff, tags_are_one
):
    tags_are_one()
    assert create_project("Étude").status_code == 201
    assert create_project("Etude").status_code == 201
    assert create_project("ÉTUDE").json()["error"]["code"] == "name_taken"
    names = [item["name"] for item in staff.get("/api/projects/").json()["items"]]
    assert sorted(names) == ["Etude", "Étude"]


def test_project_takes_the_name_of_another_with_accents(create_project, staff, tags_are_one):
    tags_are_one()
    create_project("Étude")
    other = create_project("Plan").json()
    answer = staff.patch(f"/api/projects/{other['id']}/", {"name": "Etude"})
    assert answer.status_code == 200


def test_search_tells_accents_apart(create_project, staff, tags_are_one):
    tags_are_one()
    create_project("Étude")
    create_project("Etude")

    def found(query):
        items = staff.get("/api/projects/", {"q": query}).json()["items"]
        return [item["name"] for item in items]

    assert found("ETUDE") == ["Etude"]
    assert found("étude") == ["Étude"]


def test_organisations_that_differ_in_accents_are_two_while_tags_are_one(staff, tags_are_one):
    tags_are_one()
    assert staff.post("/api/organisations/", {"name": "Bureau Étude"}).status_code == 201
    assert staff.post("/api/organisations/", {"name": "Bureau Etude"}).status_code == 201
    assert staff.post("/api/organisations/", {"name": "BUREAU ÉTUDE"}).status_code == 409
