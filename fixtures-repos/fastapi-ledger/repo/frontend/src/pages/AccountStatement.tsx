import { useState } from "react";
import { useParams } from "react-router-dom";
import { http } from "../api/client";
import type { AccountRef, EntryRef } from "../api/types";
import { Money } from "../components/Money";
import { ProblemNotice } from "../components/ProblemNotice";
import { useLoaded } from "../hooks/useLoaded";
import { useOrganisation } from "../hooks/useOrganisation";
import { formatDay, today, yearOf } from "../lib/dates";

interface StatementMovement {
  entry: EntryRef;
  booked_on: string;
  memo: string;
  amount: number;
  running_balance: number;
  contra_accounts: string[];
}

interface Statement {
  account: AccountRef;
  carried_forward: number;
  turnover: { debit: number; credit: number };
  closing_balance: number;
  movements: StatementMovement[];
}

export function AccountStatement() {
  const { accountId = "" } = useParams();
  const { currency } = useOrganisation();
  const [{ first, last }, setRange] = useState(() => yearOf(today()));
  const { loaded } = useLoaded(
    () => http.get<Statement>(`/accounts/${accountId}/statement`, { first_day: first, last_day: last }),
    [accountId, first, last],
  );
  if (loaded.state === "failed") return <ProblemNotice error={loaded.error} />;
  if (loaded.state === "loading") return null;
  const statement = loaded.value;
  return (
    <section className="card">
      <h2 className="mb-2 font-semibold">
        {statement.account.code} {statement.account.name}
      </h2>
      <div className="no-print mb-4 flex gap-2">
        <input type="date" value={first} onChange={(event) => setRange({ first: event.target.value, last })} />
        <input type="date" value={last} onChange={(event) => setRange({ first, last: event.target.value })} />
      </div>
      <table className="w-full text-sm">
        <tbody>
          <tr>
            <td colSpan={4}>Carried forward</td>
            <td><Money amount={statement.carried_forward} currency={currency} /></td>
          </tr>
          {statement.movements.map((movement) => (
            <tr key={movement.entry.id} className="border-t border-rule">
              <td>{formatDay(movement.booked_on)}</td>
              <td>{movement.memo}</td>
              <td>{movement.contra_accounts.join(", ")}</td>
              <td><Money amount={movement.amount} currency={currency} signed /></td>
              <td><Money amount={movement.running_balance} currency={currency} /></td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-t-2 border-ink">
            <td colSpan={3}>
              Debit <Money amount={statement.turnover.debit} currency={currency} /> · Credit{" "}
              <Money amount={statement.turnover.credit} currency={currency} />
            </td>
            <td colSpan={2}><Money amount={statement.closing_balance} currency={currency} /></td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
