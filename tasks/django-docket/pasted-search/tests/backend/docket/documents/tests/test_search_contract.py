import unicodedata
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from docket.accounts.models import Organisation
from docket.accounts.tests.factories import make_seat
from docket.documents import selectors, services
from docket.documents.models import Document

BEFORE = ("documents", "0010_fill_document_title_key")
PASTED = unicodedata.normalize("NFD", "Gebäudeübersicht")
WRITTEN = [
    pytest.param("Gebäudeübersicht", PASTED, id="pasted"),
    pytest.param("Gebäudeübersicht", "GEBÄUDEÜBERSICHT", id="capitals"),
    pytest.param("Gebäudeübersicht", PASTED.upper(), id="pasted capitals"),
    pytest.param("ÜBERSICHT", "übersicht", id="title in capitals"),
    pytest.param("Hafenstraße 4", "HAFENSTRASSE", id="sharp s in capitals"),
    pytest.param("Hafenstrasse 4", "hafenstraße", id="sharp s for ss"),
    pytest.param("Lageplan Nord", "lageplan   nord", id="more space"),
    pytest.param("Lageplan Nord", "Lageplan\tNord", id="tab"),
    pytest.param("Profil 7", "pro\ufb01l", id="ligature"),
    pytest.param("Blatt 12", "blatt\u00a0１２", id="wide digits"),
    pytest.param("Łódź, Żeromskiego", unicodedata.normalize("NFD", "ŻEROM"), id="polish"),
]


@pytest.fixture
def client(organisation, owner, project, api):
    return api(owner)


@pytest.fixture
def documents_url(project):
    return f"/api/projects/{project.public_id}/documents/"


@pytest.fixture
def tags_url(organisation):
    return f"/api/organisations/{organisation.public_id}/tags/"


@pytest.fixture
def upload(client, documents_url):
    def send(title, **extra):
        answer = client.post(documents_url, {"title": title, "content": "Draft", **extra})
        assert answer.status_code == 201
        return answer.json()

    return send


@pytest.fixture
def titles(client, documents_url):
    def found(query, **filters):
        answer = client.get(documents_url, {"q": query, **filters})
        assert answer.status_code == 200
        return [item["title"] for item in answer.json()["items"]]

    return found


@pytest.fixture
def names(client, tags_url):
    def found(query):
        answer = client.get(tags_url, {"q": query})
        assert answer.status_code == 200
        return [item["name"] for item in answer.json()["items"]]

    return found


@pytest.mark.parametrize(("title", "query"), WRITTEN)
def test_document_is_found_however_its_title_is_written(upload, titles, title, query):
    upload(title)
    upload("Survey of the east quay")
    assert titles(query) == [title]


@pytest.mark.parametrize(("name", "query"), WRITTEN)
def test_tag_is_found_however_its_name_is_written(client, tags_url, names, name, query):
    for each in (name, "Survey"):
        assert client.post(tags_url, {"name": each}).status_code == 201
    assert names(query) == [name]


@pytest.mark.parametrize(("name", "query"), WRITTEN)
def test_project_is_found_however_its_name_is_written(client, organisation, name, query):
    new = {"organisation": organisation.public_id, "name": name}
    assert client.post("/api/projects/", new).status_code == 201
    items = client.get("/api/projects/", {"q": query}).json()["items"]
    assert [item["name"] for item in items] == [name]


def test_title_that_was_pasted_is_found(upload, titles):
    assert upload(PASTED)["title"] == "Gebäudeübersicht"
    assert titles("gebäudeübersicht") == ["Gebäudeübersicht"]
    assert titles(PASTED) == ["Gebäudeübersicht"]


def test_part_of_a_title_is_found(upload, titles):
    upload("Grundriss, Übersicht 2")
    assert titles(unicodedata.normalize("NFD", "ÜBER")) == ["Grundriss, Übersicht 2"]


def test_accents_still_tell_titles_apart(upload, titles):
    upload("Bar plan")
    upload("Bär plan")
    assert titles(unicodedata.normalize("NFD", "BÄR")) == ["Bär plan"]
    assert titles("BAR") == ["Bar plan"]


@pytest.mark.parametrize("query", ["%", "_", "Gebäude%", "[a-z]+", "."])
def test_signs_are_taken_literally(upload, titles, names, client, tags_url, query):
    upload("Gebäudeübersicht")
    client.post(tags_url, {"name": "Gebäude"})
    assert titles(query) == []
    assert names(query) == []


@pytest.mark.parametrize("query", ["", "  "])
def test_empty_query_lists_all(upload, titles, names, client, tags_url, query):
    upload("Lease")
    client.post(tags_url, {"name": "Survey"})
    assert titles(query) == ["Lease"]
    assert names(query) == ["Survey"]


def test_query_goes_with_the_other_filters(client, tags_url, upload, titles):
    tag = client.post(tags_url, {"name": "Survey"}).json()
    marked = upload("Übersicht Nord")
    upload("Übersicht Süd")
    put = client.put(f"/api/documents/{marked['id']}/tags/", {"tags": [tag["id"]]})
    assert put.status_code == 200
    assert titles("ÜBERSICHT", tag=tag["id"]) == ["Übersicht Nord"]
    assert titles("ÜBERSICHT", status="queued") == ["Übersicht Süd", "Übersicht Nord"]
    assert titles("ÜBERSICHT", status="failed") == []


def test_found_documents_are_newest_first_on_all_pages(client, documents_url, upload, frozen_clock):
    for number in range(5):
        upload(f"Übersicht {number}")
        upload(f"Lease {number}")
        frozen_clock.advance(seconds=1)
    found, cursor = [], None
    for _ in range(3):
        query = {"q": unicodedata.normalize("NFD", "ÜBERSICHT"), "limit": 2}
        page = client.get(documents_url, {**query, **({"cursor": cursor} if cursor else {})}).json()
        found += [item["title"] for item in page["items"]]
        cursor = page["page"]["next"]
    assert found == [f"Übersicht {number}" for number in (4, 3, 2, 1, 0)]
    assert cursor is None


def test_renamed_document_is_found_by_its_new_title_only(client, upload, titles):
    created = upload("Scan 0113")
    answer = client.patch(f"/api/documents/{created['id']}/", {"title": " Gebäude  übersicht"})
    assert answer.json()["title"] == "Gebäude übersicht"
    assert titles("gebäude übersicht") == ["Gebäude übersicht"]
    assert titles("scan") == []


def test_document_renamed_twice_is_found_by_its_last_title(client, upload, titles):
    created = upload("Scan 0113")
    for title in ("Lageplan", "ÜBERSICHT"):
        client.patch(f"/api/documents/{created['id']}/", {"title": title})
    assert titles("übersicht") == ["ÜBERSICHT"]
    assert titles("lageplan") == titles("scan") == []


def test_renaming_keeps_what_the_worker_has_written(upload, owner):
    created = upload("Scan 0113")
    document = selectors.get_document(user=owner, document_id=created["id"])
    Document.objects.filter(pk=document.pk).update(status="ready", page_count=4)
    services.rename_document(document=document, actor=owner, title="Übersicht")
    document = selectors.get_document(user=owner, document_id=created["id"])
    assert (document.title, document.status, document.page_count) == ("Übersicht", "ready", 4)


def test_imported_file_is_found(project, owner, titles, tmp_path):
    (tmp_path / unicodedata.normalize("NFD", "Übersicht.txt")).write_bytes(b"Draft")
    call_command(
        "import_folder", project.public_id, str(tmp_path), email=owner.email, stdout=StringIO()
    )
    assert titles(unicodedata.normalize("NFD", "ÜBERSICHT")) == ["Übersicht.txt"]


def test_models_and_migrations_agree(db):
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO(), stderr=StringIO())


def executor():
    return MigrationExecutor(connection)


@pytest.fixture
def old(transactional_db):
    executor().migrate([BEFORE])
    loader = executor().loader
    others = [node for node in loader.graph.leaf_nodes() if node[0] != "documents"]
    yield loader.project_state([*others, BEFORE]).apps
    last = executor()
    last.migrate(last.loader.graph.leaf_nodes())


@pytest.fixture
def old_office(old):
    offices = old.get_model("accounts", "Organisation").objects
    return offices.create(name="Harrow", name_key="harrow")


@pytest.fixture
def old_project(old, old_office):
    projects = old.get_model("projects", "Project").objects
    return projects.create(organisation=old_office, name="Mill Lane", name_key="mill lane")


@pytest.fixture
def old_document(old, old_project):
    def make(title, key, **extra):
        documents = old.get_model("documents", "Document").objects
        return documents.create(project=old_project, title=title, title_key=key, **extra)

    return make


def release():
    call_command("migrate", verbosity=0, interactive=False)


def test_documents_renamed_before_are_found_by_their_titles(old_project, old_document, api):
    old_document("Gebäudeübersicht", "scan 0113", status="ready")
    old_document("HAFENSTRASSE 4", "lageplan", status="failed")
    old_document("ÄNDERUNG Süd", "lageplan 2")
    old_document("Übersicht", "übersicht")
    old_document("Lease", "lease")
    release()
    office = Organisation.objects.get()
    client = api(make_seat(organisation=office, role="admin").user)

    def titles(query):
        url = f"/api/projects/{old_project.public_id}/documents/"
        return [item["title"] for item in client.get(url, {"q": query}).json()["items"]]

    assert titles(PASTED) == titles("GEBÄUDEÜBERSICHT") == ["Gebäudeübersicht"]
    assert titles("hafenstraße") == ["HAFENSTRASSE 4"]
    assert titles("änderung süd") == ["ÄNDERUNG Süd"]
    assert titles("ÜBERSICHT") == ["Übersicht", "Gebäudeübersicht"]
    assert titles("lease") == ["Lease"]
    assert titles("scan") == titles("lageplan") == []


def test_documents_keep_all_else_through_the_release(old_document, frozen_clock):
    old_document("Gebäudeübersicht", "scan 0113", status="ready", page_count=3)
    old_document("Lease", "lease", status="queued", filename="lease.txt", keywords=["roof"])
    columns = [
        field.attname for field in Document._meta.concrete_fields if field.name != "title_key"
    ]
    before = list(Document.objects.order_by("pk").values_list(*columns))
    frozen_clock.advance(days=3)
    release()
    assert list(Document.objects.order_by("pk").values_list(*columns)) == before
