export type Role = "viewer" | "bookkeeper" | "owner";
export type AccountKind = "asset" | "liability" | "equity" | "income" | "expense";
export type InvoiceStatus = "draft" | "issued" | "paid" | "void";

export interface PersonRef {
  id: string;
  name: string;
}

export interface Organisation {
  id: string;
  name: string;
  currency: string;
  time_zone: string;
  locked_until: string | null;
}

export interface AccountRef {
  id: string;
  code: string;
  name: string;
}

export interface Account extends AccountRef {
  kind: AccountKind;
  archived_at: string | null;
}

export interface EntryRef {
  id: string;
  number: number;
}

export interface EntryLine {
  account: AccountRef;
  amount: number;
  note: string;
}

export interface Entry extends EntryRef {
  booked_on: string;
  memo: string;
  source: string;
  lines: EntryLine[];
  created_at: string;
}

export interface Customer {
  id: string;
  name: string;
  email: string | null;
  address: string | null;
  payment_days: number;
  reminders: boolean;
}

export interface InvoiceSummary {
  id: string;
  number: string | null;
  status: InvoiceStatus;
  customer: PersonRef;
  total: number;
  outstanding: number;
  due_on: string | null;
  line_count: number;
  income_codes: string[];
}

export interface InvoiceLine {
  account: AccountRef;
  description: string;
  unit_price: number;
  quantity: number;
  tax_rate: number;
}

export interface Invoice extends Omit<InvoiceSummary, "line_count" | "income_codes"> {
  note: string | null;
  discount: number;
  net_total: number;
  tax_total: number;
  paid_total: number;
  issued_on: string | null;
  lines: InvoiceLine[];
}

export interface Payment {
  id: string;
  amount: number;
  received_on: string;
  reference: string;
  entry: EntryRef;
}

export interface BankImport {
  id: string;
  account: AccountRef;
  filename: string;
  row_count: number;
  duplicate_count: number;
  rejected: { line: number; reason: string }[];
  created_at: string;
}

export interface LedgerExport {
  id: string;
  layout: "journal" | "bookkeeper";
  first_day: string;
  last_day: string;
  status: "pending" | "ready";
  row_count: number | null;
}

export interface ActivityEvent {
  id: string;
  action: string;
  subject_id: string;
  actor: PersonRef | null;
  created_at: string;
}
