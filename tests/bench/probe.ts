// Loaded into each measured process (`--import`): tells its own CPU time, all threads included, when asked over the IPC channel.

export interface Reading {
  /** Microseconds of user and system time since the process started. */
  cpuUs: number;
  rssBytes: number;
}

process.on('message', (message) => {
  if (message !== 'reading') return;
  const { user, system } = process.cpuUsage();
  const reading: Reading = { cpuUs: user + system, rssBytes: process.memoryUsage.rss() };
  process.send?.(reading);
});
process.channel?.unref();
