import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { getProduct } from '../api/products.ts';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { MovementList } from '../features/catalog/MovementList.tsx';
import { StockForm } from '../features/catalog/StockForm.tsx';
import { useSession } from '../features/session/useSession.ts';

export function ProductPage() {
  const { productId = '' } = useParams();
  const { client, shopId } = useSession();
  const { data: product, error } = useQuery({
    queryKey: ['product', productId],
    queryFn: () => getProduct(client, shopId, productId),
  });
  if (!product) {
    return <ErrorNotice error={error} />;
  }
  return (
    <article className="space-y-4">
      <h1 className="text-xl font-semibold">{product.name}</h1>
      <StockForm product={product} />
      <MovementList product={product} />
    </article>
  );
}
