import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from docket.accounts.models import OrganisationRole
from docket.accounts.tests.factories import make_seat, make_user
from docket.core import clock, ids
from docket.projects.models import Membership
from docket.projects.tests.factories import make_membership, make_project

URL = "/api/notifications/"
STAMP = "2026-03-09T08:30:15.250Z"
LATER = "2026-03-09T08:31:15.250Z"


def model(name):
    return apps.get_model("notifications", name)


def announced(*, project, actor=None, kind="document_ready", title="Lease"):
    return model("Announcement").objects.create(
        kind=kind,
        project=project,
        actor=actor,
        document_ref=ids.document_id(),
        document_title=title,
        delivered_at=clock.now(),
    )


def notified(recipient, *, announcement=None, project=None, read_at=None, **extra):
    if announcement is None:
        announcement = announced(project=project or make_project(), **extra)
    if not Membership.objects.filter(project=announcement.project, user=recipient).exists():
        make_membership(project=announcement.project, user=recipient)
    return model("Notification").objects.create(
        announcement=announcement, recipient=recipient, read_at=read_at
    )


def lose_sight(notification):
    project = notification.announcement.project
    Membership.objects.filter(project=project, user=notification.recipient).delete()


def read_times(*notifications):
    stored = dict(model("Notification").objects.values_list("pk", "read_at"))
    return [stored[notification.pk] for notification in notifications]


def listed(client, **query):
    answer = client.get(URL, query)
    assert answer.status_code == 200
    return [item["id"] for item in answer.json()["items"]]


def error_of(answer, status):
    assert answer.status_code == status
    body = answer.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "field", "details"}
    return body["error"]


def test_list_shows_exactly_the_documented_shape(project, owner, api, frozen_clock):
    actor = make_user(name="Tom Okafor")
    notification = notified(owner, project=project, actor=actor, title="Survey")
    body = api(owner).get(URL).json()
    assert body == {
        "items": [
            {
                "id": notification.public_id,
                "kind": "document_ready",
                "project": {"id": project.public_id, "name": "Mill Lane"},
                "document": {"id": notification.announcement.document_ref, "title": "Survey"},
                "actor": {"id": actor.public_id, "name": "Tom Okafor"},
                "created_at": STAMP,
                "read_at": None,
            }
        ],
        "page": {"next": None, "previous": None, "size": 1},
    }
    assert ids.is_id(notification.public_id, "ntf")
    assert ids.is_id(notification.announcement.public_id, "ann")


def test_list_shows_kind_read_at_and_a_missing_actor(owner, api, frozen_clock):
    notified(owner, kind="document_failed", read_at=clock.now())
    (item,) = api(owner).get(URL).json()["items"]
    assert item["kind"] == "document_failed"
    assert item["actor"] is None
    assert item["read_at"] == STAMP


def test_list_is_empty_at_first(owner, api):
    body = api(owner).get(URL).json()
    assert body == {"items": [], "page": {"next": None, "previous": None, "size": 0}}


def test_list_is_newest_first(owner, api, frozen_clock):
    made = []
    for _ in range(3):
        made.insert(0, notified(owner).public_id)
        frozen_clock.advance(seconds=1)
    assert listed(api(owner)) == made


def test_list_pages_through_everything_once(owner, api, frozen_clock):
    made = [notified(owner).public_id for _ in range(3)]
    frozen_clock.advance(seconds=1)
    made += [notified(owner).public_id for _ in range(2)]
    client, seen, cursor = api(owner), [], {}
    for _ in range(3):
        body = client.get(URL, {"limit": 2, **cursor}).json()
        seen += [item["id"] for item in body["items"]]
        cursor = {"cursor": body["page"]["next"]}
    assert seen == made[::-1]
    assert body["page"]["next"] is None
    assert body["page"]["previous"] is not None


def test_list_keeps_the_filter_from_page_to_page(owner, api):
    unread = [notified(owner).public_id for _ in range(3)]
    for _ in range(3):
        notified(owner, read_at=clock.now())
    client = api(owner)
    first = client.get(URL, {"limit": 2, "unread": "true"}).json()
    cursor = first["page"]["next"]
    second = client.get(URL, {"limit": 2, "unread": "true", "cursor": cursor}).json()
    seen = [item["id"] for item in first["items"] + second["items"]]
    assert sorted(seen) == sorted(unread)
    assert second["page"]["next"] is None


def test_list_filters_by_unread(owner, api):
    read = notified(owner, read_at=clock.now()).public_id
    unread = notified(owner).public_id
    client = api(owner)
    assert set(listed(client)) == {read, unread}
    assert listed(client, unread="true") == [unread]
    assert listed(client, unread="false") == [read]


@pytest.mark.parametrize("value", ["maybe", "2", "true,false"])
def test_list_refuses_other_values_of_unread(owner, api, value):
    error = error_of(api(owner).get(URL, {"unread": value}), 422)
    assert error["field"] == "unread"


@pytest.mark.parametrize("cursor", ["zzz", "cD0"])
def test_list_answers_a_broken_cursor_with_404(owner, api, cursor):
    notified(owner)
    error = error_of(api(owner).get(URL, {"cursor": cursor}), 404)
    assert error["code"] == "not_found"


def test_list_shows_only_own_notifications(project, owner, api):
    announcement = announced(project=project)
    colleague = make_user()
    own = notified(owner, announcement=announcement)
    other = notified(colleague, announcement=announcement)
    assert listed(api(owner)) == [own.public_id]
    assert listed(api(colleague)) == [other.public_id]
    assert listed(api(make_user())) == []


def test_list_hides_projects_that_are_out_of_sight(owner, api):
    kept, lost = notified(owner), notified(owner)
    lose_sight(lost)
    client = api(owner)
    assert listed(client) == [kept.public_id]
    assert listed(client, unread="true") == [kept.public_id]


def test_list_follows_administrators_without_a_membership(organisation, api):
    admin = make_seat(organisation=organisation, role=OrganisationRole.ADMIN).user
    notification = notified(admin, project=make_project(organisation=organisation))
    lose_sight(notification)
    assert listed(api(admin)) == [notification.public_id]


def test_list_queries_do_not_grow_with_its_rows(db, api):
    counts = {}
    for rows in (3, 12):
        person = make_user()
        for number in range(rows):
            notified(person, actor=make_user(), title=f"Letter {number}")
        client = api(person)
        with CaptureQueriesContext(connection) as queries:
            assert len(listed(client)) == rows
        counts[rows] = len(queries)
    assert (counts[12] - counts[3]) / 9 < 0.5, counts


def test_unread_count_counts_what_the_list_shows_as_unread(owner, api):
    first, second, third = notified(owner), notified(owner), notified(owner)
    notified(owner, read_at=clock.now())
    notified(make_user(), announcement=first.announcement)
    lose_sight(third)
    client = api(owner)
    assert set(listed(client, unread="true")) == {first.public_id, second.public_id}
    answer = client.get(f"{URL}unread-count/")
    assert answer.status_code == 200
    assert answer.json() == {"unread": 2}


def test_read_answers_with_the_notification(project, owner, api, frozen_clock):
    notification = notified(owner, project=project)
    moment = frozen_clock.advance(minutes=1)
    answer = api(owner).post(f"{URL}{notification.public_id}/read/")
    assert answer.status_code == 200
    assert answer.json() == {
        "id": notification.public_id,
        "kind": "document_ready",
        "project": {"id": project.public_id, "name": "Mill Lane"},
        "document": {"id": notification.announcement.document_ref, "title": "Lease"},
        "actor": None,
        "created_at": STAMP,
        "read_at": LATER,
    }
    assert read_times(notification) == [moment]


def test_read_again_keeps_the_first_time(owner, api, frozen_clock):
    notification = notified(owner)
    client, url = api(owner), f"{URL}{notification.public_id}/read/"
    assert client.post(url).json()["read_at"] == STAMP
    frozen_clock.advance(minutes=1)
    answer = client.post(url)
    assert answer.status_code == 200
    assert answer.json()["read_at"] == STAMP
    assert listed(client, unread="true") == []


def test_read_works_in_an_archived_project(owner, api):
    notification = notified(owner, project=make_project(status="archived"))
    assert api(owner).post(f"{URL}{notification.public_id}/read/").status_code == 200


def test_read_of_a_notification_of_others_is_404(project, owner, api):
    announcement = announced(project=project)
    own = notified(owner, announcement=announcement)
    colleague = make_user()
    foreign = notified(colleague, announcement=announcement)
    error_of(api(owner).post(f"{URL}{foreign.public_id}/read/"), 404)
    stranger = api(make_user())
    error_of(stranger.post(f"{URL}{own.public_id}/read/"), 404)
    assert read_times(own, foreign) == [None, None]


def test_read_in_a_project_out_of_sight_is_404(owner, api):
    notification = notified(owner)
    lose_sight(notification)
    error_of(api(owner).post(f"{URL}{notification.public_id}/read/"), 404)
    assert read_times(notification) == [None]


def test_read_by_anything_but_the_public_id_is_404(owner, api):
    notification = notified(owner)
    client = api(owner)
    for name in (notification.pk, notification.announcement.public_id, ids.new_id("ntf"), "x" * 99):
        error_of(client.post(f"{URL}{name}/read/"), 404)
    assert read_times(notification) == [None]


def test_read_all_marks_own_unread_notifications(owner, api, frozen_clock):
    earlier = clock.now()
    read = notified(owner, read_at=earlier)
    first, second = notified(owner), notified(owner, project=make_project(status="archived"))
    foreign = notified(make_user(), announcement=first.announcement)
    moment = frozen_clock.advance(minutes=1)
    client = api(owner)
    answer = client.post(f"{URL}read-all/")
    assert answer.status_code == 200
    assert answer.json() == {"marked": 2}
    assert read_times(read, first, second, foreign) == [earlier, moment, moment, None]
    frozen_clock.advance(minutes=1)
    assert client.post(f"{URL}read-all/", {}).json() == {"marked": 0}
    assert read_times(read, first, second, foreign) == [earlier, moment, moment, None]


def test_read_all_leaves_projects_out_of_sight_alone(owner, api, frozen_clock):
    kept, lost = notified(owner), notified(owner)
    lose_sight(lost)
    assert api(owner).post(f"{URL}read-all/").json() == {"marked": 1}
    assert read_times(kept, lost) == [clock.now(), None]


def test_read_all_of_a_project_marks_own_notifications_there(project, owner, api, frozen_clock):
    here, there = notified(owner, project=project), notified(owner)
    foreign = notified(make_user(), announcement=here.announcement)
    answer = api(owner).post(f"{URL}read-all/", {"project": project.public_id})
    assert answer.status_code == 200
    assert answer.json() == {"marked": 1}
    assert read_times(here, there, foreign) == [clock.now(), None, None]


def test_read_all_of_a_project_out_of_sight_is_404(owner, api):
    kept, lost = notified(owner), notified(owner)
    lose_sight(lost)
    client = api(owner)
    for project_id in (lost.announcement.project.public_id, ids.project_id()):
        error_of(client.post(f"{URL}read-all/", {"project": project_id}), 404)
    assert read_times(kept, lost) == [None, None]


@pytest.mark.parametrize(
    "value", [["prj_1"], {"id": "prj_1"}, True], ids=["list", "object", "bool"]
)
def test_read_all_refuses_a_project_that_is_not_text(owner, api, value):
    notification = notified(owner)
    error = error_of(api(owner).post(f"{URL}read-all/", {"project": value}), 422)
    assert error["field"] == "project"
    assert read_times(notification) == [None]


def test_read_all_refuses_malformed_json(owner, api):
    notification = notified(owner)
    answer = api(owner).post(f"{URL}read-all/", "{", content_type="application/json")
    assert error_of(answer, 400)["code"] == "parse_error"
    assert read_times(notification) == [None]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", ""),
        ("get", "unread-count/"),
        ("post", "{id}/read/"),
        ("post", "read-all/"),
    ],
    ids=["list", "unread-count", "read", "read-all"],
)
def test_endpoint_needs_a_signed_in_person(owner, api, method, path):
    notification = notified(owner)
    answer = getattr(api(), method)(URL + path.format(id=notification.public_id))
    assert error_of(answer, 401)["code"] == "not_authenticated"
    assert read_times(notification) == [None]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", ""),
        ("post", "unread-count/"),
        ("get", "{id}/read/"),
        ("get", "read-all/"),
    ],
    ids=["list", "unread-count", "read", "read-all"],
)
def test_endpoint_has_one_method(owner, api, method, path):
    notification = notified(owner)
    answer = getattr(api(owner), method)(URL + path.format(id=notification.public_id))
    assert error_of(answer, 405)["code"] == "method_not_allowed"
    assert read_times(notification) == [None]
