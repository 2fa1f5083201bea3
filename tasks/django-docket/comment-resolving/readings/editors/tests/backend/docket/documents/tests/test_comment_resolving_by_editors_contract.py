import pytest

from docket.documents.models import Comment
from docket.documents.tests.factories import make_comment, make_document
from docket.projects.tests.factories import make_editor, make_viewer


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
def test_editor_resolves_comments_of_others(document, api, make_author):
    comment = make_comment(document=document, author=make_author(document.project))
    editor = make_editor(document.project)
    answer = resolve(api(editor), comment)
    assert answer.status_code == 200
    assert answer.json()["resolved_by"]["id"] == editor.public_id


def test_editor_resolves_a_comment_without_an_author(document, api):
    comment = make_comment(document=document)
    assert resolve(api(make_editor(document.project)), comment).status_code == 200


def test_editor_resolves_their_own_comment(document, api):
    editor = make_editor(document.project)
    assert resolve(api(editor), make_comment(document=document, author=editor)).status_code == 200


def test_viewer_is_refused(document, owner, api):
    comment = make_comment(document=document, author=owner)
    answer = resolve(api(make_viewer(document.project)), comment)
    assert answer.status_code == 403
    assert is_open(api, owner, comment)
    assert resolve(api(owner), comment).status_code == 200


def test_viewer_is_refused_for_their_own_comment(document, owner, api):
    viewer = make_viewer(document.project)
    comment = make_comment(document=document, author=viewer)
    answer = resolve(api(viewer), comment)
    assert answer.status_code == 403
    assert set(answer.json()["error"]) == {"code", "message", "field", "details"}
    assert is_open(api, owner, comment)
    assert Comment.objects.filter(document=document).count() == 1
