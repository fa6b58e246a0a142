// Counts what a finished request used, gives back what it held, and hands its record over. Runs when the client already has its answer.
import type { UsageTokens } from '../contract/schemas/record.ts';
import type { Reservation } from '../guards/ledger.ts';
import { answerTextOf } from '../metering/answerText.ts';
import { flatTokensOfPrompt, promptTextOf } from '../metering/promptText.ts';
import { readUsage } from '../metering/readUsage.ts';
import type { LoopResult, Winner } from './attemptLoop.ts';
import type { RunningTurn } from './runningTurn.ts';

/** What is left of an exchange to count by. */
interface Evidence {
  readonly usage: unknown;
  /** The answer's bytes, or the first part of `totalBytes`; joined only where no usage was reported. */
  readonly chunks: readonly Buffer[];
  readonly totalBytes: number;
  readonly stream: boolean;
}

const nothing: UsageTokens = { input: 0, output: 0, cached: 0, reasoning: 0, source: 'none' };

function evidenceOf({ answer }: Winner): Evidence | null {
  if (answer.kind === 'raw') return null;
  if (answer.kind === 'answer') {
    return { usage: answer.usage, chunks: [answer.body], totalBytes: answer.body.length, stream: false };
  }
  const { tap, sample } = answer.pump;
  return {
    usage: tap.seen.usage,
    chunks: sample.chunks,
    totalBytes: sample.totalBytes,
    stream: true,
  };
}

function requestBody(turn: RunningTurn): unknown {
  const { payload } = turn.request;
  try {
    return payload.form === 'json' ? (JSON.parse(payload.envelope.body.toString('utf8')) as unknown) : null;
  } catch {
    return null;
  }
}

async function estimateTokens(turn: RunningTurn, evidence: Evidence): Promise<UsageTokens> {
  const { tokenCounter } = turn.deps;
  const bytes = Buffer.concat(evidence.chunks);
  const said = answerTextOf(bytes, evidence.stream);
  const body = requestBody(turn);
  const [prompt, sampled] = await Promise.all([
    tokenCounter.count(promptTextOf(body)),
    said === '' ? 0 : tokenCounter.count(said),
  ]);
  const input = prompt + flatTokensOfPrompt(body);
  const share = bytes.length > 0 ? evidence.totalBytes / bytes.length : 1;
  return { input, output: Math.round(sampled * share), cached: 0, reasoning: 0, source: 'estimated' };
}

async function tokensOf(turn: RunningTurn, winner: Winner): Promise<UsageTokens> {
  const evidence = evidenceOf(winner);
  if (!evidence) return nothing;
  return readUsage(evidence.usage) ?? estimateTokens(turn, evidence);
}

/** Never throws: by now there is nobody left to tell. */
export async function settleTurn(
  turn: RunningTurn,
  result: LoopResult,
  admission: Reservation | null,
): Promise<void> {
  const { deps, entry } = turn;
  const winner = result.kind === 'won' ? result.winner : null;
  let tokens = nothing;
  try {
    if (winner) tokens = await tokensOf(turn, winner);
  } catch (error) {
    deps.log.warn('tokens of a request could not be counted', { id: turn.request.id, error: String(error) });
  }
  const costUsd =
    winner && tokens.source !== 'none'
      ? deps.priceOf(tokens, deps.modelFacts(winner.candidate.upstreamModel))
      : null;
  const use = { tokens: tokens.input + tokens.output, costUsd: costUsd ?? 0 };
  winner?.reservation.settle(use);
  // A request that reached no upstream uses up nothing of the client key's limits.
  if (entry.attempts() === 0) admission?.refund();
  else admission?.settle(use);
  const live = winner?.answer.kind === 'stream' ? winner.answer.pump.tap.seen.events : 0;
  deps.traffic.produced(tokens.output - live);
  const record = entry.toRecord(tokens, costUsd);
  deps.traffic.closed({
    failed: record.status === 'failed' || record.status === 'cut',
    inputTokens: tokens.input,
  });
  if (winner && record.status === 'ok')
    deps.health.noteLatency(winner.candidate.account.key, record.firstTokenMs ?? record.totalMs);
  deps.record(record);
}
