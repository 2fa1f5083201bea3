let noted: string[] | null = null;

export function noteQuery(sql: string): void {
  noted?.push(sql);
}

export async function queriesOf(work: () => Promise<unknown>): Promise<string[]> {
  const list: string[] = [];
  noted = list;
  try {
    await work();
  } finally {
    noted = null;
  }
  return list;
}
