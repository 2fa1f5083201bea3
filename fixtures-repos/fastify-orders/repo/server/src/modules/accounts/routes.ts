import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AccountBody, SessionBody } from '../../../../contracts/accounts.ts';
import { email, parsed } from '../../core/input.ts';
import { timestamp } from '../../core/timestamps.ts';
import { signedIn } from '../../http/access.ts';
import { listMemberships } from '../shops/repository.ts';
import { endSession, startSession } from './service.ts';

const SignIn = z.strictObject({ email, password: z.string().min(1).max(200) });

export async function accountRoutes(app: FastifyInstance): Promise<void> {
  app.post('/sessions', async (request, reply): Promise<SessionBody> => {
    const session = await startSession(request.em, parsed(SignIn, request.body));
    reply.status(201);
    return { token: session.token, expires_at: timestamp(session.expiresAt) };
  });

  app.delete('/sessions/current', async (request, reply) => {
    await signedIn(request);
    await endSession(request.em, { token: request.headers.authorization?.split(' ')[1] ?? '' });
    return reply.status(204).send();
  });

  app.get('/me', async (request): Promise<AccountBody> => {
    const user = await signedIn(request);
    const memberships = await listMemberships(request.em, { user });
    return {
      id: user.publicId,
      email: user.email,
      name: user.name,
      shops: memberships.map(({ shop, role }) => ({ id: shop.publicId, name: shop.name, role })),
    };
  });
}
