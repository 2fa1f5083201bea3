import { Navigate, Route, Routes } from 'react-router';
import { Layout } from './components/Layout.tsx';
import { useSession } from './features/session/useSession.ts';
import { CustomersPage } from './routes/CustomersPage.tsx';
import { ExportsPage } from './routes/ExportsPage.tsx';
import { OrderPage } from './routes/OrderPage.tsx';
import { OrdersPage } from './routes/OrdersPage.tsx';
import { ProductPage } from './routes/ProductPage.tsx';
import { ProductsPage } from './routes/ProductsPage.tsx';
import { SignInPage } from './routes/SignInPage.tsx';

export function App() {
  const { token } = useSession();
  if (token === null) {
    return <SignInPage />;
  }
  return (
    <Routes>
      <Route element={<Layout />}>
        <Route path="/orders" element={<OrdersPage />} />
        <Route path="/orders/:orderId" element={<OrderPage />} />
        <Route path="/products" element={<ProductsPage />} />
        <Route path="/products/:productId" element={<ProductPage />} />
        <Route path="/customers" element={<CustomersPage />} />
        <Route path="/exports" element={<ExportsPage />} />
        <Route path="*" element={<Navigate to="/orders" replace />} />
      </Route>
    </Routes>
  );
}
