import os

import pytest

if os.environ.get("DOCKET_ENV") != "test":
    pytest.exit("Run ./dev test: DOCKET_ENV is not set to test.", returncode=4)

from rest_framework.test import APIClient

from docket.accounts.tests.factories import make_organisation, make_user
from docket.core.tests.clock import FrozenClock
from docket.core.tests.worker import run_worker
from docket.projects.tests.factories import make_project


@pytest.fixture
def frozen_clock():
    with FrozenClock() as frozen:
        yield frozen


@pytest.fixture
def api():
    def client_for(user=None):
        client = APIClient()
        if user is not None:
            client.force_authenticate(user=user)
        return client

    return client_for


@pytest.fixture
def organisation(db):
    return make_organisation(name="Harrow & Pike")


@pytest.fixture
def owner(db):
    return make_user(email="owner@harrow.test", name="Olga Harrow")


@pytest.fixture
def project(organisation, owner):
    return make_project(organisation=organisation, owner=owner, name="Mill Lane")


@pytest.fixture
def worker(transactional_db):
    with run_worker() as running:
        yield running
