import type { RoleName } from './shops.ts';

export interface SessionBody {
  readonly token: string;
  readonly expires_at: string;
}

export interface AccountBody {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly shops: readonly {
    readonly id: string;
    readonly name: string;
    readonly role: RoleName;
  }[];
}
