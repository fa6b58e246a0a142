// What most suites of the dashboard begin with: upstreams, a gateway, Chromium, a page that is signed in. It closes whatever it opened.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { createFakeUpstream, type FakeUpstream, type FakeUpstreamOptions } from '../../fakes/fakeUpstream.ts';
import { launchChromium, openPage, signIn } from './chromium.ts';
import { type HeadlessOptions, type HeadlessProgram, startHeadless } from './headlessProgram.ts';

export interface Dashboard {
  upstream(options?: FakeUpstreamOptions): Promise<FakeUpstream>;
  gateway(options?: HeadlessOptions): Promise<HeadlessProgram>;
  /** The one Chromium of the suite. */
  browser(): Promise<Browser>;
  /** A page of its own in the suite's Chromium, signed in as a person would. */
  signedIn(gateway: HeadlessProgram, options?: BrowserContextOptions): Promise<Page>;
  /** Of the pages that were signed in; see `OpenedPage`. */
  readonly complaints: string[];
}

/** Call it where a suite begins; what is opened with it is closed after the suite, the last first. */
export function openDashboard(): Dashboard {
  const closing: (() => Promise<unknown>)[] = [];
  const complaints: string[] = [];
  let launched: Promise<Browser> | null = null;
  afterAll(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  function browser(): Promise<Browser> {
    launched ??= launchChromium().then((ready) => {
      closing.push(() => ready.close());
      return ready;
    });
    return launched;
  }

  return {
    complaints,
    browser,
    async upstream(options) {
      const upstream = await createFakeUpstream(options);
      closing.push(() => upstream.close());
      return upstream;
    },
    async gateway(options) {
      const gateway = await startHeadless(options);
      closing.push(() => gateway.stop());
      return gateway;
    },
    async signedIn(gateway, options) {
      const { page } = await openPage(await browser(), options, complaints);
      await signIn(page, gateway.url, gateway.token);
      return page;
    },
  };
}
