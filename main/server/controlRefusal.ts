import type { FastifyReply } from 'fastify';

const statuses = {
  UNAUTHORIZED: 401,
  ORIGIN_NOT_ALLOWED: 403,
  NOT_FOUND: 404,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  BAD_REQUEST: 400,
  UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
} as const;

export type ControlRefusal = keyof typeof statuses;

/** Answers below `/control` before an operation is reached, in the shape operations' own errors have. */
export function refuseControl(reply: FastifyReply, code: ControlRefusal, message: string): FastifyReply {
  const status = statuses[code];
  return reply.code(status).send({ defined: false, code, status, message });
}
