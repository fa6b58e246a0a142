import type { RequestRecord } from '../../../main/contract/schemas/record.ts';

let made = 0;

/** A whole answered chat request; every one has its own id. */
export function sampleRecord(change: Partial<RequestRecord> = {}): RequestRecord {
  made += 1;
  const time = change.time ?? Date.now();
  return {
    id: `req_${time.toString(36)}x${made.toString(36).padStart(6, '0')}`,
    time,
    clientKeyId: 'default',
    userAgent: 'OpenAI/Python 2.1.0',
    operation: 'chat',
    stream: true,
    clientModel: 'gpt-4o',
    endpointId: 'openai',
    accountId: 'a1',
    upstreamModel: 'gpt-4o-2024-08-06',
    status: 'ok',
    httpStatus: 200,
    errorCode: null,
    errorMessage: null,
    firstTokenMs: 250.5,
    totalMs: 1800.25,
    tokens: { input: 100, output: 20, cached: 10, reasoning: 5, source: 'reported' },
    costUsd: 0.25,
    attempts: [
      {
        endpointId: 'openai',
        accountId: 'a1',
        upstreamModel: 'gpt-4o-2024-08-06',
        startMs: 1.25,
        durationMs: 1799,
        status: 200,
        outcome: 'ok',
        reason: null,
        repairs: ['dropped stream_options'],
      },
    ],
    skipped: [
      {
        endpointId: 'azure',
        accountId: null,
        code: 'cooling',
        facts: { words: 'slow down' },
        reason: 'cooling down: slow down',
        until: time + 5000,
      },
    ],
    order: { strategy: 'weighted', sticky: true, peers: 2, behind: 1 },
    ...change,
  };
}

/** The same as a failure. */
export function failedRecord(change: Partial<RequestRecord> = {}): RequestRecord {
  return sampleRecord({
    status: 'failed',
    httpStatus: 502,
    errorCode: 'upstream_error',
    errorMessage: 'the upstream answered 500: 100% overloaded',
    firstTokenMs: null,
    tokens: { input: 0, output: 0, cached: 0, reasoning: 0, source: 'none' },
    costUsd: null,
    ...change,
  });
}
