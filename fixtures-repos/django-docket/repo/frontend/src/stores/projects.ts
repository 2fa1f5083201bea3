import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

import * as api from '@/api/projects'
import type { Project, ProjectChanges, ProjectInput } from '@/api/projects'
import { useCursorList } from '@/composables/useCursorList'

export const useProjectsStore = defineStore('projects', () => {
  const list = useCursorList(api.listProjects)
  const current = ref<Project | null>(null)

  let wanted = ''

  const isArchived = computed(() => current.value?.status === 'archived')
  const isOwner = computed(() => current.value?.role === 'owner')
  const canEdit = computed(
    () => !isArchived.value && current.value !== null && current.value.role !== 'viewer',
  )
  const canManage = computed(() => isOwner.value && !isArchived.value)

  async function open(projectId: string) {
    wanted = projectId
    if (current.value?.id !== projectId) current.value = null
    const project = await api.getProject(projectId)
    if (wanted === projectId) current.value = project
  }

  async function create(input: ProjectInput) {
    const project = await api.createProject(input)
    wanted = project.id
    current.value = project
    return project
  }

  async function update(changes: ProjectChanges) {
    if (!current.value) return
    current.value = await api.updateProject(current.value.id, changes)
  }

  async function archive() {
    if (!current.value) return
    current.value = await api.archiveProject(current.value.id)
  }

  async function restore() {
    if (!current.value) return
    current.value = await api.restoreProject(current.value.id)
  }

  return {
    items: list.items,
    next: list.next,
    loading: list.loading,
    current,
    isArchived,
    isOwner,
    canEdit,
    canManage,
    fetchList: list.load,
    fetchMore: list.loadMore,
    open,
    create,
    update,
    archive,
    restore,
  }
})
