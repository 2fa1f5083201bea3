import { Link } from 'react-router';
import type { ProductBody } from '../../api/types.ts';
import { Amount } from '../../components/Amount.tsx';

export function ProductCard({ product }: { product: ProductBody }) {
  return (
    <Link to={`/products/${product.id}`} className="card block">
      <p className="font-medium">{product.name}</p>
      <p className="text-sm text-stone-500">{product.sku}</p>
      <p className="mt-2 flex justify-between text-sm">
        <Amount value={product.price} />
        <span className={product.low_stock ? 'text-danger' : ''}>{product.stock}</span>
      </p>
    </Link>
  );
}
