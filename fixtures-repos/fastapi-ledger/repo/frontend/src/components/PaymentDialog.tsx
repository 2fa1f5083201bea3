import { useState } from "react";
import { recordPayment } from "../api/invoices";
import type { Invoice } from "../api/types";
import { parseMoney } from "../lib/money";
import { Field } from "./Field";
import { ProblemNotice } from "./ProblemNotice";

export function PaymentDialog({ invoice, currency, onPaid }: { invoice: Invoice; currency: string; onPaid: () => void }) {
  const [text, setText] = useState("");
  const [reference, setReference] = useState("");
  const [error, setError] = useState<unknown>(null);

  async function submit() {
    const amount = parseMoney(text, currency);
    if (amount === null) return;
    try {
      await recordPayment(invoice.id, amount, reference);
      onPaid();
    } catch (problem) {
      setError(problem);
    }
  }

  return (
    <form className="card no-print" action={submit}>
      <ProblemNotice error={error} />
      <Field label="Amount received" value={text} onChange={(event) => setText(event.target.value)} />
      <Field label="Reference" value={reference} onChange={(event) => setReference(event.target.value)} />
      <button>Record payment</button>
    </form>
  );
}
