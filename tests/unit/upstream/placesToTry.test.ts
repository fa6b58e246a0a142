import { expect, it } from 'vitest';
import type { EndpointKind } from '../../../main/contract/schemas/endpoint.ts';
import { placesToTry } from '../../../main/upstream/doctor/findCure.ts';

const tried = (kind: EndpointKind, baseUrl: string) =>
  placesToTry({ kind, baseUrl }).map((place) => `${place.kind} ${place.baseUrl}`);

it('other paths and kinds of the same server are tried, never the one that failed, never another host', () => {
  const places = tried('openai', 'https://llm.example.com/v1');
  expect(places).toContain('openai https://llm.example.com/api/v1');
  expect(places).toContain('anthropic https://llm.example.com');
  expect(places).not.toContain('openai https://llm.example.com/v1');
  expect(places.every((place) => new URL(place.split(' ')[1] ?? '').host === 'llm.example.com')).toBe(true);
  expect(new Set(places).size).toBe(places.length);
  expect(places.length).toBeLessThanOrEqual(12);
});

it('nobody is led from https to plain http, but on a machine of the house', () => {
  expect(tried('openai', 'https://llm.example.com/v1').some((place) => place.includes('http://'))).toBe(
    false,
  );
  expect(tried('openai', 'https://localhost:1234/v1')).toContain('openai http://localhost:1234/v1');
  expect(tried('openai', 'http://llm.example.com:8000/v1')).toContain(
    'openai https://llm.example.com:8000/v1',
  );
});
