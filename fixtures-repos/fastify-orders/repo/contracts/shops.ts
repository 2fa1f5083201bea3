export type RoleName = 'viewer' | 'clerk' | 'manager' | 'owner';

export interface ShopBody {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly currency: string;
  readonly tax_rate: string;
  readonly alert_email: string | null;
  readonly my_role: RoleName;
  readonly created_at: string;
}

export interface StaffBody {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: RoleName;
  readonly since: string;
}

export interface AuditEventBody {
  readonly id: string;
  readonly action: string;
  readonly subject: string;
  readonly actor: { readonly id: string; readonly name: string } | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly created_at: string;
}
