from datetime import datetime, timedelta, timezone

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from docket.accounts.tests.factories import make_user
from docket.documents.models import DocumentStatus
from docket.documents.tests.factories import make_document, make_version
from docket.projects.tests.factories import make_editor, make_project, make_viewer

LATE = datetime(2026, 3, 9, 23, 59, 59, 999000, tzinfo=timezone.utc)
TITLE = slice(5, 58)


@pytest.fixture
def url(project):
    return f"/api/projects/{project.public_id}/schedule/"


@pytest.fixture
def schedule(url, owner, api):
    def lines():
        answer = api(owner).get(url)
        assert answer.status_code == 200
        text = answer.content.decode("utf-8")
        assert text.endswith("\r\n")
        return text.split("\r\n")[:-1]

    return lines


def titles(lines):
    return [line[TITLE].rstrip() for line in lines[1:]]


def test_schedule_is_text_in_the_prescribed_form(project, owner, url, api):
    lease = make_document(project=project, title="Lease", page_count=12, last_activity_at=LATE)
    make_version(document=lease, number=1)
    make_version(document=lease, number=2)
    plan = make_document(
        project=project, title="Site plan", last_activity_at=LATE + timedelta(milliseconds=1)
    )
    make_version(document=plan)
    answer = api(owner).get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"].replace(" ", "").lower() == "text/plain;charset=utf-8"
    expected = [
        "Mill Lane".ljust(80),
        "0001 " + "Lease".ljust(53) + "    12    2 2026-03-09",
        "0002 " + "Site plan".ljust(53) + "          1 2026-03-10",
    ]
    assert answer.content.decode("utf-8") == "".join(f"{line}\r\n" for line in expected)


def test_schedule_without_documents_is_its_heading(schedule):
    assert schedule() == ["Mill Lane".ljust(80)]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("x" * 53, "x" * 53),
        ("x" * 54, "x" * 52 + "…"),
        (
            "Schedule of condition of the party walls at Mill Lane nine",
            "Schedule of condition of the party walls at Mill…",
        ),
        (
            "Schedule of condition of the party wall at Mill Lanes nine",
            "Schedule of condition of the party wall at Mill…",
        ),
        ("Survey\tof\r\nthe  wall", "Survey of the wall"),
        ("\uff33\uff55\uff52\uff56\uff45\uff59 of the wall", "Survey of the wall"),
        ("Report " + "\ufb01" * 23 + "nal", "Report…"),
    ],
    ids=[
        "just-fits",
        "one-word",
        "whole-words",
        "word-that-just-fits",
        "blanks-and-controls",
        "wide-letters",
        "ligatures",
    ],
)
def test_title_is_shortened_as_for_uploads(project, schedule, title, shown):
    make_document(project=project, title=title)
    lines = schedule()
    assert titles(lines) == [shown]
    assert [len(line) for line in lines] == [80, 80]


def test_heading_is_shortened_too(organisation, owner, api):
    name = "The conversion of the former grain store of the harbour board at " + "Quayside " * 4
    project = make_project(organisation=organisation, owner=owner, name=name.strip())
    text = api(owner).get(f"/api/projects/{project.public_id}/schedule/").content.decode("utf-8")
    heading = "The conversion of the former grain store of the harbour board at Quayside…"
    assert text == heading.ljust(80) + "\r\n"


def test_documents_are_in_the_order_of_their_titles(project, schedule):
    for title in (
        "beams",
        "Zinc",
        "\u00c5kerman",
        "\u00e5ker",
        "Arches",
        "\uff22alcony",
        "  Cellar",
    ):
        make_document(project=project, title=title)
    assert titles(schedule()) == [
        "Arches",
        "Balcony",
        "beams",
        "Cellar",
        "Zinc",
        "\u00e5ker",
        "\u00c5kerman",
    ]


def test_equal_titles_are_in_the_order_of_creation(project, schedule):
    now = LATE
    for pages, days in ((1, 0), (2, -2), (3, -1)):
        make_document(
            project=project,
            title="Letter" if pages != 2 else "LETTER",
            page_count=pages,
            created_at=now + timedelta(days=days),
        )
    assert [line[59:64].strip() for line in schedule()[1:]] == ["2", "3", "1"]


def test_documents_are_numbered_from_one(project, schedule):
    for number in range(11):
        make_document(project=project, title=f"Letter {number:02d}")
    assert [line[:5] for line in schedule()[1:]] == [f"{n:04d} " for n in range(1, 12)]


@pytest.mark.parametrize("status", [s for s in DocumentStatus if s != DocumentStatus.READY])
def test_only_ready_documents_are_listed(project, schedule, status):
    make_document(project=project, title="Pending", status=status)
    make_document(title="Elsewhere")
    make_document(project=project, title="Lease")
    assert titles(schedule()) == ["Lease"]


def test_archived_project_has_a_schedule(project, owner, url, api):
    make_document(project=project, title="Lease")
    assert api(owner).post(f"/api/projects/{project.public_id}/archive/").status_code == 200
    assert "Lease" in api(owner).get(url).content.decode("utf-8")


def test_schedule_is_shown_to_members(project, url, api):
    assert api(make_viewer(project)).get(url).status_code == 200
    assert api(make_editor(project)).get(url).status_code == 200


def test_schedule_is_404_to_strangers(url, api):
    answer = api(make_user()).get(url)
    assert answer.status_code == 404
    assert answer.json()["error"]["message"] == "Project not found."


def test_schedule_is_401_when_not_signed_in(url, api):
    assert api().get(url).status_code == 401


def test_queries_do_not_grow_with_the_schedule(project, owner, url, api):
    client = api(owner)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    make_version(document=make_document(project=project))
    few = queries()
    for _ in range(9):
        document = make_document(project=project)
        make_version(document=document, number=1)
        make_version(document=document, number=2)
    assert queries() <= few


def test_contents_are_not_fetched(project, owner, url, api):
    make_version(document=make_document(project=project))
    with CaptureQueriesContext(connection) as captured:
        assert api(owner).get(url).status_code == 200
    assert [query["sql"] for query in captured if '."content"' in query["sql"]] == []
