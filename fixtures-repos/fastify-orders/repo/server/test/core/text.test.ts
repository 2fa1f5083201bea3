import { expect, test } from 'vitest';
import { cleanText, emailKey, slugOf, textKey } from '../../src/core/text.ts';

test('clean text has single spaces and composed characters', () => {
  expect(cleanText('  Ａlte\u00a0 Tasse\n')).toBe('Alte Tasse');
});

test('a text key ignores case, spaces and sharp s', () => {
  expect(textKey(' GROẞE  Straße ')).toBe('grosse strasse');
});

test('an email key ignores case and what follows a plus', () => {
  expect(emailKey(' Robin+Shop@Mail.Example ')).toBe('robin@mail.example');
  expect(emailKey('robin@mail.example')).toBe('robin@mail.example');
});

test.each([
  ['Blue Mug, 2nd edition', 'blue-mug-2nd-edition'],
  ['Café Crème', 'cafe-creme'],
  ['Weiß & Größe', 'weiss-grosse'],
  ['茶', 'item'],
  ['-- a --', 'a'],
])('the slug of %s is %s', (text, slug) => {
  expect(slugOf(text)).toBe(slug);
});

test('a slug has at most sixty characters and no hyphen at its end', () => {
  const slug = slugOf(`${'a'.repeat(59)} b`);

  expect(slug).toBe('a'.repeat(59));
});
