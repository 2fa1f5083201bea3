export interface Money {
  readonly amount: number;
  readonly currency: string;
}
