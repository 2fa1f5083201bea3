export function cleanText(value: string): string {
  return value.normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

export function textKey(value: string): string {
  return cleanText(value).toLowerCase().replaceAll('ß', 'ss');
}

export function emailKey(value: string): string {
  const cleaned = value.normalize('NFKC').trim().toLowerCase();
  const at = cleaned.lastIndexOf('@');
  const local = cleaned.slice(0, at).replace(/\+.*$/u, '');
  return `${local}${cleaned.slice(at)}`;
}

export function slugOf(value: string): string {
  const plain = textKey(value).normalize('NFKD').replace(/\p{M}/gu, '');
  const slug = plain.replace(/[^a-z0-9]+/gu, '-').replace(/^-+|-+$/gu, '');
  return slug.slice(0, 60).replace(/-+$/u, '') || 'item';
}
