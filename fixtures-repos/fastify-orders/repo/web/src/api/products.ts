import type { Client } from './client.ts';
import type { Page, ProductBody, StockMovementBody } from './types.ts';

export function listProducts(client: Client, shopId: string, q: string, cursor: string | null) {
  const search = new URLSearchParams({ ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) });
  return client.get<Page<ProductBody>>(`/shops/${shopId}/products?${search}`);
}

export function getProduct(client: Client, shopId: string, productId: string) {
  return client.get<ProductBody>(`/shops/${shopId}/products/${productId}`);
}

export function listMovements(client: Client, shopId: string, productId: string, cursor: string | null) {
  const search = new URLSearchParams({ limit: '10', ...(cursor ? { cursor } : {}) });
  return client.get<Page<StockMovementBody>>(`/shops/${shopId}/products/${productId}/movements?${search}`);
}

export function adjustStock(client: Client, shopId: string, productId: string, delta: number) {
  const payload = { delta, reason: delta > 0 ? 'received' : 'correction' };
  return client.post<ProductBody>(`/shops/${shopId}/products/${productId}/stock`, payload);
}
