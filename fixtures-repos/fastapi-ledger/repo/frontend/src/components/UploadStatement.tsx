import { useState } from "react";
import { importStatement } from "../api/bankImports";
import type { Account } from "../api/types";
import { ProblemNotice } from "./ProblemNotice";

export function UploadStatement({ accounts, onImported }: { accounts: Account[]; onImported: () => void }) {
  const [account, setAccount] = useState(accounts[0]?.id ?? "");
  const [error, setError] = useState<unknown>(null);

  async function upload(file: File | undefined) {
    if (file === undefined) return;
    try {
      await importStatement(account, file.name, await file.text());
      setError(null);
      onImported();
    } catch (problem) {
      setError(problem);
    }
  }

  return (
    <div className="card no-print mb-6">
      <ProblemNotice error={error} />
      <select value={account} onChange={(event) => setAccount(event.target.value)}>
        {accounts.map((item) => (
          <option key={item.id} value={item.id}>
            {item.code} {item.name}
          </option>
        ))}
      </select>
      <input type="file" accept=".csv,text/csv" onChange={(event) => upload(event.target.files?.[0])} />
    </div>
  );
}
