/** The catalogue of errors the gateway itself answers with (CONTRACT section 5): code -> HTTP status and OpenAI error type. */
export const errorCatalogue = {
  invalid_api_key: { status: 401, type: 'authentication_error' },
  client_key_disabled: { status: 403, type: 'permission_error' },
  model_not_allowed: { status: 403, type: 'permission_error' },
  model_not_found: { status: 404, type: 'invalid_request_error' },
  route_not_found: { status: 404, type: 'invalid_request_error' },
  invalid_json: { status: 400, type: 'invalid_request_error' },
  invalid_request: { status: 400, type: 'invalid_request_error' },
  unsupported_media_type: { status: 415, type: 'invalid_request_error' },
  request_too_large: { status: 413, type: 'invalid_request_error' },
  host_not_allowed: { status: 421, type: 'permission_error' },
  origin_not_allowed: { status: 403, type: 'permission_error' },
  rate_limit_exceeded: { status: 429, type: 'rate_limit_error' },
  budget_exceeded: { status: 429, type: 'rate_limit_error' },
  no_available_endpoint: { status: 503, type: 'server_error' },
  upstream_credentials_exhausted: { status: 502, type: 'server_error' },
  upstream_error: { status: 502, type: 'server_error' },
  upstream_timeout: { status: 504, type: 'server_error' },
  gateway_paused: { status: 503, type: 'server_error' },
  gateway_stopping: { status: 503, type: 'server_error' },
  internal_error: { status: 500, type: 'server_error' },
} as const;

export type ErrorCode = keyof typeof errorCatalogue;
