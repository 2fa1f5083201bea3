import { http, type Page } from "./client";
import type { BankImport } from "./types";

export const listImports = (organisation: string, cursor?: string | null) =>
  http.get<Page<BankImport>>(`/organisations/${organisation}/bank-imports`, { cursor });
export const importStatement = (account: string, filename: string, content: string) =>
  http.post<BankImport>("/bank-imports", { account, filename, content });
