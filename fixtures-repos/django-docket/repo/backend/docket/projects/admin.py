from django.contrib import admin

from docket.projects.models import Membership, Project


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    fk_name = "project"
    autocomplete_fields = ["user", "added_by"]


@admin.register(Project)
class ProjectAdmin(admin.ModelAdmin):
    list_display = ["name", "reference", "organisation", "status"]
    list_filter = ["status"]
    list_select_related = ["organisation"]
    search_fields = ["name", "reference", "public_id"]
    readonly_fields = ["public_id", "archived_at"]
    inlines = [MembershipInline]
