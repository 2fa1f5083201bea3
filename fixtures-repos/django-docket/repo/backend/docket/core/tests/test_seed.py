from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from docket.accounts.models import User
from docket.documents.models import Document


def test_seed_fills_an_empty_database_once(db, settings):
    settings.DEBUG = True
    call_command("seed", stdout=StringIO())
    again = StringIO()
    call_command("seed", stdout=again)
    assert User.objects.count() == 3
    assert Document.objects.get().tags.get().name == "Survey"
    assert again.getvalue().strip() == "Already seeded."


def test_seed_refuses_production(db):
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("seed")
