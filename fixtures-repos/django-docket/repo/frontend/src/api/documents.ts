import type { User } from '@/api/auth'
import { client, type Page, type PageQuery } from '@/api/client'

export type DocumentStatus = 'uploaded' | 'queued' | 'processing' | 'ready' | 'failed'
export type RunStatus = 'queued' | 'running' | 'succeeded' | 'failed'
export type Pipeline = 'full' | 'text'
export type Priority = 'low' | 'normal' | 'high'

export const DOCUMENT_STATUSES: readonly DocumentStatus[] = [
  'uploaded',
  'queued',
  'processing',
  'ready',
  'failed',
]

export interface Tag {
  id: string
  name: string
  colour: string
  created_at: string
}

export interface DocumentSummary {
  id: string
  title: string
  status: DocumentStatus
  filename: string
  page_count: number | null
  tags: Pick<Tag, 'id' | 'name'>[]
  version_count: number
  comment_count: number
  last_activity_at: string
  created_at: string
}

export interface DocumentDetail extends DocumentSummary {
  project: string
  checksum: string
  keywords: string[]
  created_by: User | null
}

export interface Version {
  id: string
  number: number
  filename: string
  content_type: string
  size: number
  created_by: User | null
  created_at: string
}

export type RunStage =
  | { name: 'checksum'; sha256: string }
  | { name: 'text'; characters: number }
  | { name: 'pages'; pages: number }
  | { name: 'keywords'; count: number }

export interface Run {
  id: string
  document: string
  version: number
  pipeline: Pipeline
  priority: Priority
  status: RunStatus
  attempt: number
  stages: RunStage[]
  failure: { code: string; reason: string } | null
  requested_by: User | null
  started_at: string | null
  finished_at: string | null
  created_at: string
}

export interface DocumentState {
  id: string
  status: DocumentStatus
  status_changed_at: string
  run: Run | null
}

export interface Comment {
  id: string
  body: string
  author: User | null
  created_at: string
}

export interface DocumentFilters extends PageQuery {
  status?: DocumentStatus
  tag?: string
  q?: string
}

export interface ProcessInput {
  pipeline: Pipeline
  priority: Priority
}

export function isSettled(status: DocumentStatus): boolean {
  return status === 'ready' || status === 'failed'
}

export function isBusy(status: DocumentStatus): boolean {
  return status === 'queued' || status === 'processing'
}

export function listDocuments(
  projectId: string,
  filters: DocumentFilters = {},
  signal?: AbortSignal,
): Promise<Page<DocumentSummary>> {
  return client.get(`projects/${projectId}/documents/`, filters, signal)
}

export function uploadDocument(
  projectId: string,
  file: File,
  title = '',
): Promise<DocumentDetail> {
  const body = new FormData()
  body.append('file', file)
  if (title) body.append('title', title)
  return client.post(`projects/${projectId}/documents/`, body)
}

export function getDocument(documentId: string): Promise<DocumentDetail> {
  return client.get(`documents/${documentId}/`)
}

export function renameDocument(documentId: string, title: string): Promise<DocumentDetail> {
  return client.patch(`documents/${documentId}/`, { title })
}

export function deleteDocument(documentId: string): Promise<void> {
  return client.delete(`documents/${documentId}/`)
}

export function getDocumentState(documentId: string, signal?: AbortSignal): Promise<DocumentState> {
  return client.get(`documents/${documentId}/status/`, undefined, signal)
}

export function processDocument(
  documentId: string,
  input: ProcessInput,
  idempotencyKey: string,
): Promise<Run> {
  return client.post(`documents/${documentId}/process/`, input, {
    'Idempotency-Key': idempotencyKey,
  })
}

export function listRuns(documentId: string, query: PageQuery = {}): Promise<Page<Run>> {
  return client.get(`documents/${documentId}/runs/`, query)
}

export function setTags(documentId: string, tagIds: string[]): Promise<DocumentDetail> {
  return client.put(`documents/${documentId}/tags/`, { tags: tagIds })
}

export function listComments(documentId: string, query: PageQuery = {}): Promise<Page<Comment>> {
  return client.get(`documents/${documentId}/comments/`, query)
}

export function addComment(documentId: string, body: string): Promise<Comment> {
  return client.post(`documents/${documentId}/comments/`, { body })
}

export function listVersions(documentId: string, query: PageQuery = {}): Promise<Page<Version>> {
  return client.get(`documents/${documentId}/versions/`, query)
}

export function addVersion(documentId: string, file: File): Promise<Version> {
  const body = new FormData()
  body.append('file', file)
  return client.post(`documents/${documentId}/versions/`, body)
}

export function removeVersion(documentId: string, number: number): Promise<void> {
  return client.delete(`documents/${documentId}/versions/${number}/`)
}

export function listTags(organisationId: string, query: PageQuery = {}): Promise<Page<Tag>> {
  return client.get(`organisations/${organisationId}/tags/`, query)
}

export function createTag(
  organisationId: string,
  input: { name: string; colour?: string },
): Promise<Tag> {
  return client.post(`organisations/${organisationId}/tags/`, input)
}
