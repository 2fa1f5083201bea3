import { ApiError } from '../api/client.ts';

const texts: Record<string, string> = {
  out_of_stock: 'There is not enough stock.',
  order_has_payments: 'Refund the payments first.',
  permission_denied: 'Your role does not allow this.',
  too_many_exports: 'Wait until another export is finished.',
};

export function ErrorNotice({ error }: { error: unknown }) {
  if (!error) {
    return null;
  }
  const text = error instanceof ApiError ? (texts[error.code] ?? error.message) : 'Something went wrong.';
  return (
    <p role="alert" className="rounded-md bg-red-50 px-3 py-2 text-sm text-danger">
      {text}
    </p>
  );
}
