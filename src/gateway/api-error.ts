/** An error as the Messages API tells it. */
export interface ApiError {
  readonly status: number
  /** The API's word: `overloaded_error`, `invalid_request_error`, … */
  readonly type: string
  readonly message: string
}

/** The error's JSON body. */
export function errorBody(error: ApiError): {
  readonly type: 'error'
  readonly error: { readonly type: string; readonly message: string }
} {
  return { type: 'error', error: { type: error.type, message: error.message } }
}

const types: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
}

/** An error by its HTTP status, with the type that the API pairs with it. */
export function apiError(status: number, message: string): ApiError {
  return { status, type: types[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error'), message }
}

const statuses: Readonly<Record<string, number>> = {
  'rate-limited': 429,
  overloaded: 529,
  'server-error': 500,
  connection: 502,
  malformed: 502,
  timeout: 504,
}

/** What a client is told when retries for `cause` are used up: the status that the API itself would have given, 502 for the wire's faults. */
export function statusOf(cause: string): number {
  return statuses[cause] ?? 400
}
