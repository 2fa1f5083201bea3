import { client, type Page, type PageQuery } from '@/api/client'

export interface User {
  id: string
  name: string
  email: string
}

export interface Me extends User {
  created_at: string
}

export interface Credentials {
  email: string
  password: string
}

export interface Organisation {
  id: string
  name: string
  created_at: string
}

export function createToken(credentials: Credentials): Promise<{ token: string }> {
  return client.post('auth/token/', credentials)
}

export function getMe(): Promise<Me> {
  return client.get('me/')
}

export function listOrganisations(query: PageQuery = {}): Promise<Page<Organisation>> {
  return client.get('organisations/', query)
}
