import { useState } from "react";
import { postEntry } from "../api/entries";
import type { Account } from "../api/types";
import { today } from "../lib/dates";
import { parseMoney } from "../lib/money";
import { Field } from "./Field";
import { ProblemNotice } from "./ProblemNotice";

interface Props {
  organisationId: string;
  currency: string;
  accounts: Account[];
  onPosted: () => void;
}

export function EntryForm({ organisationId, currency, accounts, onPosted }: Props) {
  const [memo, setMemo] = useState("");
  const [text, setText] = useState("");
  const [debit, setDebit] = useState("");
  const [credit, setCredit] = useState("");
  const [error, setError] = useState<unknown>(null);
  const amount = parseMoney(text, currency);

  async function submit() {
    if (amount === null) return;
    try {
      const lines = [
        { account: debit, amount },
        { account: credit, amount: -amount },
      ];
      await postEntry(organisationId, { booked_on: today(), memo, lines });
      setError(null);
      onPosted();
    } catch (problem) {
      setError(problem);
    }
  }

  const picker = (value: string, choose: (id: string) => void, label: string) => (
    <label className="mb-3 block">
      <span className="field-label">{label}</span>
      <select value={value} onChange={(event) => choose(event.target.value)} className="w-full rounded border border-rule">
        <option value="" />
        {accounts.map((account) => (
          <option key={account.id} value={account.id}>
            {account.code} {account.name}
          </option>
        ))}
      </select>
    </label>
  );

  return (
    <form className="card no-print mb-6" action={submit}>
      <ProblemNotice error={error} />
      <Field label="Memo" value={memo} onChange={(event) => setMemo(event.target.value)} />
      <Field label="Amount" value={text} onChange={(event) => setText(event.target.value)} />
      {picker(debit, setDebit, "To")}
      {picker(credit, setCredit, "From")}
      <button disabled={amount === null || !debit || !credit}>Post</button>
    </form>
  );
}
