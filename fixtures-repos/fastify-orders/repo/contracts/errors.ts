export interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly field: string | null;
    readonly details: Readonly<Record<string, unknown>>;
  };
}
