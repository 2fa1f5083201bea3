export const webhookTopics = [
  'order.placed',
  'order.paid',
  'order.shipped',
  'order.cancelled',
  'refund.created',
] as const;

export type WebhookTopic = (typeof webhookTopics)[number];
