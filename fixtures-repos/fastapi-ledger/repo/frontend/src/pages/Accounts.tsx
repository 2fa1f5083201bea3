import { Link } from "react-router-dom";
import { listAccounts } from "../api/organisations";
import { DataTable } from "../components/DataTable";
import { LoadMore } from "../components/LoadMore";
import { ProblemNotice } from "../components/ProblemNotice";
import { useOrganisation } from "../hooks/useOrganisation";
import { usePagedList } from "../hooks/usePagedList";

export function Accounts() {
  const { organisationId } = useOrganisation();
  const { rows, error, more } = usePagedList((cursor) => listAccounts(organisationId, cursor), [organisationId]);
  return (
    <>
      <ProblemNotice error={error} />
      <DataTable
        rows={rows}
        columns={[
          { title: "Code", cell: (account) => account.code },
          { title: "Name", cell: (account) => <Link to={account.id}>{account.name}</Link> },
          { title: "Kind", cell: (account) => account.kind },
        ]}
      />
      <LoadMore more={more} />
    </>
  );
}
