import { EventEmitter } from 'node:events';

/** An EventEmitter that knows its events: one that the stand-in never emits can't be listened for. */
export class Emitter<Events extends { [Name in keyof Events]: (...args: never[]) => void }> {
  readonly #emitter = new EventEmitter();

  on<Name extends keyof Events & string>(name: Name, listener: Events[Name]): this {
    this.#emitter.on(name, listener as never);
    return this;
  }
  once<Name extends keyof Events & string>(name: Name, listener: Events[Name]): this {
    this.#emitter.once(name, listener as never);
    return this;
  }
  off<Name extends keyof Events & string>(name: Name, listener: Events[Name]): this {
    this.#emitter.off(name, listener as never);
    return this;
  }
  removeAllListeners<Name extends keyof Events & string>(name: Name): this {
    this.#emitter.removeAllListeners(name);
    return this;
  }
  listenerCount(name: keyof Events & string): number {
    return this.#emitter.listenerCount(name);
  }
  emit<Name extends keyof Events & string>(name: Name, ...args: Parameters<Events[Name]>): boolean {
    return this.#emitter.emit(name, ...args);
  }
}

/** Electron's event object, with what it carries. */
export function createEvent<Params extends object>(params: Params): Electron.Event<Params> {
  let prevented = false;
  const preventDefault = () => {
    prevented = true;
  };
  return Object.defineProperties({ ...params, preventDefault } as never, {
    defaultPrevented: { get: () => prevented },
  });
}
