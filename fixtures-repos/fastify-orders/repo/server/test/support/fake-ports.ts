import type { Mail } from '../../src/modules/mail/mailer.ts';
import type { RefundAnswer, RefundRequest } from '../../src/modules/payments/provider.ts';
import type { Ports } from '../../src/ports.ts';

interface Post {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export const outbox: Mail[] = [];
export const posts: Post[] = [];
export const refundRequests: RefundRequest[] = [];

type Answer<Value> = Value | Error;

const script: {
  mail: (Error | null)[];
  http: Answer<number>[];
  refund: Answer<RefundAnswer>[];
} = { mail: [], http: [], refund: [] };

export function mailFails(...results: (Error | null)[]): void {
  script.mail.push(...results);
}

export function receiverAnswers(...answers: Answer<number>[]): void {
  script.http.push(...answers);
}

export function providerAnswers(...answers: Answer<RefundAnswer>[]): void {
  script.refund.push(...answers);
}

export function resetPorts(): void {
  for (const list of [outbox, posts, refundRequests, script.mail, script.http, script.refund]) {
    list.length = 0;
  }
}

function given<Value>(list: Answer<Value>[], otherwise: Value): Value {
  const answer = list.shift() ?? otherwise;
  if (answer instanceof Error) {
    throw answer;
  }
  return answer;
}

export const fakePorts: Ports = {
  mailer: {
    async send(mail) {
      const failure = script.mail.shift() ?? null;
      if (failure) {
        throw failure;
      }
      outbox.push(mail);
    },
  },
  http: {
    async post(url, body, headers) {
      posts.push({ url, body, headers });
      return { status: given(script.http, 200) };
    },
  },
  provider: {
    async refund(request) {
      refundRequests.push(request);
      return given<RefundAnswer>(script.refund, { kind: 'accepted' });
    },
  },
};
