import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from docket.documents.models import Document, DocumentStatus, RunStatus
from docket.documents.tests.factories import (
    make_comment,
    make_document,
    make_run,
    make_tag,
    make_version,
)

EMPTY = {"code": "empty", "reason": "There is no text in the file."}
BROKEN = {"code": "internal", "reason": "Processing broke down."}


@pytest.fixture
def url(project):
    return f"/api/projects/{project.public_id}/documents/"


@pytest.fixture
def client(api, owner):
    return api(owner)


@pytest.fixture
def tags(organisation):
    return [make_tag(organisation=organisation, name=name) for name in ("zinc", "Ash", "birch")]


def make_failed_run(document, *, failure=EMPTY, version=None):
    return make_run(
        document=document,
        version=version or document.versions.first() or make_version(document=document),
        status=RunStatus.FAILED,
        failure_code=failure["code"],
        failure_reason=failure["reason"],
    )


def make_rich_document(project, tags, *, versions=2, runs=1, comments=2, **extra):
    document = make_document(project=project, status=DocumentStatus.FAILED, **extra)
    document.tags.set(tags)
    for number in range(1, versions + 1):
        make_version(document=document, number=number)
    for _ in range(runs):
        make_failed_run(document)
    for _ in range(comments):
        make_comment(document=document)
    return document


def queries_of(client, url, **query):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url, query)
    assert answer.status_code == 200
    return [entry["sql"] for entry in captured], answer.json()["items"]


def assert_same_number(fewer, more, *, sizes):
    (few, short), (many, long) = fewer, more
    assert (len(short), len(long)) == sizes
    assert len(many) == len(few)


@pytest.mark.parametrize(
    "query",
    [{}, {"status": "failed"}, {"q": "letter"}, {"limit": "100"}],
    ids=["all", "status", "title", "limit"],
)
def test_queries_do_not_grow_with_the_documents(client, url, project, tags, query):
    make_rich_document(project, tags)
    fewer = queries_of(client, url, **query)
    for _ in range(7):
        make_rich_document(project, tags)
    assert_same_number(fewer, queries_of(client, url, **query), sizes=(1, 8))


def test_queries_do_not_grow_with_documents_of_one_tag(client, url, project, tags):
    make_rich_document(project, tags)
    fewer = queries_of(client, url, tag=tags[0].public_id)
    for _ in range(4):
        make_rich_document(project, tags)
    more = queries_of(client, url, tag=tags[0].public_id)
    assert_same_number(fewer, more, sizes=(1, 5))
    assert all(len(item["tags"]) == 3 for item in more[1])


def test_queries_do_not_grow_with_failed_documents(client, url, project, owner):
    def make():
        document = make_document(project=project, status=DocumentStatus.FAILED)
        make_failed_run(document)
        document.runs.update(requested_by=owner)

    make()
    fewer = queries_of(client, url)
    for _ in range(3):
        make()
    more = queries_of(client, url)
    assert_same_number(fewer, more, sizes=(1, 4))
    assert [item["failure"] for item in more[1]] == [EMPTY] * 4


def test_queries_do_not_grow_with_what_documents_have(client, url, project, tags):
    make_rich_document(project, tags[:1], versions=1, runs=1, comments=1)
    make_rich_document(project, tags[:1], versions=1, runs=1, comments=1)
    few, _ = queries_of(client, url)
    for document in Document.objects.all():
        document.tags.set(tags)
        for number in (2, 3, 4):
            make_failed_run(document, version=make_version(document=document, number=number))
            make_comment(document=document)
    many, _ = queries_of(client, url)
    assert len(many) == len(few)


def test_queries_of_a_later_page_do_not_grow(client, url, project, tags):
    for _ in range(8):
        make_rich_document(project, tags)

    def second_page(limit):
        cursor = client.get(url, {"limit": limit}).json()["page"]["next"]
        return queries_of(client, url, limit=limit, cursor=cursor)

    assert_same_number(second_page(1), second_page(4), sizes=(1, 4))


def test_list_loads_no_contents(client, url, project, tags):
    for _ in range(2):
        make_rich_document(project, tags)
    queries, items = queries_of(client, url)
    assert len(items) == 2
    assert not [sql for sql in queries if '"content"' in sql]


def test_summary_is_what_it_was(client, url, project, tags, frozen_clock):
    document = make_rich_document(project, tags, title="Lease", versions=3, runs=2, comments=4)
    make_rich_document(project, tags[:2], title="Survey", versions=1, comments=0)
    items = client.get(url).json()["items"]
    assert [item["title"] for item in items] == ["Survey", "Lease"]
    assert items[1] == {
        "id": document.public_id,
        "title": "Lease",
        "status": "failed",
        "filename": "",
        "page_count": None,
        "tags": [{"id": tags[i].public_id, "name": tags[i].name} for i in (1, 2, 0)],
        "version_count": 3,
        "comment_count": 4,
        "stored_bytes": 3 * document.versions.first().size,
        "failure": EMPTY,
        "last_activity_at": "2026-03-09T08:30:15.250Z",
        "created_at": "2026-03-09T08:30:15.250Z",
    }


@pytest.mark.parametrize("comments", [0, 1, 3])
def test_versions_of_equal_and_of_different_sizes_are_added_up(client, url, project, comments):
    document = make_document(project=project)
    for number, content in enumerate((b"Draft", b"Final", b"Signed lease"), start=1):
        make_version(document=document, number=number, content=content)
    for _ in range(comments):
        make_comment(document=document)
    (item,) = client.get(url).json()["items"]
    assert item["stored_bytes"] == 22
    assert (item["version_count"], item["comment_count"]) == (3, comments)


def test_document_without_anything_has_zeros(client, url, project, tags):
    make_rich_document(project, tags)
    bare = make_document(project=project, status=DocumentStatus.FAILED)
    item = client.get(url).json()["items"][0]
    assert item["id"] == bare.public_id
    assert (item["stored_bytes"], item["version_count"], item["comment_count"]) == (0, 0, 0)
    assert (item["tags"], item["failure"]) == ([], None)


def test_stored_bytes_follow_the_versions(client, url, project):
    document = make_document(project=project)
    make_version(document=document, number=1, content=b"Draft")
    make_version(document=document, number=2, content=b"Final draft")
    assert client.get(url).json()["items"][0]["stored_bytes"] == 16
    removed = client.delete(f"/api/documents/{document.public_id}/versions/1/")
    assert removed.status_code == 204
    assert client.get(url).json()["items"][0]["stored_bytes"] == 11


def test_failure_is_that_of_the_latest_run(client, url, project, frozen_clock):
    document = make_document(project=project, status=DocumentStatus.FAILED)
    make_failed_run(document)
    frozen_clock.advance(seconds=1)
    make_failed_run(document, failure=BROKEN)
    assert client.get(url).json()["items"][0]["failure"] == BROKEN


def test_latest_of_runs_of_one_moment_is_the_last_one_made(client, url, project, frozen_clock):
    document = make_document(project=project, status=DocumentStatus.FAILED)
    make_failed_run(document)
    make_failed_run(document, failure=BROKEN)
    assert client.get(url).json()["items"][0]["failure"] == BROKEN


def test_latest_run_is_the_newest_and_not_the_last_one_made(client, url, project, frozen_clock):
    document = make_document(project=project, status=DocumentStatus.FAILED)
    version = make_version(document=document, number=2)
    moment = frozen_clock.moment
    frozen_clock.advance(seconds=5)
    newest = make_failed_run(document, failure=BROKEN)
    older = make_failed_run(document, version=version)
    older.created_at = moment
    older.save(update_fields=["created_at"])
    assert newest.pk < older.pk
    assert client.get(url).json()["items"][0]["failure"] == BROKEN


def test_failure_of_an_earlier_run_is_not_shown(client, url, project, frozen_clock):
    document = make_document(project=project, status=DocumentStatus.FAILED)
    make_failed_run(document)
    frozen_clock.advance(seconds=1)
    make_run(document=document, version=document.versions.get(), status=RunStatus.SUCCEEDED)
    assert client.get(url).json()["items"][0]["failure"] is None


@pytest.mark.parametrize("status", [s for s in DocumentStatus if s != DocumentStatus.FAILED])
def test_failure_is_shown_of_failed_documents_only(client, url, project, status):
    document = make_document(project=project, status=status)
    make_failed_run(document)
    assert client.get(url).json()["items"][0]["failure"] is None


def test_failures_and_tags_stay_with_their_documents(client, url, project, tags):
    for number, failure in enumerate((EMPTY, BROKEN)):
        document = make_document(
            project=project, title=f"Letter {failure['code']}", status=DocumentStatus.FAILED
        )
        document.tags.add(tags[number])
        make_failed_run(document, failure=failure)
    items = client.get(url).json()["items"]
    shown = {item["title"]: (item["tags"][0]["name"], item["failure"]) for item in items}
    assert shown == {"Letter empty": ("zinc", EMPTY), "Letter internal": ("Ash", BROKEN)}


def test_pages_show_each_document_once_newest_first(client, url, project, tags, frozen_clock):
    expected = []
    for number in range(5):
        expected.insert(0, make_rich_document(project, tags, versions=3).public_id)
        frozen_clock.advance(seconds=number % 2)
    found, cursor = [], None
    for _ in range(3):
        page = client.get(url, {"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        found += [item["id"] for item in page["items"]]
        cursor = page["page"]["next"]
    assert found == expected
    assert cursor is None


def test_list_of_an_archived_project_is_shown(client, url, project, tags):
    make_rich_document(project, tags)
    project.status = "archived"
    project.save(update_fields=["status"])
    (item,) = client.get(url).json()["items"]
    assert (item["failure"], len(item["tags"])) == (EMPTY, 3)


def test_detail_has_what_the_summary_has(client, url, project, tags):
    document = make_rich_document(project, tags, versions=3, comments=2)
    (summary,) = client.get(url).json()["items"]
    detail = client.get(f"/api/documents/{document.public_id}/").json()
    assert {key: detail[key] for key in summary} == summary


def test_answers_to_changes_have_what_the_summary_has(client, url, tags):
    created = client.post(url, {"title": "Lease", "content": "Draft"}).json()
    assert (created["stored_bytes"], created["failure"], created["tags"]) == (5, None, [])
    detail = f"/api/documents/{created['id']}/"
    renamed = client.patch(detail, {"title": "New lease"}).json()
    assert (renamed["stored_bytes"], renamed["failure"]) == (5, None)
    tagged = client.put(f"{detail}tags/", {"tags": [tag.public_id for tag in tags]}).json()
    assert [tag["name"] for tag in tagged["tags"]] == ["Ash", "birch", "zinc"]
    assert tagged["stored_bytes"] == 5
