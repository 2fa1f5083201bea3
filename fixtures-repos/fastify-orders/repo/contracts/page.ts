export interface Page<Item> {
  readonly items: readonly Item[];
  readonly page: { readonly size: number; readonly next: string | null };
}
