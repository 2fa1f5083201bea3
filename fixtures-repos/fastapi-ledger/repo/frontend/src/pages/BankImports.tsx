import { listImports } from "../api/bankImports";
import { listAccounts } from "../api/organisations";
import { DataTable } from "../components/DataTable";
import { LoadMore } from "../components/LoadMore";
import { ProblemNotice } from "../components/ProblemNotice";
import { UploadStatement } from "../components/UploadStatement";
import { useLoaded } from "../hooks/useLoaded";
import { useOrganisation } from "../hooks/useOrganisation";
import { usePagedList } from "../hooks/usePagedList";

export function BankImports() {
  const { organisationId } = useOrganisation();
  const { loaded } = useLoaded(() => listAccounts(organisationId), [organisationId]);
  const { rows, error, more, restart } = usePagedList((cursor) => listImports(organisationId, cursor), [organisationId]);
  const assets = loaded.state === "loaded" ? loaded.value.data.filter((account) => account.kind === "asset") : [];
  return (
    <>
      {assets.length > 0 && <UploadStatement accounts={assets} onImported={restart} />}
      <ProblemNotice error={error} />
      <DataTable
        rows={rows}
        columns={[
          { title: "File", cell: (item) => item.filename },
          { title: "Account", cell: (item) => item.account.code },
          { title: "New", figures: true, cell: (item) => item.row_count },
          { title: "Known", figures: true, cell: (item) => item.duplicate_count },
          { title: "Rejected", figures: true, cell: (item) => item.rejected.length },
        ]}
      />
      <LoadMore more={more} />
    </>
  );
}
