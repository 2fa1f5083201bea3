import { useState } from "react";
import { Link } from "react-router-dom";
import { listInvoices } from "../api/invoices";
import type { InvoiceStatus } from "../api/types";
import { DataTable } from "../components/DataTable";
import { LoadMore } from "../components/LoadMore";
import { Money } from "../components/Money";
import { ProblemNotice } from "../components/ProblemNotice";
import { StatusPill } from "../components/StatusPill";
import { useOrganisation } from "../hooks/useOrganisation";
import { usePagedList } from "../hooks/usePagedList";
import { today } from "../lib/dates";

const STATUSES: (InvoiceStatus | "")[] = ["", "draft", "issued", "paid", "void"];

export function Invoices() {
  const { organisationId, currency } = useOrganisation();
  const [status, setStatus] = useState<InvoiceStatus | "">("");
  const { rows, error, more } = usePagedList(
    (cursor) => listInvoices(organisationId, status, cursor),
    [organisationId, status],
  );
  return (
    <>
      <select value={status} onChange={(event) => setStatus(event.target.value as InvoiceStatus | "")}>
        {STATUSES.map((value) => (
          <option key={value} value={value}>
            {value || "all"}
          </option>
        ))}
      </select>
      <ProblemNotice error={error} />
      <DataTable
        rows={rows}
        columns={[
          { title: "Number", cell: (invoice) => <Link to={invoice.id}>{invoice.number ?? "draft"}</Link> },
          { title: "Customer", cell: (invoice) => invoice.customer.name },
          { title: "Booked to", cell: (invoice) => invoice.income_codes.join(", ") },
          {
            title: "Status",
            cell: (invoice) => (
              <StatusPill
                status={invoice.status}
                overdue={invoice.status === "issued" && (invoice.due_on ?? "") < today()}
              />
            ),
          },
          { title: "Total", figures: true, cell: (invoice) => <Money amount={invoice.total} currency={currency} /> },
        ]}
      />
      <LoadMore more={more} />
    </>
  );
}
