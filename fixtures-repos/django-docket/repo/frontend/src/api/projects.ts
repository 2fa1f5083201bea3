import type { Organisation, User } from '@/api/auth'
import { client, type Page, type PageQuery } from '@/api/client'
import type { DocumentStatus } from '@/api/documents'

export type ProjectStatus = 'active' | 'archived'
export type ProjectRole = 'owner' | 'editor' | 'viewer'

export interface ProjectSummary {
  id: string
  name: string
  reference: string
  status: ProjectStatus
  organisation: Pick<Organisation, 'id' | 'name'>
  role: ProjectRole
  document_count: number
  archived_at: string | null
}

export interface Project extends ProjectSummary {
  description: string
  member_count: number
}

export interface ProjectInput {
  organisation: string
  name: string
  reference?: string
  description?: string
}

export type ProjectChanges = Partial<Omit<ProjectInput, 'organisation'>>

export interface ProjectFilters extends PageQuery {
  status?: ProjectStatus
  q?: string
}

export interface AuditEvent {
  id: string
  action: string
  actor: Pick<User, 'id' | 'name'> | null
  subject_type: string
  subject_id: string
  data: Record<string, unknown>
  created_at: string
}

export type ExportFormat = 'csv' | 'txt'

export function listProjects(
  filters: ProjectFilters = {},
  signal?: AbortSignal,
): Promise<Page<ProjectSummary>> {
  return client.get('projects/', filters, signal)
}

export function createProject(input: ProjectInput): Promise<Project> {
  return client.post('projects/', input)
}

export function getProject(projectId: string): Promise<Project> {
  return client.get(`projects/${projectId}/`)
}

export function updateProject(projectId: string, changes: ProjectChanges): Promise<Project> {
  return client.patch(`projects/${projectId}/`, changes)
}

export function archiveProject(projectId: string): Promise<Project> {
  return client.post(`projects/${projectId}/archive/`)
}

export function restoreProject(projectId: string): Promise<Project> {
  return client.post(`projects/${projectId}/restore/`)
}

export function listActivity(projectId: string, query: PageQuery = {}): Promise<Page<AuditEvent>> {
  return client.get(`projects/${projectId}/activity/`, query)
}

export function exportIndex(
  projectId: string,
  format: ExportFormat,
  status?: DocumentStatus,
): Promise<Blob> {
  return client.download(`projects/${projectId}/export/`, { format, status })
}
