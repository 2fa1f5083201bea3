import { Navigate, Route, Routes } from "react-router-dom";
import { Layout } from "./components/Layout";
import { useSession } from "./hooks/useSession";
import { AccountStatement } from "./pages/AccountStatement";
import { Accounts } from "./pages/Accounts";
import { Activity } from "./pages/Activity";
import { BankImports } from "./pages/BankImports";
import { Customers } from "./pages/Customers";
import { Entries } from "./pages/Entries";
import { Exports } from "./pages/Exports";
import { InvoiceDetail } from "./pages/InvoiceDetail";
import { Invoices } from "./pages/Invoices";
import { Organisations } from "./pages/Organisations";
import { SignIn } from "./pages/SignIn";

export function App() {
  const { token } = useSession();
  if (token === null) return <SignIn />;
  return (
    <Routes>
      <Route path="/" element={<Organisations />} />
      <Route path="/o/:organisationId" element={<Layout />}>
        <Route index element={<Navigate to="entries" replace />} />
        <Route path="entries" element={<Entries />} />
        <Route path="accounts" element={<Accounts />} />
        <Route path="accounts/:accountId" element={<AccountStatement />} />
        <Route path="customers" element={<Customers />} />
        <Route path="invoices" element={<Invoices />} />
        <Route path="invoices/:invoiceId" element={<InvoiceDetail />} />
        <Route path="bank" element={<BankImports />} />
        <Route path="exports" element={<Exports />} />
        <Route path="activity" element={<Activity />} />
      </Route>
    </Routes>
  );
}
