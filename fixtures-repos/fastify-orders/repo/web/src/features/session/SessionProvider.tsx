import { createContext, type ReactNode, useMemo, useState } from 'react';
import { type Client, createClient } from '../../api/client.ts';

export interface Session {
  readonly token: string | null;
  readonly shopId: string;
  readonly client: Client;
  readonly signIn: (token: string, shopId: string) => void;
  readonly signOut: () => void;
}

export const SessionContext = createContext<Session | null>(null);

const stored = () => ({
  token: sessionStorage.getItem('token'),
  shopId: sessionStorage.getItem('shop') ?? '',
});

export function SessionProvider({ children }: { children: ReactNode }) {
  const [{ token, shopId }, setState] = useState(stored);
  const session = useMemo<Session>(() => {
    const signOut = () => {
      sessionStorage.clear();
      setState({ token: null, shopId: '' });
    };
    return {
      token,
      shopId,
      client: createClient(token, signOut),
      signIn: (nextToken, nextShop) => {
        sessionStorage.setItem('token', nextToken);
        sessionStorage.setItem('shop', nextShop);
        setState({ token: nextToken, shopId: nextShop });
      },
      signOut,
    };
  }, [token, shopId]);
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}
