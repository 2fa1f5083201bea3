import { ApiError } from "../api/client";

export function ProblemNotice({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  const text = error instanceof ApiError ? error.problem.title : "The server cannot be reached.";
  const pointer = error instanceof ApiError ? error.problem.pointer : null;
  return (
    <p role="alert" className="mb-4 rounded border border-credit/40 bg-credit/5 p-3 text-sm text-credit">
      {text} {pointer && <code>{pointer}</code>}
    </p>
  );
}
