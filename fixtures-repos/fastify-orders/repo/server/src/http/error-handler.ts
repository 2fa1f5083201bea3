import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorBody } from '../../../contracts/errors.ts';
import { DomainError } from '../core/errors.ts';

export function errorBody(
  code: string,
  message: string,
  field: string | null = null,
  details: Readonly<Record<string, unknown>> = {},
): ErrorBody {
  return { error: { code, message, field, details } };
}

export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  if (error instanceof DomainError) {
    const { status, code, message, field, details } = error;
    return reply.status(status).send(errorBody(code, message, field, details));
  }
  const status = error.statusCode ?? 500;
  if (status >= 500) {
    request.log.error({ err: error }, 'request failed');
    return reply.status(500).send(errorBody('internal_error', 'Something went wrong on our side.'));
  }
  return reply.status(status).send(errorBody('bad_request', error.message));
}

export function answerNotFound(_request: FastifyRequest, reply: FastifyReply) {
  return reply.status(404).send(errorBody('route_not_found', 'There is nothing at this address.'));
}
