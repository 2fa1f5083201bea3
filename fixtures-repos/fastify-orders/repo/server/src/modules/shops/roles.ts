export const roles = ['viewer', 'clerk', 'manager', 'owner'] as const;

export type Role = (typeof roles)[number];

export function reaches(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
