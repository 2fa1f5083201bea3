import { http, type Page } from "./client";
import type { Customer } from "./types";

export const listCustomers = (organisation: string, search: string, cursor?: string | null) =>
  http.get<Page<Customer>>(`/organisations/${organisation}/customers`, { search, cursor });
export const createCustomer = (organisation: string, name: string) =>
  http.post<Customer>(`/organisations/${organisation}/customers`, { name });
export const updateCustomer = (id: string, changes: Partial<Omit<Customer, "id">>) =>
  http.patch<Customer>(`/customers/${id}`, changes);
