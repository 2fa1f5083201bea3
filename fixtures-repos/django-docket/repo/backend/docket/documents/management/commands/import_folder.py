import mimetypes
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from docket.accounts.selectors import get_user
from docket.core.errors import DomainError
from docket.documents.uploads import DocumentUploader
from docket.projects.models import ProjectRole
from docket.projects.selectors import get_project, has_role


class Command(BaseCommand):
    help = "Upload every file of a folder into a project."

    def add_arguments(self, parser):
        parser.add_argument("project_id")
        parser.add_argument("folder", type=Path)
        parser.add_argument("--as", dest="email", required=True)
        parser.add_argument("--skip-processing", action="store_true")

    def handle(self, *args, **options):
        if not options["folder"].is_dir():
            raise CommandError("The folder does not exist.")
        try:
            actor = get_user(email=options["email"])
            project = get_project(user=actor, project_id=options["project_id"])
        except DomainError as error:
            raise CommandError(error.message) from error
        if not has_role(project=project, user=actor, minimum=ProjectRole.EDITOR):
            raise CommandError("Only editors of the project may upload to it.")
        uploader = DocumentUploader(project=project, actor=actor)
        paths = sorted(path for path in options["folder"].iterdir() if path.is_file())
        failures = 0
        for path in paths:
            failures += not self.import_file(uploader, path, not options["skip_processing"])
        self.stdout.write(f"{len(paths) - failures} imported, {failures} refused")

    def import_file(self, uploader, path, process):
        content_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        try:
            uploader.upload(
                filename=path.name,
                content_type=content_type,
                content=path.read_bytes(),
                process=process,
            )
        except DomainError as error:
            self.stderr.write(f"{path.name}: {error.message}")
            return False
        return True
