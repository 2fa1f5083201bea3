from hashlib import sha256
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from docket.accounts.models import Organisation
from docket.accounts.tests.factories import make_seat
from docket.core.text import normalise_name
from docket.projects import migrations
from docket.projects.models import Project

PARENT = ("projects", "0006_add_membership_added_by")
GIVEN = ["0007_fill_project_reference"]
KEYED = [
    "0007_add_project_reference_key",
    "0008_fill_project_reference_key",
    "0009_unique_project_reference_key",
]
PRODUCTION, STAGING = GIVEN, KEYED
RELEASED = {
    "0006_add_membership_added_by": "2ed46711a3efc165741d311ac6c8d34f",
    "0007_add_project_reference_key": "f409e83081ab5bced6d6270fdc169299",
    "0007_fill_project_reference": "ece0bf6ed9d5430ba4b90f36ca926578",
    "0008_fill_project_reference_key": "351a389355b13c98b103441a2ff10910",
    "0009_unique_project_reference_key": "93cf1a817665cd1990fbd37f8da58359",
}
COLUMNS = [
    field.attname
    for field in Project._meta.concrete_fields
    if field.name not in ("reference", "reference_key")
]


def executor():
    return MigrationExecutor(connection)


class Database:
    def __init__(self):
        executor().migrate([PARENT])
        loader = executor().loader
        others = [node for node in loader.graph.leaf_nodes() if node[0] != "projects"]
        self.state = loader.project_state([*others, PARENT])

    def run(self, names):
        for name in names:
            module = import_module(f"docket.projects.migrations.{name}")
            migration = module.Migration(name, "projects")
            with connection.schema_editor(atomic=True) as editor:
                self.state = migration.apply(self.state, editor)
            MigrationRecorder(connection).record_applied("projects", name)

    def office(self, name="Harrow"):
        offices = self.state.apps.get_model("accounts", "Organisation").objects
        return offices.create(name=name, name_key=name.lower())

    def project(self, office, name, reference="", **extra):
        projects = self.state.apps.get_model("projects", "Project").objects
        return projects.create(
            organisation_id=office.pk,
            name=name,
            name_key=name.lower(),
            reference=reference,
            **extra,
        )

    def rows(self):
        return list(Project.objects.order_by("pk").values_list(*COLUMNS))

    def release(self):
        call_command("migrate", verbosity=0, interactive=False)


@pytest.fixture
def database(transactional_db):
    yield Database()
    if connection.in_atomic_block:
        connection.close()
        connection.connect()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM projects_membership")
        cursor.execute("DELETE FROM projects_project")
    last = executor()
    last.migrate(last.loader.graph.leaf_nodes())


def references():
    return dict(Project.objects.values_list("name", "reference"))


def assert_every_reference_has_its_key():
    for office in Organisation.objects.all():
        keys, plain = [], set()
        for project in Project.objects.filter(organisation=office):
            wanted = normalise_name(project.reference)
            assert wanted
            assert project.reference_key in (wanted, f"{wanted} {project.pk}")
            keys.append(project.reference_key)
            plain.add(wanted)
        assert len(set(keys)) == len(keys)
        assert plain <= set(keys)


def test_history_has_one_end_in_each_app(db):
    loader = executor().loader
    assert loader.detect_conflicts() == {}
    assert len(loader.graph.leaf_nodes("projects")) == 1


def test_models_and_migrations_agree(db):
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO(), stderr=StringIO())


@pytest.mark.parametrize("name", RELEASED)
def test_released_migration_is_as_it_was(db, name):
    path = Path(migrations.__file__).with_name(f"{name}.py")
    assert sha256(path.read_bytes()).hexdigest()[:32] == RELEASED[name]


def test_production_goes_forward_and_keeps_its_references(database):
    office, other = database.office(), database.office("Pike")
    database.project(office, "Mill", status="archived")
    database.project(office, "Quay", "HF-2041", description="Two bays.")
    database.project(office, "Ash", "hf-2041")
    database.project(other, "Mill")
    database.run(PRODUCTION)
    database.project(office, "Dock", "P-2")
    before = database.rows()
    database.release()
    assert database.rows() == before
    assert references() == {"Mill": "P-1", "Quay": "HF-2041", "Ash": "hf-2041", "Dock": "P-2"}
    assert_every_reference_has_its_key()


def test_staging_goes_forward_and_every_project_gets_its_key(database):
    office, other = database.office(), database.office("Pike")
    database.project(office, "Mill", status="archived")
    database.project(office, "Quay", "HF-2041", description="Two bays.")
    database.project(office, "Ash", "hf-2041")
    database.project(other, "Weir")
    database.run(STAGING)
    database.project(office, "Dock")
    database.project(office, "Lock", "LK-7", reference_key="lk-7")
    before = database.rows()
    database.release()
    assert database.rows() == before
    assert references() == {
        "Mill": "P-1",
        "Quay": "HF-2041",
        "Ash": "hf-2041",
        "Weir": "P-1",
        "Dock": "P-2",
        "Lock": "LK-7",
    }
    assert_every_reference_has_its_key()


def test_staging_goes_forward_where_a_given_reference_meets_a_chosen_one(database):
    office = database.office()
    database.project(office, "Mill")
    database.project(office, "Quay")
    database.project(office, "Ash", "p-1")
    database.run(STAGING)
    database.project(office, "Dock", "ｐ-2", reference_key="p-2")
    database.release()
    assert references() == {"Mill": "P-1", "Quay": "P-2", "Ash": "p-1", "Dock": "ｐ-2"}
    assert_every_reference_has_its_key()


def test_staging_goes_forward_where_chosen_references_were_equal(database):
    office, other = database.office(), database.office("Pike")
    for name in ("Mill", "Quay", "Ash"):
        database.project(office, name, "HF 1")
    database.project(other, "Weir", "hf 1")
    database.project(other, "Dock")
    database.run(STAGING)
    database.release()
    assert_every_reference_has_its_key()
    assert references()["Dock"] == "P-1"


def test_staging_goes_forward_with_references_that_were_written_in_the_admin(database):
    office, other = database.office(), database.office("Pike")
    database.project(office, "Mill")
    database.run(STAGING)
    database.project(office, "Quay", "HF-1")
    database.project(office, "Ash", "hf-1")
    database.project(office, "Dock", "HF-1", reference_key="hf-1")
    database.project(other, "Weir", "HF-1")
    database.release()
    assert references() == {
        "Mill": "P-1",
        "Quay": "HF-1",
        "Ash": "hf-1",
        "Dock": "HF-1",
        "Weir": "HF-1",
    }
    assert_every_reference_has_its_key()


def test_staging_goes_forward_with_equal_references_of_the_admin(database):
    office = database.office()
    database.run(STAGING)
    database.project(office, "Quay", "HF  1")
    database.project(office, "Ash", "hf 1")
    database.release()
    assert references() == {"Quay": "HF  1", "Ash": "hf 1"}
    assert_every_reference_has_its_key()


def test_database_with_neither_branch_goes_forward(database):
    office = database.office()
    database.project(office, "Mill")
    database.project(office, "Quay", "p-1")
    database.project(office, "Ash", "P-1")
    database.release()
    assert references() == {"Mill": "P-2", "Quay": "p-1", "Ash": "P-1"}
    assert_every_reference_has_its_key()


@pytest.mark.parametrize("branch", [PRODUCTION, STAGING], ids=["production", "staging"])
def test_equal_keys_are_refused_by_the_database(database, branch):
    database.office()
    database.run(branch)
    database.release()
    office = Organisation.objects.get()
    Project.objects.create(organisation=office, name="A", name_key="a", reference_key="p-1")
    with pytest.raises(IntegrityError):
        Project.objects.create(organisation=office, name="B", name_key="b", reference_key="p-1")


@pytest.mark.parametrize("branch", [PRODUCTION, STAGING], ids=["production", "staging"])
def test_given_references_are_not_given_again(database, branch, api):
    database.project(database.office(), "Mill")
    database.run(branch)
    database.release()
    office = Organisation.objects.get()
    client = api(make_seat(organisation=office).user)
    taken = {"organisation": office.public_id, "name": "Quay", "reference": "p-1"}
    answer = client.post("/api/projects/", taken)
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "reference_taken"
    answer = client.post("/api/projects/", {**taken, "reference": ""})
    assert answer.status_code == 201
    assert answer.json()["reference"] == "P-2"


@pytest.mark.parametrize("branch", [PRODUCTION, STAGING], ids=["production", "staging"])
def test_projects_survive_the_way_back_and_forward_again(database, branch):
    office = database.office()
    database.project(office, "Mill")
    database.project(office, "Quay", "p-1", description="Two bays.")
    database.run(branch)
    database.release()
    rows, given = database.rows(), references()
    executor().migrate([PARENT])
    database.release()
    assert (database.rows(), references()) == (rows, given)
    assert_every_reference_has_its_key()
