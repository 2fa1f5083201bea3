import type { InjectOptions } from 'fastify';
import type { User } from '../../src/modules/accounts/entities.ts';
import { issueToken } from '../../src/modules/accounts/service.ts';
import { app, db } from './backend.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are checked by the tests themselves
  readonly body: any;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

type Call = (path: string, payload?: object, headers?: Record<string, string>) => Promise<Answer>;

async function call(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  payload: object | undefined,
  headers: Record<string, string>,
): Promise<Answer> {
  const options: InjectOptions = { method, url: `/api${path}`, headers };
  const answer = await app.inject(payload === undefined ? options : { ...options, payload });
  const json = answer.headers['content-type']?.toString().includes('json');
  return {
    status: answer.statusCode,
    body: json ? answer.json() : null,
    text: answer.body,
    headers: answer.headers,
  };
}

export function api(user: User | null): { get: Call; post: Call; patch: Call; delete: Call } {
  let authorization: Promise<Record<string, string>> | null = null;
  const signIn = async (): Promise<Record<string, string>> => {
    if (user === null) {
      return {};
    }
    const em = db();
    const { token } = await issueToken(em, { user: em.merge(user) });
    return { authorization: `Bearer ${token}` };
  };
  const method =
    (name: 'GET' | 'POST' | 'PATCH' | 'DELETE'): Call =>
    async (path, payload, headers = {}) => {
      authorization ??= signIn();
      return call(name, path, payload, { ...(await authorization), ...headers });
    };
  return {
    get: method('GET'),
    post: method('POST'),
    patch: method('PATCH'),
    delete: method('DELETE'),
  };
}
