import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from docket.accounts.models import Organisation, OrganisationRole
from docket.accounts.tests.factories import make_organisation, make_seat
from docket.documents.models import Document, Tag
from docket.documents.stages import index_keywords
from docket.documents.tests.factories import make_document

OLD = [("documents", "0008_index_document_status")]


def tags_url(organisation):
    return f"/api/organisations/{organisation.public_id}/tags/"


def tag_names(client, organisation):
    return sorted(tag["name"] for tag in client.get(tags_url(organisation)).json()["items"])


def old_key(name):
    return " ".join(name.split()).casefold()


@pytest.fixture
def staff(organisation, api):
    return api(make_seat(organisation=organisation, role=OrganisationRole.STAFF).user)


@pytest.fixture
def upgrade(transactional_db):
    executor = MigrationExecutor(connection)
    executor.migrate(OLD)
    old = executor.loader.project_state(OLD).apps

    def run():
        latest = MigrationExecutor(connection)
        latest.migrate(latest.loader.graph.leaf_nodes())

    yield old, run
    if connection.in_atomic_block:
        connection.close()
        connection.connect()
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    run()


def add_old_tag(old, organisation, name, key=None):
    tags = old.get_model("documents", "Tag").objects
    return tags.create(
        public_id=f"tag_{tags.count():016d}",
        organisation_id=organisation.pk,
        name=name,
        name_key=key or old_key(name),
    )


def assert_taken(answer):
    assert answer.status_code == 409
    error = answer.json()["error"]
    assert (error["code"], error["field"]) == ("name_taken", "name")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Étude", "Etude"),
        ("Etude", "Étude"),
        ("Étude", "  ÈTUDE "),
        ("Kraków", "KRAKOW"),
        ("Résumé", "Resume\u0301"),
        ("Łódź", "łodz"),
        ("Ångström", "angstrom"),
    ],
    ids=["acute", "plain-first", "grave", "upper-case", "two-points", "stroke", "ring"],
)
def test_tag_that_differs_in_accents_is_taken(organisation, staff, first, second):
    url = tags_url(organisation)
    assert staff.post(url, {"name": first}).status_code == 201
    assert_taken(staff.post(url, {"name": second}))
    assert tag_names(staff, organisation) == [first]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Łódź", "Lodz"),
        ("Smørrebrød", "Smorrebrod"),
        ("Étude", "Étude 2"),
        ("Смета", "Схема"),
        ("계약", "청구"),
        ("αίτηση", "πώληση"),
    ],
    ids=["stroke", "slash", "number", "cyrillic", "hangul", "greek"],
)
def test_tag_of_other_letters_is_free(organisation, staff, first, second):
    url = tags_url(organisation)
    assert staff.post(url, {"name": first}).status_code == 201
    assert staff.post(url, {"name": second}).status_code == 201
    assert tag_names(staff, organisation) == sorted([first, second])


def test_tag_is_shown_as_typed(organisation, staff, project, owner, api):
    answer = staff.post(tags_url(organisation), {"name": " Étude  d’impact "})
    assert answer.json()["name"] == "Étude d’impact"
    assert tag_names(staff, organisation) == ["Étude d’impact"]
    document = make_document(project=project)
    url = f"/api/documents/{document.public_id}/tags/"
    body = api(owner).put(url, {"tags": [answer.json()["id"]]}).json()
    assert [tag["name"] for tag in body["tags"]] == ["Étude d’impact"]


def test_tag_of_another_office_takes_nothing(organisation, staff, api):
    other = make_organisation(name="Prado Structural")
    neighbour = api(make_seat(organisation=other, role=OrganisationRole.STAFF).user)
    assert staff.post(tags_url(organisation), {"name": "Étude"}).status_code == 201
    assert neighbour.post(tags_url(other), {"name": "Etude"}).status_code == 201


def test_keywords_keep_their_accents():
    assert index_keywords("Résumé résumé RÉSUMÉ étude") == ["résumé", "étude"]


def test_tag_that_was_there_already_is_taken(upgrade, organisation, staff):
    old, run = upgrade
    add_old_tag(old, organisation, "Étude")
    add_old_tag(old, organisation, "Plan")
    add_old_tag(old, organisation, "Kraków")
    run()
    assert_taken(staff.post(tags_url(organisation), {"name": "Etude"}))
    assert_taken(staff.post(tags_url(organisation), {"name": "ÈTUDE"}))
    assert_taken(staff.post(tags_url(organisation), {"name": "plan"}))
    assert_taken(staff.post(tags_url(organisation), {"name": "krakow"}))
    assert tag_names(staff, organisation) == ["Kraków", "Plan", "Étude"]


@pytest.mark.parametrize(
    "names",
    [
        ["Étude", "Etude"],
        ["Etude", "Étude"],
        ["Étude", "Ètude"],
        ["Étude", "Ètude", "Etude"],
        ["Kraków", "Etude", "Krakow", "Étude", "Krąkow"],
    ],
    ids=["accent-first", "plain-first", "two-accents", "three", "two-pairs"],
)
def test_tags_that_are_there_already_stay_both(upgrade, organisation, staff, project, names):
    old, run = upgrade
    tags = [add_old_tag(old, organisation, name) for name in names]
    document = make_document(project=project)
    document.tags.add(*[tag.pk for tag in tags])
    run()
    assert [Tag.objects.get(pk=tag.pk).name for tag in tags] == names
    shown = Document.objects.get(pk=document.pk).tags
    assert set(shown.values_list("name", flat=True)) == set(names)
    assert_taken(staff.post(tags_url(organisation), {"name": "Êtude"}))
    for name in names:
        assert_taken(staff.post(tags_url(organisation), {"name": name}))
        assert_taken(staff.post(tags_url(organisation), {"name": name.upper()}))


def test_tags_of_two_offices_stay_apart(upgrade, organisation, staff, api):
    old, run = upgrade
    other = make_organisation(name="Prado Structural")
    neighbour = api(make_seat(organisation=other, role=OrganisationRole.STAFF).user)
    add_old_tag(old, organisation, "Étude")
    add_old_tag(old, other, "Étude")
    run()
    assert Organisation.objects.count() == 2
    assert_taken(staff.post(tags_url(organisation), {"name": "Etude"}))
    assert_taken(neighbour.post(tags_url(other), {"name": "Etude"}))


def test_tag_whose_name_was_made_unique_by_hand_stays(upgrade, organisation, staff):
    old, run = upgrade
    add_old_tag(old, organisation, "Etude", key="etude")
    second = add_old_tag(old, organisation, "Etude", key="etude 2")
    third = add_old_tag(old, organisation, "Étude", key="étude 3")
    run()
    assert Tag.objects.get(pk=second.pk).name == "Etude"
    assert Tag.objects.get(pk=third.pk).name == "Étude"
    assert_taken(staff.post(tags_url(organisation), {"name": "étude"}))
