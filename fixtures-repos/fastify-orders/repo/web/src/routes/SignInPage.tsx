import { type FormEvent, useState } from 'react';
import { createClient } from '../api/client.ts';
import type { AccountBody, SessionBody } from '../api/types.ts';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { useSession } from '../features/session/useSession.ts';

export function SignInPage() {
  const { client, signIn } = useSession();
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { email, password } = Object.fromEntries(new FormData(event.currentTarget));
    try {
      const { token } = await client.post<SessionBody>('/sessions', { email, password });
      const account = await createClient(token, () => undefined).get<AccountBody>('/me');
      signIn(token, account.shops[0]?.id ?? '');
    } catch (reason) {
      setError(reason);
    }
  };
  return (
    <form className="card mx-auto mt-24 max-w-sm space-y-3" onSubmit={submit}>
      <input className="field" name="email" type="email" placeholder="E-mail" required />
      <input className="field" name="password" type="password" placeholder="Password" required />
      <ErrorNotice error={error} />
      <button type="submit" className="button w-full">
        Sign in
      </button>
    </form>
  );
}
