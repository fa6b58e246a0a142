import os from 'node:os';
import path from 'node:path';
import type { About } from '../../contract/schemas/about.ts';
import { UnavailableError } from '../controlErrors.ts';
import type { ControlDeps } from '../deps.ts';
import { diagnosisText } from '../diagnosisText.ts';
import type { ControlImplementer } from '../implementer.ts';
import { showEndpoints } from '../showEndpoint.ts';

const linesInDiagnosis = 200;
const parts = [
  ['Electron', 'electron'],
  ['Chromium', 'chrome'],
  ['Node.js', 'node'],
] as const;

export function aboutHandlers(implementer: ControlImplementer, deps: ControlDeps) {
  const { platform } = deps;

  function about(): About {
    const { versions } = process;
    return {
      version: platform.version,
      shell: platform.shell,
      system: `${os.type()} ${os.release()} ${process.arch}`,
      runtimes: parts.flatMap(([name, key]) => {
        const version = versions[key];
        return version ? [{ name, version }] : [];
      }),
      dataDir: platform.dataDir,
      logFile: platform.log.file?.path ?? null,
      licence: 'MIT',
      canOpenFolder: platform.openFolder !== undefined,
    };
  }

  return {
    get: implementer.about.get.handler(about),
    diagnosis: implementer.about.diagnosis.handler(() => {
      const text = diagnosisText({
        about: about(),
        status: deps.lifecycle.status(),
        settings: deps.config.settings,
        endpoints: showEndpoints(deps),
        log: platform.log.file?.last(linesInDiagnosis) ?? [],
        now: deps.clock.now(),
      });
      return { text: deps.redactor.redact(text) };
    }),
    openFolder: implementer.about.openFolder.handler(({ input }) => {
      if (!platform.openFolder)
        throw new UnavailableError(
          'There is no file manager here; the folder is on the machine Sluice runs on.',
        );
      const { file } = platform.log;
      platform.openFolder(input.folder === 'logs' && file ? path.dirname(file.path) : platform.dataDir);
      return { ok: true as const };
    }),
  };
}
