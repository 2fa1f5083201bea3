import type { User } from '@/api/auth'
import { client, type Page, type PageQuery } from '@/api/client'
import type { ProjectRole } from '@/api/projects'

export type OrganisationRole = 'admin' | 'staff' | 'guest'

export interface Membership {
  id: string
  user: User
  role: ProjectRole
  created_at: string
}

export interface OrganisationMember {
  user: User
  role: OrganisationRole
  created_at: string
}

export interface MemberInput {
  email: string
  role: ProjectRole
}

export function listMembers(projectId: string, query: PageQuery = {}): Promise<Page<Membership>> {
  return client.get(`projects/${projectId}/members/`, query)
}

export function addMember(projectId: string, input: MemberInput): Promise<Membership> {
  return client.post(`projects/${projectId}/members/`, input)
}

export function changeMemberRole(
  projectId: string,
  membershipId: string,
  role: ProjectRole,
): Promise<Membership> {
  return client.patch(`projects/${projectId}/members/${membershipId}/`, { role })
}

export function removeMember(projectId: string, membershipId: string): Promise<void> {
  return client.delete(`projects/${projectId}/members/${membershipId}/`)
}

export function listOrganisationMembers(
  organisationId: string,
  query: PageQuery = {},
): Promise<Page<OrganisationMember>> {
  return client.get(`organisations/${organisationId}/members/`, query)
}
