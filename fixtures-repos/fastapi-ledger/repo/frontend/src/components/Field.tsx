import type { InputHTMLAttributes } from "react";

export function Field({ label, ...input }: { label: string } & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <label className="mb-3 block">
      <span className="field-label">{label}</span>
      <input {...input} className="w-full rounded border border-rule px-2 py-1" />
    </label>
  );
}
