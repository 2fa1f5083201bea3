import type { EntityManager } from '@mikro-orm/sql';

type Effect = () => Promise<void>;

const waiting = new WeakMap<EntityManager, Effect[]>();

export async function transaction<Result>(
  em: EntityManager,
  work: () => Promise<Result>,
): Promise<Result> {
  if (em.isInTransaction()) {
    const result = await work();
    await em.flush();
    return result;
  }
  const effects: Effect[] = [];
  waiting.set(em, effects);
  await em.begin();
  try {
    const result = await work();
    await em.commit();
    waiting.delete(em);
    for (const effect of effects) {
      await effect();
    }
    return result;
  } catch (error) {
    if (em.isInTransaction()) {
      await em.rollback();
    }
    waiting.delete(em);
    throw error;
  }
}

export async function onCommit(em: EntityManager, effect: Effect): Promise<void> {
  const effects = waiting.get(em);
  if (effects === undefined) {
    await effect();
    return;
  }
  effects.push(effect);
}
