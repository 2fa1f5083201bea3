import { lowStockAlert } from '../../jobs/definitions.ts';
import { handle } from '../../jobs/handlers.ts';
import { sendOnce } from '../mail/send-once.ts';
import { lowStockText } from '../mail/texts.ts';
import { Product } from './entities.ts';

export const stockHandlers = [
  handle(lowStockAlert, async ({ productId }, { em, ports, log, jobId }) => {
    const product = await em.findOne(Product, { publicId: productId }, { populate: ['shop'] });
    if (product === null || !product.shop.alertEmail) {
      log.info({ productId }, 'nobody to alert about low stock');
      return;
    }
    if (product.stock > product.lowStockThreshold) {
      return;
    }
    await sendOnce(em, ports.mailer, {
      shop: product.shop,
      key: `low-stock.${product.publicId}.${jobId}`,
      to: product.shop.alertEmail,
      ...lowStockText(product),
    });
  }),
];
