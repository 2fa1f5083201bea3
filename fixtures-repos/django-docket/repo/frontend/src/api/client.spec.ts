import { beforeEach, describe, expect, it, vi } from 'vitest'

import { ApiError, buildUrl, client, setUnauthorisedHandler, storeToken } from '@/api/client'

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  const response = new Response(body === null ? null : JSON.stringify(body), { status, headers })
  const fetch = vi.fn<typeof globalThis.fetch>().mockResolvedValue(response)
  vi.stubGlobal('fetch', fetch)
  return fetch
}

function sentHeaders(fetch: ReturnType<typeof answer>) {
  return fetch.mock.calls[0]?.[1]?.headers as Headers
}

describe('client', () => {
  beforeEach(() => {
    localStorage.clear()
    setUnauthorisedHandler(() => {})
  })

  it('leaves empty parameters out of the address', () => {
    const url = buildUrl('projects/', { status: undefined, q: '', cursor: 'cD0y', limit: 10 })
    expect(url).toBe('/api/projects/?cursor=cD0y&limit=10')
  })

  it('sends the stored token', async () => {
    storeToken('abc')
    const fetch = answer(200, {})
    await client.get('me/')
    expect(sentHeaders(fetch).get('Authorization')).toBe('Token abc')
  })

  it('leaves the content type of a form to the browser', async () => {
    const fetch = answer(201, {})
    await client.post('projects/prj_1/documents/', new FormData())
    expect(sentHeaders(fetch).has('Content-Type')).toBe(false)
  })

  it('accepts an answer without a body', async () => {
    answer(204, null)
    await expect(client.delete('documents/doc_1/')).resolves.toBeUndefined()
  })

  it('turns an error answer into an ApiError', async () => {
    const details = [{ field: 'reference', code: 'max_length', message: 'Too long.' }]
    answer(422, {
      error: { code: 'validation_failed', message: 'Too long.', field: 'reference', details },
    })
    const error = await client.post('projects/', {}).catch((problem: unknown) => problem)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ status: 422, code: 'validation_failed', field: 'reference' })
    expect((error as ApiError).messageFor('reference')).toBe('Too long.')
    expect((error as ApiError).messageFor('name')).toBeNull()
  })

  it('keeps the waiting time of a throttled request', async () => {
    const error = { code: 'throttled', message: 'Too many requests.', field: null, details: [] }
    answer(429, { error }, { 'Retry-After': '12' })
    await expect(client.get('projects/')).rejects.toMatchObject({ status: 429, retryAfter: 12 })
  })

  it('reports a lost session once', async () => {
    const handler = vi.fn()
    setUnauthorisedHandler(handler)
    const error = { code: 'not_authenticated', message: 'Sign in.', field: null, details: [] }
    answer(401, { error })
    await expect(client.get('me/')).rejects.toMatchObject({ status: 401 })
    expect(handler).toHaveBeenCalledOnce()
  })

  it('names a failed connection', async () => {
    vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('Failed to fetch')))
    await expect(client.get('me/')).rejects.toMatchObject({ status: 0, code: 'network' })
  })
})
