import clsx from "clsx";
import { formatMoney } from "../lib/money";

export function Money({ amount, currency, signed = false }: { amount: number; currency: string; signed?: boolean }) {
  return (
    <span className={clsx("figures", signed && (amount < 0 ? "text-credit" : "text-debit"))}>
      {formatMoney(amount, currency)}
    </span>
  );
}
