import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@pytest.fixture
def migrate(transactional_db):
    def run(*targets):
        executor = MigrationExecutor(connection)
        executor.migrate(list(targets))
        return executor.loader.project_state(list(targets)).apps

    yield run
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_project_name_keys_are_filled_and_made_unique(migrate):
    old = migrate(
        ("accounts", "0005_unique_organisation_name_key"),
        ("projects", "0003_add_project_name_key"),
    )
    organisation = old.get_model("accounts", "Organisation").objects.create(name="Harrow")
    projects = old.get_model("projects", "Project").objects
    first = projects.create(organisation=organisation, name="Mill  Lane")
    second = projects.create(organisation=organisation, name="MILL LANE")
    new = migrate(("projects", "0005_unique_project_name_key"))
    keys = dict(new.get_model("projects", "Project").objects.values_list("pk", "name_key"))
    assert keys == {first.pk: "mill lane", second.pk: f"mill lane {second.pk}"}
