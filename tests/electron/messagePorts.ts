// MessageChannelMain: ports that queue until they are started, clone what they carry, and close together.
import { decodeClone, encodeClone } from './clone.ts';
import { Emitter } from './emitter.ts';

interface PortEvents {
  message: (event: Electron.MessageEvent) => void;
  close: () => void;
}

/** The far end of a port: its twin in this process, or what carries it into a page. */
export interface FarEnd {
  deliver(text: string): void;
  closed(): void;
  /** The port this is the near end of, where it is one of this process. */
  owner?: StandInPort;
}

export class StandInPort
  extends Emitter<PortEvents>
  implements Pick<Electron.MessagePortMain, 'start' | 'close' | 'postMessage'>
{
  far: FarEnd | null = null;
  #state: 'waiting' | 'open' | 'closed' | 'handed over' = 'waiting';
  #queue: string[] = [];

  /** The RPC library may ask for any name; those that nothing is emitted for are refused. */
  override on(name: string, listener: (event: Electron.MessageEvent) => void): this {
    if (name !== 'message' && name !== 'close') throw new Error(`the stand-in's ports do not emit "${name}"`);
    return super.on(name, listener as never);
  }

  start(): void {
    if (this.#state !== 'waiting') return;
    this.#state = 'open';
    for (const text of this.#queue.splice(0)) this.#hear(text);
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new Error('the stand-in does not model ports sent through ports');
    if (this.#state === 'handed over') throw new Error('this port was handed over');
    if (this.#state === 'closed') return;
    this.far?.deliver(encodeClone(message));
  }

  close(): void {
    if (this.#state === 'closed' || this.#state === 'handed over') return;
    this.#state = 'closed';
    const { far } = this;
    this.far = null;
    far?.closed();
    setImmediate(() => this.emit('close'));
  }

  /** Whoever took this port's twin is its far end now. */
  static connect(twin: FarEnd | null, far: FarEnd): void {
    if (twin?.owner) twin.owner.far = far;
  }

  /** What the far end calls. */
  readonly near: FarEnd = {
    owner: this,
    deliver: (text) => {
      if (this.#state === 'open') this.#hear(text);
      else if (this.#state === 'waiting') this.#queue.push(text);
    },
    // What was sent before it still arrives.
    closed: () => void setImmediate(() => this.close()),
  };

  /** Gives this end away; returns what was waiting in it. Its twin goes on talking to whoever took it. */
  handOver(): { twin: FarEnd | null; waiting: string[] } {
    if (this.#state !== 'waiting') throw new Error('only a port that was never started can be handed over');
    this.#state = 'handed over';
    return { twin: this.far, waiting: this.#queue.splice(0) };
  }

  #hear(text: string): void {
    setImmediate(() => {
      if (this.#state === 'open') this.emit('message', { data: decodeClone(text), ports: [] });
    });
  }
}

export class StandInChannel {
  readonly port1 = new StandInPort();
  readonly port2 = new StandInPort();
  constructor() {
    this.port1.far = this.port2.near;
    this.port2.far = this.port1.near;
  }
}
