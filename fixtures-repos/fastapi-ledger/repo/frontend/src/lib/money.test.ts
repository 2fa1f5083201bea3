import { expect, it } from "vitest";
import { formatMoney, parseMoney } from "./money";

it("formats minor units", () => {
  expect(formatMoney(-123450, "EUR")).toBe("-€1,234.50");
  expect(formatMoney(1200, "JPY")).toContain("1,200");
});

it("parses what people type", () => {
  expect(parseMoney("12,5", "EUR")).toBe(1250);
  expect(parseMoney("1.234", "EUR")).toBeNull();
});
