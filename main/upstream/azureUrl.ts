// Where things stand on an Azure OpenAI resource. Two surfaces: v1, which names no API version, and the dated ones.
// learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
import { apiVersionOf } from '../contract/readOptions.ts';
import type { CompiledEndpoint } from '../registry/snapshot.ts';
import { pathSegment } from './pathSegment.ts';

/** People paste what the portal shows: the resource, `/openai/v1`, or a whole deployment URL. */
function azureResource(baseUrl: string): string {
  const url = new URL(baseUrl);
  if (/\.azure\.(?:com|us|cn)$/i.test(url.hostname)) return url.origin;
  // A gateway of one's own may stand in front, at a path of its own.
  return baseUrl.replace(/\/openai(?:\/.*)?$/i, '').replace(/\/+$/, '');
}

/** Dated versions know the Responses API from 2025-03-01-preview on, the service says. */
export function hasResponses(version: string | null): boolean {
  return version === null || version.slice(0, 10) >= '2025-03-01';
}

/** `deployment` is what Azure calls a model that was set up on the resource. */
export function azureUrl(endpoint: CompiledEndpoint, path: string, deployment: string | null): string {
  const resource = azureResource(endpoint.baseUrl);
  const version = apiVersionOf(endpoint.options);
  if (version === null) return `${resource}/openai/v1/${path}`;
  const query = `?api-version=${encodeURIComponent(version)}`;
  // The dated surface has responses and the list of models on the resource, all else on the deployment.
  return deployment === null || path === 'responses'
    ? `${resource}/openai/${path}${query}`
    : `${resource}/openai/deployments/${pathSegment(deployment)}/${path}${query}`;
}
