// Loaded into each measured process (`--import`): tells its own CPU time, all threads included, when asked over the IPC channel.

export interface Reading {
  /** Microseconds of user and system time since the process started. */
  cpuUs: number;
  /** The part of it that the main thread had. */
  mainThreadUs: number;
  rssBytes: number;
}

process.on('message', (message) => {
  if (message !== 'reading') return;
  const { user, system } = process.cpuUsage();
  const main = process.threadCpuUsage();
  const reading: Reading = {
    cpuUs: user + system,
    mainThreadUs: main.user + main.system,
    rssBytes: process.memoryUsage.rss(),
  };
  process.send?.(reading);
});
process.channel?.unref();
