import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from docket.accounts.models import OrganisationRole
from docket.accounts.tests.factories import make_seat, make_user
from docket.core import ids
from docket.core.selectors import list_subject_events
from docket.documents.models import Comment
from docket.documents.tests.factories import make_comment, make_document
from docket.projects.models import ProjectRole
from docket.projects.services import archive_project
from docket.projects.tests.factories import make_membership, make_project, make_viewer


@pytest.fixture
def document(project):
    return make_document(project=project, title="Lease")


@pytest.fixture
def comment(document):
    return make_comment(document=document, author=make_viewer(document.project))


def thread(document):
    return f"/api/documents/{document.public_id}/comments/"


def resolve(client, comment, document=None):
    document = document or comment.document
    return client.post(f"{thread(document)}{comment.public_id}/resolve/")


def shown(client, comment):
    items = client.get(thread(comment.document)).json()["items"]
    return next(item for item in items if item["id"] == comment.public_id)


def person(user):
    return {"id": user.public_id, "name": user.name, "email": user.email}


def test_resolving_answers_with_the_comment(comment, owner, api, frozen_clock):
    frozen_clock.advance(minutes=5)
    answer = resolve(api(owner), comment)
    assert answer.status_code == 200
    body = answer.json()
    assert body["id"] == comment.public_id
    assert body["body"] == comment.body
    assert body["author"] == person(comment.author)
    assert body["resolved_at"] == "2026-03-09T08:35:15.250Z"
    assert body["resolved_by"] == person(owner)


def test_resolved_comment_shows_it_from_then_on(comment, owner, api):
    answer = resolve(api(owner), comment)
    assert answer.status_code == 200
    assert shown(api(make_viewer(comment.document.project)), comment) == answer.json()


def test_comment_is_open_until_it_is_resolved(document, owner, api):
    client = api(owner)
    written = client.post(thread(document), {"body": "Page two?"}).json()
    assert written["resolved_at"] is None
    assert written["resolved_by"] is None
    item = client.get(thread(document)).json()["items"][0]
    assert item["resolved_at"] is None
    assert item["resolved_by"] is None


def test_others_of_the_thread_stay_open(comment, document, owner, api):
    other = make_comment(document=document, author=comment.author)
    resolve(api(owner), comment)
    item = shown(api(owner), other)
    assert item["resolved_at"] is None
    assert item["resolved_by"] is None


def test_resolved_comment_keeps_its_place_and_is_counted(document, owner, api, frozen_clock):
    comments = []
    for body in ("First", "Second", "Third"):
        comments.append(make_comment(document=document, body=body))
        frozen_clock.advance(seconds=1)
    client = api(owner)
    assert resolve(client, comments[1]).status_code == 200
    items = client.get(thread(document)).json()["items"]
    assert [item["body"] for item in items] == ["Third", "Second", "First"]
    assert client.get(f"/api/documents/{document.public_id}/").json()["comment_count"] == 3


def test_resolving_again_is_409(comment, owner, api, frozen_clock):
    project = comment.document.project
    second = make_membership(project=project, role=ProjectRole.OWNER).user
    first = resolve(api(owner), comment).json()
    frozen_clock.advance(minutes=5)
    for person_who_tries in (owner, second):
        answer = resolve(api(person_who_tries), comment)
        assert answer.status_code == 409
        assert answer.json()["error"]["code"] == "comment_resolved"
    assert shown(api(owner), comment) == first


def test_resolving_again_is_no_activity(comment, document, owner, api, frozen_clock):
    resolve(api(owner), comment)
    document.refresh_from_db()
    before = document.last_activity_at
    frozen_clock.advance(minutes=5)
    resolve(api(owner), comment)
    document.refresh_from_db()
    assert document.last_activity_at == before
    assert list_subject_events(subject=document).count() == 1


def test_comment_outlives_who_resolved_it(comment, owner, api):
    colleague = make_membership(project=comment.document.project, role=ProjectRole.OWNER).user
    resolved_at = resolve(api(colleague), comment).json()["resolved_at"]
    colleague.delete()
    item = shown(api(owner), comment)
    assert item["resolved_at"] == resolved_at
    assert item["resolved_by"] is None
    answer = resolve(api(owner), comment)
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "comment_resolved"


def test_comment_without_an_author_is_resolved(document, owner, api):
    comment = make_comment(document=document)
    answer = resolve(api(owner), comment)
    assert answer.status_code == 200
    assert answer.json()["author"] is None


def test_comment_of_somebody_who_left_is_resolved(document, owner, api):
    comment = make_comment(document=document, author=make_user())
    assert resolve(api(owner), comment).status_code == 200


def test_owner_resolves_their_own_comment(document, owner, api):
    comment = make_comment(document=document, author=owner)
    assert resolve(api(owner), comment).status_code == 200


def test_administrator_without_membership_counts_as_owner(comment, organisation, api):
    admin = make_seat(organisation=organisation, role=OrganisationRole.ADMIN).user
    answer = resolve(api(admin), comment)
    assert answer.status_code == 200
    assert answer.json()["resolved_by"] == person(admin)


def test_author_who_no_longer_sees_the_document_is_404(document, api):
    author = make_user()
    comment = make_comment(document=document, author=author)
    answer = resolve(api(author), comment)
    assert answer.status_code == 404
    assert answer.json()["error"]["message"] == "Document not found."


@pytest.mark.parametrize("elsewhere", ["same project", "own project", "foreign project"])
def test_comment_of_another_document_is_404(document, project, owner, api, elsewhere):
    home = {
        "same project": lambda: project,
        "own project": lambda: make_project(owner=owner),
        "foreign project": make_project,
    }[elsewhere]()
    comment = make_comment(document=make_document(project=home), author=owner)
    resolvable = make_comment(document=document, author=owner)
    client = api(owner)
    assert resolve(client, comment, document=document).status_code == 404
    assert list_subject_events(subject=document).count() == 0
    assert list_subject_events(subject=comment.document).count() == 0
    assert resolve(client, resolvable).status_code == 200


def test_unknown_comment_is_404(document, owner, api):
    resolvable = make_comment(document=document, author=owner)
    client = api(owner)
    for comment_id in (ids.comment_id(), "nonsense", str(resolvable.pk)):
        answer = client.post(f"{thread(document)}{comment_id}/resolve/")
        assert answer.status_code == 404
        assert answer.json()["error"]["field"] is None
    assert resolve(client, resolvable).status_code == 200


def test_archived_project_is_409(comment, document, owner, api):
    archive_project(project=document.project, actor=owner)
    answer = resolve(api(owner), comment)
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "project_archived"
    item = shown(api(owner), comment)
    assert item["resolved_at"] is None
    assert item["resolved_by"] is None


def test_resolving_is_activity_of_the_document(comment, document, owner, api, frozen_clock):
    moment = frozen_clock.advance(minutes=5)
    resolve(api(owner), comment)
    document.refresh_from_db()
    assert document.last_activity_at == moment


def test_resolving_is_on_the_activity_page(comment, document, owner, api):
    resolve(api(owner), comment)
    url = f"/api/projects/{document.project.public_id}/activity/"
    (event,) = api(owner).get(url).json()["items"]
    assert event["action"] == "document.comment_resolved"
    assert event["actor"] == {"id": owner.public_id, "name": owner.name}
    assert event["subject_type"] == "document"
    assert event["subject_id"] == document.public_id
    assert event["data"] == {"comment": comment.public_id}


def test_list_takes_as_many_queries_for_many_resolved_comments(document, owner, api):
    project, client = document.project, api(owner)

    def resolve_one():
        comment = make_comment(document=document, author=make_viewer(project))
        colleague = make_membership(project=project, role=ProjectRole.OWNER).user
        assert resolve(api(colleague), comment).status_code == 200

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(thread(document))
        return len(captured)

    resolve_one()
    few = queries()
    for _ in range(4):
        resolve_one()
    assert Comment.objects.filter(document=document).count() == 5
    assert queries() == few


def test_migrations_match_the_models(comment, owner, api):
    assert resolve(api(owner), comment).status_code == 200
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
