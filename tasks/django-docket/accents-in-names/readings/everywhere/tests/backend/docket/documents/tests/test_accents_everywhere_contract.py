import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from docket.accounts.models import Organisation, OrganisationRole
from docket.accounts.tests.factories import make_seat
from docket.projects.models import Project

OLD = [
    ("accounts", "0005_unique_organisation_name_key"),
    ("projects", "0006_add_membership_added_by"),
    ("documents", "0008_index_document_status"),
]


@pytest.fixture
def upgrade(transactional_db):
    executor = MigrationExecutor(connection)
    executor.migrate(OLD)
    old = executor.loader.project_state(OLD).apps

    def run():
        latest = MigrationExecutor(connection)
        latest.migrate(latest.loader.graph.leaf_nodes())

    yield old, run
    if connection.in_atomic_block:
        connection.close()
        connection.connect()
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    run()


@pytest.fixture
def admin(organisation, api):
    return api(make_seat(organisation=organisation, role=OrganisationRole.ADMIN).user)


def create_project(client, organisation, name):
    return client.post("/api/projects/", {"organisation": organisation.public_id, "name": name})


def assert_taken(answer):
    assert answer.status_code == 409
    error = answer.json()["error"]
    assert (error["code"], error["field"]) == ("name_taken", "name")


def found(client, query):
    items = client.get("/api/projects/", {"q": query}).json()["items"]
    return sorted(item["name"] for item in items)


def test_project_that_differs_in_accents_is_taken(organisation, admin):
    answer = create_project(admin, organisation, "Étude Kraków")
    assert answer.status_code == 201
    assert answer.json()["name"] == "Étude Kraków"
    assert_taken(create_project(admin, organisation, "Etude KRAKOW"))
    assert create_project(admin, organisation, "Łódź").status_code == 201
    assert create_project(admin, organisation, "Lodz").status_code == 201


def test_project_cannot_be_renamed_to_a_taken_name(organisation, admin):
    create_project(admin, organisation, "Étude")
    other = create_project(admin, organisation, "Plan").json()
    assert_taken(admin.patch(f"/api/projects/{other['id']}/", {"name": "Etude"}))


def test_project_changes_the_accents_of_its_own_name(organisation, admin):
    project = create_project(admin, organisation, "Etude").json()
    answer = admin.patch(f"/api/projects/{project['id']}/", {"name": "Étude"})
    assert answer.status_code == 200
    assert answer.json()["name"] == "Étude"
    assert_taken(create_project(admin, organisation, "Etude"))


def test_search_does_not_tell_accents_apart(organisation, admin):
    create_project(admin, organisation, "Étude Kraków")
    create_project(admin, organisation, "Etude 2")
    assert found(admin, "etude") == ["Etude 2", "Étude Kraków"]
    assert found(admin, "ÉTUDE") == ["Etude 2", "Étude Kraków"]
    assert found(admin, "krakow") == ["Étude Kraków"]


def test_organisation_that_differs_in_accents_is_taken(admin):
    answer = admin.post("/api/organisations/", {"name": "Bureau Étude"})
    assert answer.status_code == 201
    assert answer.json()["name"] == "Bureau Étude"
    assert_taken(admin.post("/api/organisations/", {"name": "bureau etude"}))


@pytest.mark.parametrize(
    "names",
    [["Étude"], ["Plan", "Étude", "Ètude"], ["Étude", "Etude"], ["Etude", "Étude", "Ètude"]],
    ids=["one", "two-accents", "accent-first", "plain-first"],
)
def test_projects_that_are_there_already_count_and_stay(upgrade, organisation, admin, names):
    old, run = upgrade
    rows = [
        old.get_model("projects", "Project").objects.create(
            public_id=f"prj_{number:016d}",
            organisation_id=organisation.pk,
            name=name,
            name_key=name.casefold(),
        )
        for number, name in enumerate(names)
    ]
    run()
    assert [Project.objects.get(pk=row.pk).name for row in rows] == names
    assert_taken(create_project(admin, organisation, "Etude"))
    assert_taken(create_project(admin, organisation, "Étude"))


@pytest.mark.parametrize(
    "names",
    [["Étude"], ["Plan", "Étude", "Ètude"], ["Étude", "Etude"], ["Etude", "Étude", "Ètude"]],
    ids=["one", "two-accents", "accent-first", "plain-first"],
)
def test_organisations_that_are_there_already_count_and_stay(upgrade, admin, names):
    old, run = upgrade
    rows = [
        old.get_model("accounts", "Organisation").objects.create(
            public_id=f"org_{number:016d}", name=name, name_key=name.casefold()
        )
        for number, name in enumerate(names)
    ]
    run()
    assert [Organisation.objects.get(pk=row.pk).name for row in rows] == names
    assert_taken(admin.post("/api/organisations/", {"name": "Etude"}))
    assert_taken(admin.post("/api/organisations/", {"name": "Étude"}))


def test_projects_whose_names_were_told_apart_by_number_stay(upgrade, organisation, admin):
    old, run = upgrade
    projects = old.get_model("projects", "Project").objects
    for number, key in enumerate(["mill lane", "mill lane 2"]):
        projects.create(
            public_id=f"prj_{number:016d}",
            organisation_id=organisation.pk,
            name="Mill Lane",
            name_key=key,
        )
    run()
    assert found(admin, "mill lane") == ["Mill Lane", "Mill Lane"]
    assert_taken(create_project(admin, organisation, "Mîll Lané"))
