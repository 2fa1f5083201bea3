export interface Problem {
  code: string;
  title: string;
  pointer: string | null;
  context: Record<string, unknown>;
}

export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(problem.title);
    this.status = status;
    this.problem = problem;
  }
}

export interface Page<T> {
  data: T[];
  meta: { limit: number; next_cursor: string | null; has_more: boolean };
}

type Query = Record<string, string | number | boolean | null | undefined>;

let token: string | null = null;

export function setToken(value: string | null) {
  token = value;
}

export function buildPath(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") params.set(key, String(value));
  }
  const text = params.toString();
  return `/api/v1${path}${text ? `?${text}` : ""}`;
}

async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(path, {
    method,
    headers: {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response.status === 204) return undefined as T;
  const answer = await response.json();
  if (!response.ok) throw new ApiError(response.status, answer.problem);
  return answer as T;
}

export const http = {
  get: <T>(path: string, query?: Query) => send<T>("GET", buildPath(path, query)),
  post: <T>(path: string, body: unknown = {}) => send<T>("POST", buildPath(path), body),
  patch: <T>(path: string, body: unknown) => send<T>("PATCH", buildPath(path), body),
  remove: (path: string) => send<void>("DELETE", buildPath(path)),
};
