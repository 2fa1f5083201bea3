import { useParams } from "react-router-dom";
import { issueInvoice, listPayments, readInvoice, voidInvoice } from "../api/invoices";
import { Money } from "../components/Money";
import { PaymentDialog } from "../components/PaymentDialog";
import { ProblemNotice } from "../components/ProblemNotice";
import { StatusPill } from "../components/StatusPill";
import { useLoaded } from "../hooks/useLoaded";
import { useOrganisation } from "../hooks/useOrganisation";
import { formatDay } from "../lib/dates";

export function InvoiceDetail() {
  const { invoiceId = "" } = useParams();
  const { currency } = useOrganisation();
  const { loaded, reload } = useLoaded(
    () => Promise.all([readInvoice(invoiceId), listPayments(invoiceId)]),
    [invoiceId],
  );
  if (loaded.state === "failed") return <ProblemNotice error={loaded.error} />;
  if (loaded.state === "loading") return null;
  const [invoice, payments] = loaded.value;
  return (
    <section className="card">
      <h2 className="mb-2 font-semibold">
        {invoice.number ?? "Draft"} for {invoice.customer.name} <StatusPill status={invoice.status} />
      </h2>
      <ul className="mb-4">
        {invoice.lines.map((line, place) => (
          <li key={place} className="flex justify-between">
            <span>
              {line.quantity / 1000} × {line.description}
            </span>
            <Money amount={line.unit_price} currency={currency} />
          </li>
        ))}
      </ul>
      <p className="mb-4 text-right">
        <Money amount={invoice.outstanding} currency={currency} /> of <Money amount={invoice.total} currency={currency} /> open
      </p>
      <ul className="mb-4 text-sm">
        {payments.data.map((payment) => (
          <li key={payment.id}>
            {formatDay(payment.received_on)} <Money amount={payment.amount} currency={currency} /> {payment.reference}
          </li>
        ))}
      </ul>
      {invoice.status === "draft" && <button onClick={() => issueInvoice(invoice.id).then(reload)}>Issue</button>}
      {invoice.status === "issued" && (
        <>
          <PaymentDialog invoice={invoice} currency={currency} onPaid={reload} />
          <button onClick={() => voidInvoice(invoice.id).then(reload)}>Void</button>
        </>
      )}
    </section>
  );
}
