import { http, type Page } from "./client";
import type { Invoice, InvoiceStatus, InvoiceSummary, Payment } from "./types";

export const listInvoices = (organisation: string, status: InvoiceStatus | "", cursor?: string | null) =>
  http.get<Page<InvoiceSummary>>(`/organisations/${organisation}/invoices`, { status, cursor });
export const readInvoice = (id: string) => http.get<Invoice>(`/invoices/${id}`);
export const issueInvoice = (id: string) => http.post<Invoice>(`/invoices/${id}/issue`);
export const voidInvoice = (id: string) => http.post<Invoice>(`/invoices/${id}/void`);
export const listPayments = (id: string) => http.get<Page<Payment>>(`/invoices/${id}/payments`);
export const recordPayment = (id: string, amount: number, reference: string) =>
  http.post<Payment>(`/invoices/${id}/payments`, { amount, reference });
