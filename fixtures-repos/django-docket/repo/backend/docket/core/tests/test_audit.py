import pytest

from docket.core import clock, request_id, selectors
from docket.core.audit import record_event


def test_event_describes_its_subject(project, owner, frozen_clock):
    event = record_event(action="project.updated", actor=owner, subject=project, project=project)
    assert event.subject_type == "project"
    assert event.subject_id == project.public_id
    assert event.project_ref == project.public_id
    assert event.created_at == clock.now()
    assert event.data == {}


def test_event_carries_the_request_id(project, owner):
    request_id.bind("abcdef01")
    try:
        event = record_event(action="project.updated", actor=owner, subject=project)
    finally:
        request_id.bind("")
    assert event.request_id == "abcdef01"


def test_event_actions_are_a_closed_set(project):
    with pytest.raises(ValueError, match=r"project\.exploded"):
        record_event(action="project.exploded", subject=project)


def test_project_events_leave_out_other_projects(project, owner):
    record_event(action="project.updated", actor=owner, subject=project, project=project)
    record_event(action="organisation.created", actor=owner, subject=project.organisation)
    events = selectors.list_project_events(project=project)
    assert [event.action for event in events] == ["project.updated"]


def test_subject_events_follow_the_subject(project, owner):
    record_event(action="organisation.created", actor=owner, subject=project.organisation)
    events = selectors.list_subject_events(subject=project.organisation)
    assert [event.actor for event in events] == [owner]
