export interface Page<T> {
  items: T[]
  page: {
    next: string | null
    previous: string | null
    size: number
  }
}

export interface PageQuery {
  limit?: number
  cursor?: string
}

export type ErrorDetail = Record<string, unknown>

export interface ErrorBody {
  error: {
    code: string
    message: string
    field: string | null
    details: ErrorDetail[]
  }
}

type Query = Record<string, string | number | undefined>

interface RequestOptions {
  query?: object
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

const BASE_PATH = '/api/'
const TOKEN_KEY = 'docket.token'

let unauthorised: () => void = () => {}

export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly field: string | null
  readonly details: ErrorDetail[]
  readonly retryAfter: number | null

  constructor(status: number, body: ErrorBody['error'], retryAfter: number | null = null) {
    super(body.message)
    this.name = 'ApiError'
    this.status = status
    this.code = body.code
    this.field = body.field
    this.details = body.details
    this.retryAfter = retryAfter
  }

  messageFor(field: string): string | null {
    const detail = this.details.find((entry) => entry.field === field)
    if (typeof detail?.message === 'string') return detail.message
    return this.field === field ? this.message : null
  }
}

export function readToken(): string | null {
  return localStorage.getItem(TOKEN_KEY)
}

export function storeToken(token: string): void {
  localStorage.setItem(TOKEN_KEY, token)
}

export function clearToken(): void {
  localStorage.removeItem(TOKEN_KEY)
}

export function setUnauthorisedHandler(handler: () => void): void {
  unauthorised = handler
}

export function buildUrl(path: string, query: object = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query as Query)) {
    if (value !== undefined && value !== '') params.set(name, String(value))
  }
  const search = params.toString()
  return `${BASE_PATH}${path}${search ? `?${search}` : ''}`
}

async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
  const headers = new Headers(options.headers)
  const token = readToken()
  if (token) headers.set('Authorization', `Token ${token}`)

  let body: BodyInit | undefined
  if (options.body instanceof FormData) {
    body = options.body
  } else if (options.body !== undefined) {
    headers.set('Content-Type', 'application/json')
    body = JSON.stringify(options.body)
  }

  let response: Response
  try {
    response = await fetch(buildUrl(path, options.query), {
      method,
      headers,
      body,
      signal: options.signal,
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new ApiError(0, {
      code: 'network',
      message: 'Docket cannot be reached. Check the connection and try again.',
      field: null,
      details: [],
    })
  }

  if (response.ok) return response
  if (response.status === 401) unauthorised()
  throw await readError(response)
}

async function readError(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get('Retry-After')) || null
  try {
    const body = (await response.json()) as ErrorBody
    return new ApiError(response.status, body.error, retryAfter)
  } catch {
    return new ApiError(
      response.status,
      { code: 'unexpected', message: 'Something broke.', field: null, details: [] },
      retryAfter,
    )
  }
}

async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(method, path, options)
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

export const client = {
  get: <T>(path: string, query?: object, signal?: AbortSignal) =>
    request<T>('GET', path, { query, signal }),
  post: <T>(path: string, body?: unknown, headers?: Record<string, string>) =>
    request<T>('POST', path, { body, headers }),
  put: <T>(path: string, body: unknown) => request<T>('PUT', path, { body }),
  patch: <T>(path: string, body: unknown) => request<T>('PATCH', path, { body }),
  delete: (path: string) => request<void>('DELETE', path),
  download: async (path: string, query?: object) => (await send('GET', path, { query })).blob(),
}
