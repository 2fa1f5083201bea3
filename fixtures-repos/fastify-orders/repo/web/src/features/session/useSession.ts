import { useContext } from 'react';
import { type Session, SessionContext } from './SessionProvider.tsx';

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) {
    throw new Error('useSession outside of SessionProvider');
  }
  return session;
}
