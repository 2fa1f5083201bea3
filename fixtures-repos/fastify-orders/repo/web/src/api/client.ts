import type { ErrorBody } from './types.ts';

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | null;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(status: number, { error }: ErrorBody) {
    super(error.message);
    this.status = status;
    this.code = error.code;
    this.field = error.field;
    this.details = error.details;
  }
}

export interface Client {
  get<Body>(path: string): Promise<Body>;
  post<Body>(path: string, payload?: object, headers?: Record<string, string>): Promise<Body>;
  patch<Body>(path: string, payload: object): Promise<Body>;
}

export function createClient(token: string | null, onSignedOut: () => void): Client {
  async function call(method: string, path: string, payload?: object, headers?: Record<string, string>) {
    const response = await fetch(`/api${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(payload ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      body: payload ? JSON.stringify(payload) : undefined,
    });
    if (response.status === 401) {
      onSignedOut();
    }
    if (!response.ok) {
      throw new ApiError(response.status, await response.json());
    }
    return response.status === 204 ? null : response.json();
  }
  return {
    get: (path) => call('GET', path),
    post: (path, payload, headers) => call('POST', path, payload, headers),
    patch: (path, payload) => call('PATCH', path, payload),
  };
}
