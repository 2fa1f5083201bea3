import { useState } from "react";
import { listCustomers, updateCustomer } from "../api/customers";
import { DataTable } from "../components/DataTable";
import { Field } from "../components/Field";
import { LoadMore } from "../components/LoadMore";
import { ProblemNotice } from "../components/ProblemNotice";
import { useOrganisation } from "../hooks/useOrganisation";
import { usePagedList } from "../hooks/usePagedList";

export function Customers() {
  const { organisationId } = useOrganisation();
  const [search, setSearch] = useState("");
  const { rows, error, more, restart } = usePagedList(
    (cursor) => listCustomers(organisationId, search, cursor),
    [organisationId, search],
  );
  return (
    <>
      <Field label="Search" value={search} onChange={(event) => setSearch(event.target.value)} />
      <ProblemNotice error={error} />
      <DataTable
        rows={rows}
        columns={[
          { title: "Name", cell: (customer) => customer.name },
          { title: "Email", cell: (customer) => customer.email ?? "" },
          { title: "Days", figures: true, cell: (customer) => customer.payment_days },
          {
            title: "Reminders",
            cell: (customer) => (
              <input
                type="checkbox"
                checked={customer.reminders}
                onChange={(event) => updateCustomer(customer.id, { reminders: event.target.checked }).then(restart)}
              />
            ),
          },
        ]}
      />
      <LoadMore more={more} />
    </>
  );
}
