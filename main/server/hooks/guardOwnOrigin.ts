// Keeps other web pages away from `/control`: same origin only, and nothing that a plain HTML form could send.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuseControl } from '../controlRefusal.ts';
import { isOwnPage } from './isOwnPage.ts';

function isOwn(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return request.headers.origin === undefined || isOwnPage(request.headers);
}

/** A Fastify `onRequest` hook. `Host` itself must have been checked before. */
export async function guardOwnOrigin(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  reply
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .header('vary', 'origin, sec-fetch-site');
  if (!isOwn(request)) {
    return refuseControl(reply, 'ORIGIN_NOT_ALLOWED', 'Only the dashboard itself may call /control.');
  }
  const type = request.headers['content-type'];
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (!reads && type !== undefined && !/^application\/json *(;|$)/i.test(type)) {
    return refuseControl(reply, 'UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.');
  }
}
