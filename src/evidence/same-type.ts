/** A type with intersections merged and `readonly` dropped, so that only what a value may be is compared. */
type Plain<T> = T extends readonly (infer Item)[] ? Plain<Item>[] : T extends object ? { -readonly [Key in keyof T]: Plain<T[Key]> } : T

/** `true` where two types allow the same values; `false satisfies`-checks fail to compile, so a schema cannot drift from its interface. */
export type SameType<A, B> = (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : false
