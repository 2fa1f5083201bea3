from datetime import datetime, timedelta, timezone

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from docket.accounts.models import OrganisationRole
from docket.accounts.tests.factories import make_seat, make_user
from docket.documents.models import Document
from docket.documents.tests.factories import make_comment, make_document, make_version
from docket.projects.models import Project
from docket.projects.tests.factories import make_editor, make_project, make_viewer

OLD = [("projects", "0006_add_membership_added_by")]


def moment_of(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)


@pytest.fixture
def url(project):
    return f"/api/projects/{project.public_id}/"


@pytest.fixture
def archive(owner, url, api, frozen_clock):
    def run(moment):
        frozen_clock.moment = moment_of(moment)
        answer = api(owner).post(f"{url}archive/")
        assert answer.status_code == 200
        return answer.json()

    return run


@pytest.fixture
def due(archive, frozen_clock):
    frozen_clock.moment = moment_of(archive("2023-09-11T09:00:00.000Z")["purgeable_from"])
    return frozen_clock


@pytest.fixture
def upgrade(transactional_db):
    executor = MigrationExecutor(connection)
    executor.migrate(OLD)
    old = executor.loader.project_state(OLD).apps

    def run():
        latest = MigrationExecutor(connection)
        latest.migrate(latest.loader.graph.leaf_nodes())

    yield old, run
    run()


def actions(client, url):
    items = client.get(f"{url}activity/", {"limit": 100}).json()["items"]
    return [(item["action"], item["data"]) for item in items]


@pytest.mark.parametrize(
    ("archived_at", "expected"),
    [
        ("2026-03-11T09:00:00.000Z", "2028-09-11T22:00:00.000Z"),
        ("2024-03-12T09:00:00.000Z", "2026-09-14T22:00:00.000Z"),
        ("2025-07-12T09:00:00.000Z", "2028-01-12T23:00:00.000Z"),
        ("2025-06-30T09:00:00.000Z", "2027-12-30T23:00:00.000Z"),
        ("2025-07-01T09:00:00.000Z", "2028-01-03T23:00:00.000Z"),
        ("2025-01-15T09:00:00.000Z", "2027-07-15T22:00:00.000Z"),
        ("2025-12-15T09:00:00.000Z", "2028-06-15T22:00:00.000Z"),
        ("2023-09-11T09:00:00.000Z", "2026-03-11T23:00:00.000Z"),
        ("2024-02-29T09:00:00.000Z", "2026-08-31T22:00:00.000Z"),
    ],
    ids=[
        "monday",
        "saturday-a",
        "winter",
        "december",
        "january",
        "summer",
        "archived-in-december",
        "march",
        "leap-day",
    ],
)
def test_period_is_thirty_months(archive, archived_at, expected):
    assert archive(archived_at)["purgeable_from"] == expected


@pytest.mark.parametrize(
    ("archived_at", "expected"),
    [
        ("2025-08-29T09:00:00.000Z", "2028-02-29T23:00:00.000Z"),
        ("2025-08-30T09:00:00.000Z", "2028-02-29T23:00:00.000Z"),
        ("2025-08-31T09:00:00.000Z", "2028-02-29T23:00:00.000Z"),
        ("2026-08-28T09:00:00.000Z", "2029-02-28T23:00:00.000Z"),
        ("2026-08-29T09:00:00.000Z", "2029-02-28T23:00:00.000Z"),
        ("2026-08-31T09:00:00.000Z", "2029-02-28T23:00:00.000Z"),
        ("2023-12-31T09:00:00.000Z", "2026-06-30T22:00:00.000Z"),
        ("2024-03-31T09:00:00.000Z", "2026-09-30T22:00:00.000Z"),
        ("2026-03-31T09:00:00.000Z", "2028-10-02T22:00:00.000Z"),
        ("2024-08-31T09:00:00.000Z", "2027-03-01T23:00:00.000Z"),
    ],
    ids=[
        "leap-29",
        "leap-30",
        "leap-31",
        "february-28",
        "february-29",
        "february-31",
        "june",
        "september",
        "saturday-30",
        "sunday-28",
    ],
)
def test_short_months_end_with_their_last_day(archive, archived_at, expected):
    assert archive(archived_at)["purgeable_from"] == expected


@pytest.mark.parametrize(
    ("archived_at", "expected"),
    [
        ("2026-03-08T09:00:00.000Z", "2028-09-08T22:00:00.000Z"),
        ("2026-03-09T09:00:00.000Z", "2028-09-11T22:00:00.000Z"),
        ("2026-03-10T09:00:00.000Z", "2028-09-11T22:00:00.000Z"),
        ("2026-03-11T09:00:00.000Z", "2028-09-11T22:00:00.000Z"),
        ("2026-03-12T09:00:00.000Z", "2028-09-12T22:00:00.000Z"),
    ],
    ids=["friday", "saturday", "sunday", "monday", "tuesday"],
)
def test_last_day_is_no_weekend(archive, archived_at, expected):
    assert archive(archived_at)["purgeable_from"] == expected


@pytest.mark.parametrize(
    ("archived_at", "expected"),
    [
        ("2026-06-14T21:59:59.999Z", "2028-12-14T23:00:00.000Z"),
        ("2026-06-14T22:00:00.000Z", "2028-12-15T23:00:00.000Z"),
        ("2026-12-14T22:59:59.999Z", "2029-06-14T22:00:00.000Z"),
        ("2026-12-14T23:00:00.000Z", "2029-06-15T22:00:00.000Z"),
        ("2025-12-31T22:30:00.000Z", "2028-06-30T22:00:00.000Z"),
        ("2025-12-31T23:30:00.000Z", "2028-07-03T22:00:00.000Z"),
    ],
    ids=["summer-before", "summer-after", "winter-before", "winter-after", "old-year", "new-year"],
)
def test_days_are_those_of_berlin(archive, archived_at, expected):
    assert archive(archived_at)["purgeable_from"] == expected


def test_project_shows_when_it_is_purgeable(archive, owner, url, api):
    assert api(owner).get(url).json()["purgeable_from"] is None
    shown = archive("2026-03-11T09:00:00.000Z")
    assert api(owner).get(url).json() == shown
    assert "purgeable_from" not in api(owner).get("/api/projects/").json()["items"][0]


def test_restored_project_begins_anew(archive, owner, url, api):
    archive("2023-09-11T09:00:00.000Z")
    assert api(owner).post(f"{url}restore/").json()["purgeable_from"] is None
    assert api(owner).get(url).json()["purgeable_from"] is None
    assert archive("2026-03-11T09:00:00.000Z")["purgeable_from"] == "2028-09-11T22:00:00.000Z"


def test_project_that_is_archived_already_has_the_same_period(upgrade, organisation, api):
    old, run = upgrade
    row = old.get_model("projects", "Project").objects.create(
        public_id="prj_0000000000000000",
        organisation_id=organisation.pk,
        name="Quay Road",
        name_key="quay road",
        status="archived",
        archived_at=moment_of("2023-09-11T09:00:00.000Z"),
    )
    run()
    admin = make_seat(organisation=organisation, role=OrganisationRole.ADMIN).user
    body = api(admin).get(f"/api/projects/{row.public_id}/").json()
    assert body["purgeable_from"] == "2026-03-11T23:00:00.000Z"


def test_purge_deletes_the_documents_of_the_project(project, owner, url, due, api):
    document = make_document(project=project, title="Lease")
    make_version(document=document)
    make_comment(document=document)
    make_document(project=project, title="Plan")
    other = make_document(project=make_project(owner=owner))
    answer = api(owner).post(f"{url}purge/")
    assert answer.status_code == 200
    body = answer.json()
    assert (body["id"], body["status"], body["document_count"]) == (
        project.public_id,
        "archived",
        0,
    )
    assert body == api(owner).get(url).json()
    assert list(Document.objects.all()) == [other]
    assert Project.objects.filter(pk=project.pk).exists()


def test_purge_is_on_the_activity_page(project, owner, url, due, api):
    make_document(project=project, title="Lease")
    make_document(project=project, title="Plan")
    api(owner).post(f"{url}purge/")
    found = actions(api(owner), url)
    assert sorted(data["title"] for action, data in found if action == "document.deleted") == [
        "Lease",
        "Plan",
    ]
    assert [data for action, data in found if action == "project.purged"] == [{"documents": 2}]


def test_purge_a_moment_too_early_is_409(project, owner, url, due, api):
    make_document(project=project)
    due.moment -= timedelta(milliseconds=1)
    answer = api(owner).post(f"{url}purge/")
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "retention_running"
    assert Document.objects.count() == 1
    assert "project.purged" not in [action for action, _ in actions(api(owner), url)]


@pytest.mark.parametrize("later", [timedelta(0), timedelta(milliseconds=1), timedelta(days=900)])
def test_purge_from_that_moment_on(project, owner, url, due, api, later):
    make_document(project=project)
    due.moment += later
    assert api(owner).post(f"{url}purge/").status_code == 200
    assert Document.objects.count() == 0


def test_purge_of_an_empty_project_is_409(project, owner, url, due, api):
    make_document(project=project)
    assert api(owner).post(f"{url}purge/").status_code == 200
    answer = api(owner).post(f"{url}purge/")
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "nothing_to_purge"
    purged = [data for action, data in actions(api(owner), url) if action == "project.purged"]
    assert purged == [{"documents": 1}]


def test_purge_of_an_active_project_is_409(project, owner, url, api):
    make_document(project=project)
    answer = api(owner).post(f"{url}purge/")
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "project_not_archived"
    assert Document.objects.count() == 1


def test_purge_of_a_restored_project_is_409(project, owner, url, due, api):
    make_document(project=project)
    api(owner).post(f"{url}restore/")
    answer = api(owner).post(f"{url}purge/")
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "project_not_archived"


@pytest.mark.parametrize("make_member", [make_editor, make_viewer])
def test_purge_is_for_owners(project, url, due, api, make_member):
    make_document(project=project)
    assert api(make_member(project)).post(f"{url}purge/").status_code == 403
    assert Document.objects.count() == 1


def test_purge_is_open_to_administrators_and_hidden_from_strangers(project, url, due, api):
    make_document(project=project)
    assert api(make_user()).post(f"{url}purge/").status_code == 404
    admin = make_seat(organisation=project.organisation, role=OrganisationRole.ADMIN).user
    assert api(admin).post(f"{url}purge/").status_code == 200


def test_document_of_an_archived_project_still_cannot_be_deleted_alone(project, owner, due, api):
    document = make_document(project=project)
    answer = api(owner).delete(f"/api/documents/{document.public_id}/")
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "project_archived"
    assert Document.objects.count() == 1
