// The window's part of the bench alone: `node tests/bench/window.ts [--records N] [--per-second N] [--seconds N] [--rounds N] [--only answers|overview]`
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startMeasured, waitForPrint } from './measuredProcess.ts';
import { formatOverview, measureOverview } from './openOverview.ts';
import { formatAnswers, measureAnswers } from './pageAnswers.ts';

const { values: flags } = parseArgs({
  options: {
    records: { type: 'string', default: '1000000' },
    'per-second': { type: 'string', default: '500' },
    seconds: { type: 'string', default: '12' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    profile: { type: 'string' },
  },
});
const rounds = Number(flags.rounds);

if ('answers'.includes(flags.only)) {
  const total = Number(flags.records);
  console.log(formatAnswers(total, rounds + 2, await measureAnswers(total, rounds + 2)));
}
if ('overview'.includes(flags.only)) {
  const fake = fileURLToPath(new URL('../fakes/fakeUpstream.ts', import.meta.url));
  const upstream = startMeasured(fake, ['--fast', '--events', '50']);
  try {
    const url = await waitForPrint(upstream, /http:\/\/\S+/);
    const cost = await measureOverview(url, {
      perSecond: Number(flags['per-second']),
      seconds: Number(flags.seconds),
      rounds,
      profileDir: flags.profile ?? null,
    });
    console.log(
      cost ? formatOverview(cost) : 'An open overview: no Chromium found; SLUICE_CHROMIUM names one',
    );
  } finally {
    await upstream.stop();
  }
}
