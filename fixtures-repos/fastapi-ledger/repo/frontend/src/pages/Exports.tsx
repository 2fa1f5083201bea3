import { useEffect } from "react";
import { listExports, requestExport } from "../api/exports";
import { DataTable } from "../components/DataTable";
import { LoadMore } from "../components/LoadMore";
import { ProblemNotice } from "../components/ProblemNotice";
import { useOrganisation } from "../hooks/useOrganisation";
import { usePagedList } from "../hooks/usePagedList";
import { today, yearOf } from "../lib/dates";

const POLL_MS = 3000;

export function Exports() {
  const { organisationId } = useOrganisation();
  const { rows, error, more, restart } = usePagedList((cursor) => listExports(organisationId, cursor), [organisationId]);
  const waiting = rows.some((row) => row.status === "pending");

  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(restart, POLL_MS);
    return () => clearInterval(timer);
  }, [waiting, restart]);

  const { first, last } = yearOf(today());
  return (
    <>
      <button type="button" onClick={() => requestExport(organisationId, first, last).then(restart)}>
        Export this year
      </button>
      <ProblemNotice error={error} />
      <DataTable
        rows={rows}
        columns={[
          { title: "Layout", cell: (row) => row.layout },
          { title: "Days", cell: (row) => `${row.first_day} – ${row.last_day}` },
          { title: "Rows", figures: true, cell: (row) => row.row_count ?? "…" },
          {
            title: "",
            cell: (row) => (row.status === "ready" ? <a href={`/api/v1/exports/${row.id}/content`}>Download</a> : "building"),
          },
        ]}
      />
      <LoadMore more={more} />
    </>
  );
}
