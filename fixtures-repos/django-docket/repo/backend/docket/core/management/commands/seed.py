from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from docket.accounts import selectors as account_selectors
from docket.accounts import services as account_services
from docket.accounts.models import OrganisationRole
from docket.documents import services as document_services
from docket.documents.uploads import DocumentUploader
from docket.projects import services as project_services
from docket.projects.models import ProjectRole

PASSWORD = "docket-sample"


class Command(BaseCommand):
    help = "Fill an empty local database with one office, three people and a project."

    @transaction.atomic
    def handle(self, *args, **options):
        if not settings.DEBUG and not options.get("force"):
            raise CommandError("seed only runs with DEBUG on (or --force)")
        if account_selectors.find_user(email="ines@sample.test") is not None:
            self.stdout.write("Already seeded.")
            return
        ines = account_services.create_user(
            email="ines@sample.test", name="Inês Prado", password=PASSWORD
        )
        tom = account_services.create_user(
            email="tom@sample.test", name="Tom Okafor", password=PASSWORD
        )
        kay = account_services.create_user(
            email="kay@sample.test", name="Kay Lind", password=PASSWORD
        )
        office = account_services.create_organisation(name="Prado Structural", actor=ines)
        for person in (tom, kay):
            account_services.add_organisation_member(
                organisation=office, user=person, role=OrganisationRole.STAFF, actor=ines
            )
        project = project_services.create_project(
            organisation=office,
            actor=ines,
            name="Harbour footbridge",
            reference="HF-2041",
            description="Inspection and repair of the footbridge at the east quay.",
        )
        project_services.add_member(project=project, user=tom, role=ProjectRole.EDITOR, actor=ines)
        project_services.add_member(project=project, user=kay, role=ProjectRole.VIEWER, actor=ines)
        tag = document_services.create_tag(
            organisation=office, actor=ines, name="Survey", colour="#2f6f4f"
        )
        document = DocumentUploader(project=project, actor=tom).upload(
            title="Site survey, east quay",
            filename="survey.txt",
            content_type="text/plain",
            content=b"Survey of the east quay. Corrosion at bearing three.\fPhotographs follow.",
        )
        document_services.set_tags(document=document, actor=tom, tag_ids=[tag.public_id])
        document_services.add_comment(
            document=document, actor=kay, body="Bearing three needs a second visit."
        )
        self.stdout.write(f"Seeded. Sign in as {ines.email} with the password {PASSWORD}.")

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true")
