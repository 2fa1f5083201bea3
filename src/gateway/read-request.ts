import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { Incoming } from './exchange.ts'

const bodyShape = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.union([z.string(), z.array(z.unknown())]) })),
  tools: z.array(z.unknown()).nullish(),
  stream: z.boolean().nullish(),
})

/** Deeper than any tool input; far below what makes our own recursion run out of stack. */
const deepest = 200

/** Which header held `key`; null where neither did. */
export function authStyle(headers: IncomingHttpHeaders, key: string): 'bearer' | 'x-api-key' | null {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  if (bearer !== undefined && same(bearer, key)) {
    return 'bearer'
  }
  const plain = headers['x-api-key']
  return typeof plain === 'string' && same(plain, key) ? 'x-api-key' : null
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** The whole body of a request; `too-large` as soon as it passes `limit` bytes, `gone` where the client broke off. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | 'too-large' | 'gone'> {
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    return 'too-large'
  }
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      length += chunk.length
      if (length > limit) {
        return 'too-large'
      }
      chunks.push(chunk)
    }
  } catch {
    return 'gone'
  }
  return Buffer.concat(chunks)
}

/** A body as a Messages API request, or a sentence that says what is wrong with it. */
export function readMessagesBody(bytes: Buffer): { readonly body: Incoming['body'] } | { readonly error: string } {
  const value = parsed(bytes)
  if (value === undefined) {
    return { error: 'The request body is not valid JSON.' }
  }
  if (!shallow(value, deepest)) {
    return { error: `The request body is nested more than ${deepest} levels deep.` }
  }
  const result = bodyShape.safeParse(value)
  if (!result.success) {
    const [issue] = result.error.issues
    return { error: `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'is not a Messages API request'}` }
  }
  return { body: result.data as Incoming['body'] }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}

function shallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) {
    return true
  }
  return levels > 0 && Object.values(value).every((member) => shallow(member, levels - 1))
}
