from django.contrib import admin

from docket.documents.models import Comment, Document, DocumentVersion, ProcessingRun, Tag


class VersionInline(admin.TabularInline):
    model = DocumentVersion
    extra = 0
    fields = ["number", "filename", "content_type", "size", "created_at"]
    readonly_fields = fields
    can_delete = False


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin):
    list_display = ["title", "project", "status", "page_count", "created_at"]
    list_filter = ["status"]
    list_select_related = ["project"]
    search_fields = ["title", "public_id"]
    readonly_fields = ["public_id", "status", "page_count", "checksum", "created_at"]
    inlines = [VersionInline]


@admin.register(ProcessingRun)
class ProcessingRunAdmin(admin.ModelAdmin):
    list_display = ["public_id", "document", "pipeline", "status", "attempt", "created_at"]
    list_filter = ["status", "pipeline"]
    list_select_related = ["document"]
    search_fields = ["public_id", "document__public_id"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    list_display = ["name", "organisation", "colour"]
    list_select_related = ["organisation"]


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    list_display = ["public_id", "document", "author", "created_at"]
    list_select_related = ["document", "author"]
