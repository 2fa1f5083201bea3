import { NavLink, Outlet } from "react-router-dom";
import { useOrganisation } from "../hooks/useOrganisation";
import { useSession } from "../hooks/useSession";

const PAGES = ["entries", "accounts", "customers", "invoices", "bank", "exports", "activity"];

export function Layout() {
  const { organisationId, loaded } = useOrganisation();
  const { signOut } = useSession();
  return (
    <div className="mx-auto max-w-5xl p-6">
      <header className="mb-6 flex items-baseline gap-6">
        <h1 className="text-xl font-semibold">{loaded.state === "loaded" ? loaded.value.name : "…"}</h1>
        <nav className="flex gap-4 text-sm">
          {PAGES.map((page) => (
            <NavLink key={page} to={`/o/${organisationId}/${page}`} className="capitalize">
              {page}
            </NavLink>
          ))}
        </nav>
        <button type="button" className="no-print ml-auto text-sm" onClick={signOut}>
          Sign out
        </button>
      </header>
      <Outlet />
    </div>
  );
}
