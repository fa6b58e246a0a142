// One request to its answer, in the service's order: fault, credential, route, session, body.
import { type Answer, jsonAnswer } from '../upstream/answer.ts';
import type { Fault } from '../upstream/fault.ts';
import type { UpstreamRequest } from '../upstream/upstreamRequest.ts';
import type { Accounts } from './accounts.ts';
import { answerQuery, type ClientSync, type QueryAnswer, type QueryContext } from './answerQuery.ts';
import { type EmulatedEndpoint, endpointList, type ListEnvelope, reasoningModes } from './endpoints.ts';
import { replacement } from './faults.ts';
import { listMessages, listSessions } from './listSessions.ts';
import type { MediaStore } from './media.ts';
import type { OndemandEntry } from './ondemandEntry.ts';
import { endpointIdOf, readQuery } from './readQuery.ts';
import { invalidRequest, noRoute, notActive, notFound, statusRefusal } from './refusal.ts';
import type { Route } from './routes.ts';
import { type SessionStore, sessionView } from './sessions.ts';
import type { StreamStyle } from './streamStyle.ts';

export interface Service {
  readonly accounts: Accounts;
  readonly sessions: SessionStore;
  readonly media: MediaStore;
  readonly endpoints: readonly EmulatedEndpoint[];
  readonly listEnvelope: ListEnvelope;
  readonly clientSync: ClientSync;
  readonly reply: QueryContext['reply'];
  readonly style: () => StreamStyle;
}

export interface Call {
  readonly request: UpstreamRequest;
  readonly route: Route | 'no-method' | null;
  readonly fault: Fault;
  readonly entry: OndemandEntry;
}

function create(request: UpstreamRequest, account: string, { sessions }: Service): Answer {
  const { externalUserId, contextMetadata } = request.json ?? {};
  if (typeof externalUserId !== 'string' || externalUserId === '')
    return invalidRequest('externalUserId is required');
  const metadata = Array.isArray(contextMetadata) ? contextMetadata : [];
  const session = sessions.create({ account, externalUserId, contextMetadata: metadata });
  return jsonAnswer({ message: 'Chat session created successfully', data: sessionView(session) }, 201);
}

function query(call: Call, route: Route, account: string, service: Service): QueryAnswer {
  const { request, fault, entry } = call;
  const { sessions } = service;
  const session = sessions.find(route.id, account);
  if (!session) return notFound();
  if (fault.name.startsWith('unknown-session')) {
    sessions.forget(session.id);
    return fault.name === 'unknown-session'
      ? notFound()
      : invalidRequest(`sessionId ${session.id} is invalid`);
  }
  if (fault.name === 'inactive') return notActive(endpointIdOf(request.json) ?? '');
  const read = readQuery(request.json, service.endpoints);
  if ('refused' in read) return read.refused;
  return answerQuery(read.asked, {
    session,
    request: entry.id,
    fault,
    style: service.style(),
    sync: route.access === 'token' ? service.clientSync : 'data',
    reply: service.reply,
    remember: (turn) => sessions.remember(session, turn),
  });
}

function answerRoute(call: Call, route: Route, account: string, service: Service): QueryAnswer {
  const { request } = call;
  const { sessions, media } = service;
  const session = sessions.find(route.id, account);
  switch (route.name) {
    case 'create':
      return create(request, account, service);
    case 'list':
      return listSessions(sessions.all, account, request.query);
    case 'read':
      return session
        ? jsonAnswer({ message: 'Chat session fetched successfully', data: sessionView(session) })
        : notFound();
    case 'messages':
      return session ? listMessages(session) : notFound();
    case 'delete':
      return session && sessions.forget(session.id)
        ? jsonAnswer({ message: 'Chat session deleted successfully' })
        : notFound();
    case 'query':
      return query(call, route, account, service);
    case 'endpoints':
      return jsonAnswer(endpointList(service.endpoints, service.listEnvelope));
    case 'reasoning-modes':
      return jsonAnswer(reasoningModes);
    case 'upload':
      return media.upload(request, account, (sessionId, name) => {
        const target = sessions.find(sessionId, account);
        if (target) sessions.attach(target, name);
        return target !== null;
      });
    case 'media':
      return media.read(route.id, account);
    case 'delete-media':
      return media.remove(route.id, account);
    default:
      return noRoute();
  }
}

export function serve(call: Call, service: Service): QueryAnswer {
  const { request, route, fault, entry } = call;
  const { accounts } = service;
  if (fault.name === 'expired' && entry.account !== null) accounts.expire(entry.account);
  const replaced = replacement(fault);
  if (replaced) return replaced;
  if (route === null) return noRoute();
  if (route === 'no-method') return statusRefusal(405);
  if (route.name === 'signin') return accounts.signIn(request, fault.name === 'signin-incomplete');
  if (route.name === 'refresh') return accounts.refresh(request, fault.name === 'no-refresh-token');
  const refused = accounts.refusalOf(request, route);
  if (refused) return refused;
  return entry.account === null ? noRoute() : answerRoute(call, route, entry.account, service);
}
