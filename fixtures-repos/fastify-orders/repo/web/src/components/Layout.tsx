import { NavLink, Outlet } from 'react-router';
import { useSession } from '../features/session/useSession.ts';

const links = [
  ['/orders', 'Orders'],
  ['/products', 'Products'],
  ['/customers', 'Customers'],
  ['/exports', 'Exports'],
] as const;

export function Layout() {
  const { signOut } = useSession();
  return (
    <div className="min-h-screen bg-stone-50 text-stone-900">
      <header className="flex items-center gap-6 border-b border-stone-200 bg-white px-6 py-3">
        <span className="font-semibold text-brand">Orders</span>
        {links.map(([to, name]) => (
          <NavLink key={to} to={to} className={({ isActive }) => (isActive ? 'font-medium' : 'text-stone-500')}>
            {name}
          </NavLink>
        ))}
        <button type="button" className="ml-auto text-sm text-stone-500" onClick={signOut}>
          Sign out
        </button>
      </header>
      <main className="mx-auto max-w-5xl p-6">
        <Outlet />
      </main>
    </div>
  );
}
