import { listEntries, reverseEntry } from "../api/entries";
import { listAccounts } from "../api/organisations";
import type { Entry } from "../api/types";
import { DataTable } from "../components/DataTable";
import { EntryForm } from "../components/EntryForm";
import { LoadMore } from "../components/LoadMore";
import { Money } from "../components/Money";
import { ProblemNotice } from "../components/ProblemNotice";
import { useLoaded } from "../hooks/useLoaded";
import { useOrganisation } from "../hooks/useOrganisation";
import { usePagedList } from "../hooks/usePagedList";
import { formatDay } from "../lib/dates";

const turnover = (entry: Entry) => entry.lines.reduce((sum, line) => sum + Math.max(line.amount, 0), 0);

export function Entries() {
  const { organisationId, currency } = useOrganisation();
  const { loaded } = useLoaded(() => listAccounts(organisationId), [organisationId]);
  const { rows, error, more, restart } = usePagedList((cursor) => listEntries(organisationId, cursor), [organisationId]);
  return (
    <>
      {loaded.state === "loaded" && (
        <EntryForm organisationId={organisationId} currency={currency} accounts={loaded.value.data} onPosted={restart} />
      )}
      <ProblemNotice error={error} />
      <DataTable
        rows={rows}
        columns={[
          { title: "No.", cell: (entry) => entry.number },
          { title: "Day", cell: (entry) => formatDay(entry.booked_on) },
          { title: "Memo", cell: (entry) => entry.memo },
          { title: "Accounts", cell: (entry) => entry.lines.map((line) => line.account.code).join(" / ") },
          { title: "Amount", figures: true, cell: (entry) => <Money amount={turnover(entry)} currency={currency} /> },
          {
            title: "",
            cell: (entry) => (
              <button type="button" className="no-print" onClick={() => reverseEntry(entry.id).then(restart)}>
                Reverse
              </button>
            ),
          },
        ]}
      />
      <LoadMore more={more} />
    </>
  );
}
