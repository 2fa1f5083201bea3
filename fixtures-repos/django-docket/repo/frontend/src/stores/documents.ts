import { defineStore } from 'pinia'
import { ref } from 'vue'

import * as api from '@/api/documents'
import type { DocumentDetail, DocumentFilters, DocumentState, ProcessInput } from '@/api/documents'
import { useCursorList } from '@/composables/useCursorList'

type ProjectDocuments = DocumentFilters & { project: string }

export const useDocumentsStore = defineStore('documents', () => {
  const list = useCursorList(
    ({ project, ...query }: ProjectDocuments, signal) => api.listDocuments(project, query, signal),
  )
  const current = ref<DocumentDetail | null>(null)
  const run = ref<api.Run | null>(null)
  const versions = ref<api.Version[]>([])
  const comments = ref<api.Comment[]>([])
  const moreComments = ref<string | null>(null)
  const tags = ref<api.Tag[]>([])

  let listed = ''
  let wanted = ''

  async function fetchList(project: string, filters: DocumentFilters = {}) {
    if (project !== listed) list.items.value = []
    listed = project
    await list.load({ ...filters, project })
  }

  async function fetchTags(organisationId: string) {
    tags.value = (await api.listTags(organisationId, { limit: 100 })).items
  }

  async function upload(project: string, file: File, title: string) {
    const document = await api.uploadDocument(project, file, title)
    if (project === listed) list.items.value = [document, ...list.items.value]
    return document
  }

  async function open(documentId: string) {
    wanted = documentId
    if (current.value?.id !== documentId) {
      current.value = null
      run.value = null
      versions.value = []
      comments.value = []
    }
    const [document, versionPage, commentPage] = await Promise.all([
      api.getDocument(documentId),
      api.listVersions(documentId, { limit: 100 }),
      api.listComments(documentId),
    ])
    if (wanted !== documentId) return
    current.value = document
    versions.value = versionPage.items
    comments.value = commentPage.items
    moreComments.value = commentPage.page.next
  }

  async function applyState(state: DocumentState) {
    if (current.value?.id !== state.id) return
    run.value = state.run
    if (current.value.status === state.status) return
    if (!api.isSettled(state.status)) {
      current.value.status = state.status
      return
    }
    const document = await api.getDocument(state.id)
    if (current.value?.id === state.id) current.value = document
  }

  async function process(input: ProcessInput, idempotencyKey: string) {
    if (!current.value) return
    run.value = await api.processDocument(current.value.id, input, idempotencyKey)
    current.value.status = 'queued'
  }

  async function rename(title: string) {
    if (!current.value) return
    current.value = await api.renameDocument(current.value.id, title)
  }

  async function remove() {
    if (!current.value) return
    const { id } = current.value
    await api.deleteDocument(id)
    current.value = null
    list.items.value = list.items.value.filter((item) => item.id !== id)
  }

  async function setTags(tagIds: string[]) {
    if (!current.value) return
    current.value = await api.setTags(current.value.id, tagIds)
  }

  async function addVersion(file: File) {
    if (!current.value) return
    await api.addVersion(current.value.id, file)
    await open(current.value.id)
  }

  async function removeVersion(number: number) {
    if (!current.value) return
    await api.removeVersion(current.value.id, number)
    await open(current.value.id)
  }

  async function addComment(body: string) {
    if (!current.value) return
    const comment = await api.addComment(current.value.id, body)
    comments.value.unshift(comment)
    current.value.comment_count += 1
  }

  async function fetchMoreComments() {
    if (!current.value || !moreComments.value) return
    const page = await api.listComments(current.value.id, { cursor: moreComments.value })
    comments.value.push(...page.items)
    moreComments.value = page.page.next
  }

  return {
    items: list.items,
    next: list.next,
    loading: list.loading,
    current,
    run,
    versions,
    comments,
    moreComments,
    tags,
    fetchList,
    fetchMore: list.loadMore,
    fetchTags,
    upload,
    open,
    applyState,
    process,
    rename,
    remove,
    setTags,
    addVersion,
    removeVersion,
    addComment,
    fetchMoreComments,
  }
})
