import { useMutation, useQueryClient } from '@tanstack/react-query';

export function useAction<Input, Result>(
  run: (input: Input) => Promise<Result>,
  refreshed: readonly unknown[],
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: () => client.invalidateQueries({ queryKey: refreshed }),
  });
}
