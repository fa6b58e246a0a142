/** What a graph of traffic can be asked to show. Requests and errors stand behind all of them. */
export const graphMetrics = ['requests', 'tokens', 'firstToken', 'inFlight'] as const;
export type GraphMetric = (typeof graphMetrics)[number];
