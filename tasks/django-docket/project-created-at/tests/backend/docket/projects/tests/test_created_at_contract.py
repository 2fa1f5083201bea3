from datetime import datetime, timedelta, timezone
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext

from docket.accounts.tests.factories import make_seat
from docket.projects.models import Project
from docket.projects.tests.factories import make_project

BEFORE = ("projects", "0006_add_membership_added_by")
FROZEN = "2026-03-09T08:30:15.250Z"


@pytest.fixture
def client(organisation, owner, api):
    make_seat(organisation=organisation, user=owner)
    return api(owner)


@pytest.fixture
def created(client, organisation, frozen_clock):
    answer = client.post(
        "/api/projects/", {"organisation": organisation.public_id, "name": "Quay Road"}
    )
    assert answer.status_code == 201
    return answer.json()


@pytest.fixture
def url(created):
    return f"/api/projects/{created['id']}/"


def list_items(client):
    return client.get("/api/projects/").json()["items"]


def test_create_answers_with_the_time_of_the_clock(created):
    assert created["created_at"] == FROZEN
    stored = Project.objects.get(public_id=created["id"]).created_at
    assert stored == datetime(2026, 3, 9, 8, 30, 15, 250000, tzinfo=timezone.utc)


def test_detail_shows_created_at(client, url, frozen_clock):
    frozen_clock.advance(days=2)
    assert client.get(url).json()["created_at"] == FROZEN


def test_list_shows_created_at_of_each_project(client, organisation, created, frozen_clock):
    frozen_clock.advance(hours=20, milliseconds=7)
    client.post("/api/projects/", {"organisation": organisation.public_id, "name": "Ash Court"})
    shown = [(item["name"], item["created_at"]) for item in list_items(client)]
    assert shown == [("Ash Court", "2026-03-10T04:30:15.257Z"), ("Quay Road", FROZEN)]


def test_list_takes_as_many_queries_for_many_projects(organisation, owner, api):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            items = list_items(api(owner))
        assert all(item["created_at"].endswith("Z") for item in items)
        return len(captured), len(items)

    make_project(organisation=organisation, owner=owner)
    few, one = queries()
    for _ in range(8):
        make_project(organisation=organisation, owner=owner)
    many, nine = queries()
    assert (one, nine) == (1, 9)
    assert many == few


def test_created_at_is_ignored_on_create(client, organisation, frozen_clock):
    answer = client.post(
        "/api/projects/",
        {
            "organisation": organisation.public_id,
            "name": "Ash Court",
            "created_at": "2001-01-01T00:00:00.000Z",
        },
    )
    assert answer.status_code == 201
    assert answer.json()["created_at"] == FROZEN
    assert list_items(client)[0]["created_at"] == FROZEN


def test_created_at_is_ignored_in_a_change(client, url, frozen_clock):
    frozen_clock.advance(days=1)
    answer = client.patch(url, {"name": "Quay Street", "created_at": "2001-01-01T00:00:00.000Z"})
    assert answer.status_code == 200
    assert answer.json()["name"] == "Quay Street"
    assert answer.json()["created_at"] == FROZEN
    client.patch(url, {"created_at": "2001-01-01T00:00:00.000Z"})
    assert client.get(url).json()["created_at"] == FROZEN


def test_created_at_is_kept_through_changes(client, url, frozen_clock):
    for send in (
        lambda: client.patch(url, {"name": "Quay Street"}),
        lambda: client.patch(url, {"description": "Two bays.", "reference": "QS-1"}),
        lambda: client.post(f"{url}archive/"),
        lambda: client.post(f"{url}restore/"),
    ):
        frozen_clock.advance(days=1)
        answer = send()
        assert answer.status_code == 200
        assert answer.json()["created_at"] == FROZEN
        assert client.get(url).json()["created_at"] == FROZEN


def test_created_at_is_kept_by_a_full_save(client, url, created, frozen_clock):
    frozen_clock.advance(days=1)
    Project.objects.get(public_id=created["id"]).save()
    assert client.get(url).json()["created_at"] == FROZEN


def test_created_at_is_required_and_migrations_agree_with_the_models(db):
    assert Project._meta.get_field("created_at").null is False
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO(), stderr=StringIO())


def executor():
    return MigrationExecutor(connection)


def leaf():
    return executor().loader.graph.leaf_nodes("projects")


def historical_models():
    loader = executor().loader
    others = [node for node in loader.graph.leaf_nodes() if node[0] != "projects"]
    return loader.project_state([*others, BEFORE]).apps


@pytest.fixture
def migrate(transactional_db):
    yield lambda targets: executor().migrate(targets)
    last = executor()
    last.migrate(last.loader.graph.leaf_nodes())


@pytest.fixture
def old(migrate):
    migrate([BEFORE])
    return historical_models()


@pytest.fixture
def old_project(old):
    organisation = old.get_model("accounts", "Organisation").objects.create(
        name="Harrow", name_key="harrow"
    )

    def make(name, **extra):
        return old.get_model("projects", "Project").objects.create(
            organisation=organisation, name=name, name_key=name.lower(), **extra
        )

    return make


@pytest.fixture
def old_event(old):
    def make(project, action, moment, *, subject=None):
        return old.get_model("core", "AuditEvent").objects.create(
            action=action,
            subject_type=action.split(".")[0],
            subject_id=subject or project.public_id,
            project_ref=project.public_id,
            created_at=moment,
        )

    return make


def stamps():
    return dict(Project.objects.values_list("name", "created_at"))


def test_existing_projects_get_the_time_of_their_oldest_event(migrate, old_project, old_event):
    first = datetime(2025, 2, 3, 10, 15, 0, 125000, tzinfo=timezone.utc)
    second = datetime(2025, 6, 7, 18, 45, 30, 500000, tzinfo=timezone.utc)
    mill, quay = old_project("Mill"), old_project("Quay", status="archived", archived_at=second)
    for project, start in ((mill, first), (quay, second)):
        old_event(project, "project.updated", start + timedelta(days=9))
        old_event(project, "project.created", start)
        old_event(project, "document.uploaded", start + timedelta(days=3), subject="doc_1")
    migrate(leaf())
    assert stamps() == {"Mill": first, "Quay": second}


def test_projects_older_than_the_trail_get_the_time_of_the_first_event_they_have(
    migrate, old_project, old_event
):
    first = datetime(2024, 11, 5, 7, 0, 0, 1000, tzinfo=timezone.utc)
    mill, quay = old_project("Mill"), old_project("Quay")
    old_event(mill, "project.updated", first + timedelta(days=40))
    old_event(mill, "document.uploaded", first, subject="doc_1")
    old_event(quay, "project.archived", first + timedelta(days=7))
    migrate(leaf())
    assert stamps() == {"Mill": first, "Quay": first + timedelta(days=7)}


def test_projects_without_events_get_the_moment_of_the_migration(
    migrate, old, old_project, old_event, frozen_clock
):
    first = datetime(2025, 2, 3, 10, 15, tzinfo=timezone.utc)
    old_project("Mill")
    old_event(old_project("Quay"), "project.created", first)
    old.get_model("core", "AuditEvent").objects.create(
        action="organisation.created",
        subject_type="organisation",
        subject_id="org_1",
        created_at=first - timedelta(days=1),
    )
    moment = frozen_clock.advance(days=100)
    migrate(leaf())
    assert stamps() == {"Mill": moment, "Quay": first}


def test_projects_survive_the_migration_in_both_directions(migrate, old_project, old_event):
    first = datetime(2025, 2, 3, 10, 15, tzinfo=timezone.utc)
    mill = old_project("Mill", reference="ML-1", description="Two bays.")
    old_event(mill, "project.created", first)
    columns = ["pk", "public_id", "organisation", "name", "name_key", "reference", "description"]
    kept = (mill.pk, mill.public_id, mill.organisation_id, "Mill", "mill", "ML-1", "Two bays.")
    migrate(leaf())
    assert Project.objects.values_list(*columns).get() == kept
    assert stamps() == {"Mill": first}
    migrate([BEFORE])
    old_projects = historical_models().get_model("projects", "Project").objects
    assert old_projects.values_list(*columns).get() == kept
    migrate(leaf())
    assert stamps() == {"Mill": first}


def test_projects_can_be_migrated_before_the_rest(migrate):
    migrate([BEFORE])
    migrate([("core", None)])
    migrate(leaf())
    assert stamps() == {}
