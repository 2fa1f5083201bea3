import { createLogMailer, type Mailer } from './modules/mail/mailer.ts';
import { createProvider, type PaymentProvider } from './modules/payments/provider.ts';
import { createHttpSender, type HttpSender } from './modules/webhooks/http-sender.ts';
import type { Settings } from './settings.ts';

export interface Ports {
  readonly mailer: Mailer;
  readonly http: HttpSender;
  readonly provider: PaymentProvider;
}

export function createPorts(settings: Settings): Ports {
  return {
    mailer: createLogMailer(settings.mailFrom),
    http: createHttpSender(),
    provider: createProvider(settings.paymentsUrl),
  };
}
