import { now } from '../../core/clock.ts';
import { transaction } from '../../db/transaction.ts';
import { writeExport } from '../../jobs/definitions.ts';
import { handle } from '../../jobs/handlers.ts';
import { Customer } from '../customers/entities.ts';
import { Order } from '../orders/entities.ts';
import { placedBetween } from '../orders/repository.ts';
import { Export } from './entities.ts';
import { customersCsv, ordersCsv } from './legacy-csv.ts';

export const exportHandlers = [
  handle(writeExport, async ({ exportId }, { em, log, attempt }) => {
    const wanted = await em.findOne(Export, { publicId: exportId }, { populate: ['shop'] });
    if (wanted === null || wanted.status !== 'queued') {
      log.info({ exportId }, 'nothing to export');
      return;
    }
    const { shop, fromDay, toDay } = wanted;
    try {
      const between = placedBetween(fromDay ?? undefined, toDay ?? undefined);
      const orders = await em.find(
        Order,
        { $and: [{ shop, placedAt: { $ne: null } }, between] },
        { populate: ['customer', 'lines'], orderBy: { number: 'asc' } },
      );
      const customers = await em.find(Customer, { shop }, { orderBy: { nameKey: 'asc' } });
      const ordered = wanted.kind === 'orders';
      await transaction(em, async () => {
        wanted.content = ordered ? ordersCsv(orders) : customersCsv(customers);
        wanted.rows = ordered ? orders.length : customers.length;
        wanted.status = 'ready';
        wanted.finishedAt = now();
      });
    } catch (error) {
      if (attempt >= writeExport.attempts) {
        await transaction(em, async () => {
          wanted.status = 'failed';
          wanted.finishedAt = now();
        });
      }
      throw error;
    }
  }),
];
