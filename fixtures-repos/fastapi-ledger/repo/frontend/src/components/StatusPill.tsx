import clsx from "clsx";
import type { InvoiceStatus } from "../api/types";

const COLOURS: Record<InvoiceStatus, string> = {
  draft: "bg-rule text-ink",
  issued: "bg-amber-100 text-amber-900",
  paid: "bg-emerald-100 text-emerald-900",
  void: "bg-ink/10 text-ink/60 line-through",
};

export function StatusPill({ status, overdue = false }: { status: InvoiceStatus; overdue?: boolean }) {
  return <span className={clsx("pill", overdue ? "bg-credit text-white" : COLOURS[status])}>{overdue ? "overdue" : status}</span>;
}
