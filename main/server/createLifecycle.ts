// Switches the gateway on and off and says how it stands. On the desktop "off" frees the port; headless keeps it for the dashboard.
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { SpendingMode } from '../contract/schemas/spending.ts';
import type { GatewayStatus } from '../contract/schemas/views.ts';
import type { Lifecycle } from '../control/lifecycle.ts';
import type { Problems } from '../control/problems.ts';
import type { InFlight } from '../gateway/inFlight.ts';
import { nextFreePort } from './freePort.ts';
import { type Listener, listen, PortTakenError } from './listener.ts';

export interface LifecycleDeps {
  shell: 'desktop' | 'headless';
  version: string;
  clock: Clock;
  log: Log;
  problems: Problems;
  vaultStatus: () => GatewayStatus['vault'];
  spending: () => SpendingMode;
  /** Where to listen, by flags and settings as they stand now. */
  address: () => { host: string; port: number };
  /** The port is the settings' to say: another one can be offered. */
  mayMove: boolean;
  build: (host: string) => Promise<FastifyInstance>;
  inFlight: InFlight;
  onListening: (listener: { host: string; port: number; startedAt: number }) => void;
  onClosed: () => void;
  /** The status has changed. */
  onChange: () => void;
}

export interface ServerLifecycle extends Lifecycle {
  /** Why clients are turned away, or null while they are let in. */
  closedReason(): string | null;
  /** Moves to the address the settings say now, where that is another one, also from one that was taken. Requests that run are drained. */
  follow(): Promise<GatewayStatus>;
  /** Stops for good: drains, then frees the port in either shell. */
  close(options?: { drainMs?: number }): Promise<void>;
  /** The error that kept it from listening, for the exit code. */
  readonly failure: Error | null;
}

const defaultDrainMs = 30_000;
/** Turns that were told to stop still send their error event. */
const farewellMs = 2_000;

async function waitUntilEmpty(running: InFlight, ms: number): Promise<void> {
  const deadline = performance.now() + ms;
  while (running.size > 0 && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 25));
}

/** What a client on this machine types; an address of the network stays as it is. */
function publicAddress(host: string, port: number): string {
  const local =
    host === '127.0.0.1' || host === '::1' || host === 'localhost' || host === '0.0.0.0' || host === '::';
  return `http://${local ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}/v1`;
}

export function createLifecycle(deps: LifecycleDeps): ServerLifecycle {
  let state: GatewayStatus['state'] = 'off';
  let listener: Listener | null = null;
  let startedAt: number | null = null;
  let failure: Error | null = null;
  /** The address that somebody else has. */
  let refused: string | null = null;
  /** Starts and stops one after the other. */
  let queue: Promise<unknown> = Promise.resolve();

  function turn(next: GatewayStatus['state']): void {
    state = next;
    deps.onChange();
  }

  function status(): GatewayStatus {
    const { host, port } = listener ?? deps.address();
    return {
      state,
      address: state === 'on' && listener ? publicAddress(host, port) : null,
      host,
      port,
      version: deps.version,
      shell: deps.shell,
      startedAt,
      inFlight: deps.inFlight.size,
      vault: deps.vaultStatus(),
      problems: deps.problems.list(),
      spending: deps.spending(),
    };
  }

  async function open(): Promise<void> {
    if (state === 'on') return;
    turn('starting');
    const { host, port } = deps.address();
    try {
      listener ??= await listen(() => deps.build(host), host, port);
      failure = null;
      refused = null;
      startedAt = deps.clock.now();
      deps.problems.clear('port');
      deps.onListening({ host: listener.host, port: listener.port, startedAt });
      turn('on');
      const loopback = /^(?:127\.|localhost$|::1$)/.test(listener.host);
      if (loopback) deps.problems.clear('exposed');
      else {
        const message = `The gateway listens on ${listener.host}: other machines of the network can reach it.`;
        deps.problems.raise({ id: 'exposed', code: 'exposed', message, details: { host: listener.host } });
      }
    } catch (error) {
      failure = error as Error;
      const message = failure.message;
      deps.log.error('the gateway can not listen', { error: message });
      if (error instanceof PortTakenError) {
        const next = deps.mayMove ? await nextFreePort(host, port) : null;
        const details = {
          host,
          port: String(port),
          ...(error.reserved ? { reserved: 'yes' } : {}),
          ...(next === null ? {} : { next: String(next) }),
        };
        deps.problems.raise({ id: 'port', code: 'port-taken', message, details });
        refused = `${host} ${port}`;
      }
      turn('failed');
    }
  }

  async function drain(ms: number): Promise<void> {
    turn('stopping');
    await waitUntilEmpty(deps.inFlight, ms);
    deps.inFlight.stopAll();
    await waitUntilEmpty(deps.inFlight, farewellMs);
  }

  async function release(): Promise<void> {
    const open = listener;
    listener = null;
    await open?.close();
    if (open) deps.onClosed();
  }

  function enqueue(work: () => Promise<void>): Promise<GatewayStatus> {
    const run = queue.then(work);
    queue = run.catch(() => {});
    return run.then(status);
  }

  return {
    status,
    get failure() {
      return failure;
    },
    closedReason() {
      if (state === 'on') return null;
      return state === 'stopping' ? 'The gateway is stopping.' : 'The gateway is switched off.';
    },
    start: () => enqueue(open),
    stop: (options) =>
      enqueue(async () => {
        if (state === 'off') return;
        await drain(options?.drainMs ?? defaultDrainMs);
        if (deps.shell === 'desktop') await release();
        startedAt = null;
        turn('off');
      }),
    follow: () =>
      enqueue(async () => {
        const { host, port } = deps.address();
        if (state === 'failed' && refused !== null && refused !== `${host} ${port}`) await open();
        if (!listener || state !== 'on' || (listener.host === host && (port === 0 || listener.port === port)))
          return;
        await drain(defaultDrainMs);
        await release();
        await open();
      }),
    async close(options) {
      await enqueue(async () => {
        await drain(options?.drainMs ?? defaultDrainMs);
        await release();
        startedAt = null;
        turn('off');
      });
    },
  };
}
