from docket.core.pagination import DocketPagination
from docket.projects.models import ProjectRole
from docket.projects.tests.factories import make_membership, make_project


def make_projects(organisation, user, names):
    for name in names:
        project = make_project(organisation=organisation, name=name)
        make_membership(project=project, user=user, role=ProjectRole.VIEWER)


def test_page_has_items_and_cursors(organisation, owner, api):
    make_projects(organisation, owner, ["Alder", "Birch", "Cedar"])
    client = api(owner)
    first = client.get("/api/projects/", {"limit": 2}).json()
    assert [item["name"] for item in first["items"]] == ["Alder", "Birch"]
    assert first["page"]["size"] == 2
    assert first["page"]["previous"] is None
    second = client.get("/api/projects/", {"limit": 2, "cursor": first["page"]["next"]}).json()
    assert [item["name"] for item in second["items"]] == ["Cedar"]
    assert second["page"]["next"] is None


def test_empty_page(owner, api):
    body = api(owner).get("/api/projects/").json()
    assert body == {"items": [], "page": {"next": None, "previous": None, "size": 0}}


def test_page_size_is_capped(organisation, owner, api, monkeypatch):
    make_projects(organisation, owner, ["Alder", "Birch", "Cedar"])
    monkeypatch.setattr(DocketPagination, "max_page_size", 2)
    body = api(owner).get("/api/projects/", {"limit": 5000}).json()
    assert body["page"]["size"] == 2


def test_broken_cursor_is_an_error(owner, api):
    response = api(owner).get("/api/projects/", {"cursor": "zzz"})
    assert response.status_code == 404
    assert response.json()["error"]["message"] == "The cursor is not valid."
