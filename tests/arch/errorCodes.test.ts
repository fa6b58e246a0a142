import { expect, test } from 'vitest';
import { errorCatalogue } from '../../main/contract/errorCodes.ts';
import { textOf } from './sourceFiles.ts';

/** What clients may rely on: codes may join, none may leave or change its status. */
const promised = {
  invalid_api_key: 401,
  client_key_disabled: 403,
  model_not_allowed: 403,
  model_not_found: 404,
  invalid_json: 400,
  unsupported_media_type: 415,
  request_too_large: 413,
  host_not_allowed: 421,
  origin_not_allowed: 403,
  rate_limit_exceeded: 429,
  budget_exceeded: 429,
  no_available_endpoint: 503,
  upstream_credentials_exhausted: 502,
  upstream_error: 502,
  upstream_timeout: 504,
  gateway_stopping: 503,
};

const catalogue: Record<string, number> = Object.fromEntries(
  Object.entries(errorCatalogue).map(([code, { status }]) => [code, status]),
);

test('the promised codes stand with their statuses', () => {
  expect(catalogue).toMatchObject(promised);
});

test('docs/errors.md names every code with its status, and no other', () => {
  const rows = [...textOf('docs/errors.md').matchAll(/^\| `([a-z_]+)` \| (\d+) \|/gm)];
  expect(Object.fromEntries(rows.map(([, code, status]) => [code, Number(status)]))).toEqual(catalogue);
});
