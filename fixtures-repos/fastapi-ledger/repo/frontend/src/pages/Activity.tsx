import { listActivity } from "../api/organisations";
import { DataTable } from "../components/DataTable";
import { LoadMore } from "../components/LoadMore";
import { ProblemNotice } from "../components/ProblemNotice";
import { useOrganisation } from "../hooks/useOrganisation";
import { usePagedList } from "../hooks/usePagedList";

export function Activity() {
  const { organisationId } = useOrganisation();
  const { rows, error, more } = usePagedList((cursor) => listActivity(organisationId, cursor), [organisationId]);
  return (
    <>
      <ProblemNotice error={error} />
      <DataTable
        rows={rows}
        columns={[
          { title: "When", cell: (event) => new Date(event.created_at).toLocaleString("en-GB") },
          { title: "Who", cell: (event) => event.actor?.name ?? "Ledger" },
          { title: "What", cell: (event) => event.action.replace(".", " ") },
        ]}
      />
      <LoadMore more={more} />
    </>
  );
}
