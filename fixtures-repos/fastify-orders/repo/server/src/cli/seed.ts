import { emailKey } from '../core/text.ts';
import { openOrm } from '../db/orm.ts';
import { transaction } from '../db/transaction.ts';
import { closeQueues, connectQueues } from '../jobs/queues.ts';
import { User } from '../modules/accounts/entities.ts';
import { hashPassword } from '../modules/accounts/passwords.ts';
import { createProduct } from '../modules/catalog/service.ts';
import { createCustomer } from '../modules/customers/service.ts';
import { createOrder } from '../modules/orders/service.ts';
import { createShop } from '../modules/shops/service.ts';
import { readSettings } from '../settings.ts';

const settings = readSettings(process.env);
const orm = await openOrm(settings.databaseFile);
connectQueues(settings);
const em = orm.em.fork();

await transaction(em, async () => {
  const email = 'owner@tea.example';
  const passwordHash = hashPassword('tea');
  const actor = em.create(User, {
    name: 'Olu Owner',
    email,
    emailKey: emailKey(email),
    passwordHash,
  });
  const { shop } = await createShop(em, {
    actor,
    input: { name: 'Tea House', currency: 'EUR', tax_rate: 1900, alert_email: email },
  });
  const product = { price: 1250, stock: 40, low_stock_threshold: 5 };
  const mug = await createProduct(em, {
    actor,
    shop,
    input: { ...product, sku: 'MUG-1', name: 'Blue mug' },
  });
  await createProduct(em, { actor, shop, input: { ...product, sku: 'POT-1', name: 'Tea pot' } });
  const customer = await createCustomer(em, {
    actor,
    shop,
    input: { email: 'robin@mail.example', name: 'Robin Buyer', note: '' },
  });
  await createOrder(em, {
    actor,
    shop,
    input: {
      customer_id: customer.publicId,
      lines: [{ product_id: mug.publicId, quantity: 2 }],
      discount: 0,
      note: '',
      shipping_address: '1 Long Road',
    },
  });
  console.log(`Seeded ${shop.name}; sign in as ${email} with the password tea.`);
});

await closeQueues();
await orm.close();
