import pytest

from docket.documents.tests.factories import make_comment, make_document
from docket.projects.models import Membership, ProjectRole
from docket.projects.tests.factories import make_editor, make_membership, make_viewer


@pytest.fixture
def document(project):
    return make_document(project=project, title="Lease")


def resolve(client, comment):
    document_id = comment.document.public_id
    return client.post(f"/api/documents/{document_id}/comments/{comment.public_id}/resolve/")


def is_open(api, owner, comment):
    url = f"/api/documents/{comment.document.public_id}/comments/"
    items = api(owner).get(url).json()["items"]
    return next(item for item in items if item["id"] == comment.public_id)["resolved_at"] is None


@pytest.mark.parametrize("make_author", [make_editor, make_viewer])
def test_author_resolves_their_comment_whatever_their_role(document, api, make_author):
    author = make_author(document.project)
    answer = resolve(api(author), make_comment(document=document, author=author))
    assert answer.status_code == 200
    assert answer.json()["resolved_by"]["id"] == author.public_id


def test_author_who_became_a_viewer_resolves_it(document, api):
    author = make_editor(document.project)
    comment = make_comment(document=document, author=author)
    Membership.objects.filter(user=author).update(role=ProjectRole.VIEWER)
    assert resolve(api(author), comment).status_code == 200


@pytest.mark.parametrize("make_author", [make_editor, make_viewer])
def test_every_owner_resolves_comments_of_others(document, api, make_author):
    comment = make_comment(document=document, author=make_author(document.project))
    second = make_membership(project=document.project, role=ProjectRole.OWNER).user
    assert resolve(api(second), comment).status_code == 200


@pytest.mark.parametrize("make_other", [make_editor, make_viewer])
def test_others_are_refused(document, owner, api, make_other):
    comment = make_comment(document=document, author=make_viewer(document.project))
    answer = resolve(api(make_other(document.project)), comment)
    assert answer.status_code == 403
    assert set(answer.json()["error"]) == {"code", "message", "field", "details"}
    assert is_open(api, owner, comment)


@pytest.mark.parametrize("make_other", [make_editor, make_viewer])
def test_comment_without_an_author_is_left_to_owners(document, owner, api, make_other):
    comment = make_comment(document=document)
    assert resolve(api(make_other(document.project)), comment).status_code == 403
    assert is_open(api, owner, comment)


def test_editor_is_refused_although_they_uploaded_the_document(project, owner, api):
    editor = make_editor(project)
    document = make_document(project=project, created_by=editor)
    comment = make_comment(document=document, author=owner)
    assert resolve(api(editor), comment).status_code == 403
    assert is_open(api, owner, comment)
