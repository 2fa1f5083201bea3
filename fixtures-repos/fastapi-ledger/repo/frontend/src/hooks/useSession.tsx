import { createContext, useContext, useMemo, useState, type ReactNode } from "react";
import { http, setToken } from "../api/client";

interface Session {
  token: string | null;
  signIn: (email: string, password: string) => Promise<void>;
  signOut: () => void;
}

const KEY = "ledger.token";
const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ children }: { children: ReactNode }) {
  const [token, keep] = useState(() => {
    const stored = localStorage.getItem(KEY);
    setToken(stored);
    return stored;
  });
  const session = useMemo<Session>(
    () => ({
      token,
      async signIn(email, password) {
        const answer = await http.post<{ token: string }>("/tokens", { email, password });
        localStorage.setItem(KEY, answer.token);
        setToken(answer.token);
        keep(answer.token);
      },
      signOut() {
        localStorage.removeItem(KEY);
        setToken(null);
        keep(null);
      },
    }),
    [token],
  );
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("useSession needs a SessionProvider");
  return session;
}
