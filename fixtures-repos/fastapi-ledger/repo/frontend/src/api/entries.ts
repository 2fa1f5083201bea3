import { http, type Page } from "./client";
import type { Entry } from "./types";

export interface EntryDraft {
  booked_on: string;
  memo: string;
  lines: { account: string; amount: number; note?: string }[];
}

export const listEntries = (organisation: string, cursor?: string | null) =>
  http.get<Page<Entry>>(`/organisations/${organisation}/entries`, { cursor });
export const postEntry = (organisation: string, draft: EntryDraft) =>
  http.post<Entry>(`/organisations/${organisation}/entries`, draft);
export const reverseEntry = (id: string) => http.post<Entry>(`/entries/${id}/reverse`);
