import { http, type Page } from "./client";
import type { Account, ActivityEvent, Organisation } from "./types";

export const listOrganisations = () => http.get<Page<Organisation>>("/organisations");
export const readOrganisation = (id: string) => http.get<Organisation>(`/organisations/${id}`);
export const listAccounts = (id: string, cursor?: string | null) =>
  http.get<Page<Account>>(`/organisations/${id}/accounts`, { limit: 100, cursor });
export const listActivity = (id: string, cursor?: string | null) =>
  http.get<Page<ActivityEvent>>(`/organisations/${id}/activity`, { cursor });
