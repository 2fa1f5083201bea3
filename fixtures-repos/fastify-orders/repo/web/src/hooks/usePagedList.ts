import { useInfiniteQuery } from '@tanstack/react-query';
import type { Page } from '../api/types.ts';

export function usePagedList<Item>(
  key: readonly unknown[],
  load: (cursor: string | null) => Promise<Page<Item>>,
) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.next,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return { items, more: query.hasNextPage, loadMore: query.fetchNextPage, error: query.error };
}
