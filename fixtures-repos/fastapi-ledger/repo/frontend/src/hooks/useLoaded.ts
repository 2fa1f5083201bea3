import { useCallback, useEffect, useState } from "react";

export type Loaded<T> =
  | { state: "loading" }
  | { state: "failed"; error: unknown }
  | { state: "loaded"; value: T };

export function useLoaded<T>(load: () => Promise<T>, deps: readonly unknown[]) {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: "loading" });
  const run = useCallback(load, deps);
  const reload = useCallback(() => {
    let current = true;
    run().then(
      (value) => current && setLoaded({ state: "loaded", value }),
      (error) => current && setLoaded({ state: "failed", error }),
    );
    return () => {
      current = false;
    };
  }, [run]);
  useEffect(reload, [reload]);
  return { loaded, reload };
}
