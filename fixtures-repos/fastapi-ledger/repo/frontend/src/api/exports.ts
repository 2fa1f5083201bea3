import { http, type Page } from "./client";
import type { LedgerExport } from "./types";

export const listExports = (organisation: string, cursor?: string | null) =>
  http.get<Page<LedgerExport>>(`/organisations/${organisation}/exports`, { cursor });
export const requestExport = (organisation: string, first_day: string, last_day: string) =>
  http.post<LedgerExport>(`/organisations/${organisation}/exports`, { first_day, last_day });
export const readExport = (id: string) => http.get<LedgerExport>(`/exports/${id}`);
