const DECIMALS: Record<string, number> = { JPY: 0, KWD: 3 };

export function formatMoney(amount: number, currency: string): string {
  const decimals = DECIMALS[currency] ?? 2;
  return new Intl.NumberFormat("en-GB", { style: "currency", currency, minimumFractionDigits: decimals }).format(
    amount / 10 ** decimals,
  );
}

export function parseMoney(text: string, currency: string): number | null {
  const decimals = DECIMALS[currency] ?? 2;
  const match = /^(-?)(\d+)(?:[.,](\d+))?$/.exec(text.trim());
  if (match === null || (match[3] ?? "").length > decimals) return null;
  const digits = `${match[2]}${(match[3] ?? "").padEnd(decimals, "0")}`;
  return Number(`${match[1]}${digits}`);
}
