import { useCallback, useEffect, useState } from "react";
import type { Page } from "../api/client";

export function usePagedList<T>(load: (cursor: string | null) => Promise<Page<T>>, deps: readonly unknown[]) {
  const [rows, setRows] = useState<T[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const fetchPage = useCallback(load, deps);

  const start = useCallback(() => {
    fetchPage(null).then((page) => {
      setRows(page.data);
      setCursor(page.meta.next_cursor);
    }, setError);
  }, [fetchPage]);

  const more = useCallback(() => {
    fetchPage(cursor).then((page) => {
      setRows((known) => [...known, ...page.data]);
      setCursor(page.meta.next_cursor);
    }, setError);
  }, [fetchPage, cursor]);

  useEffect(start, [start]);
  return { rows, error, more: cursor === null ? null : more, restart: start };
}
