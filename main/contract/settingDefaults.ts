// What a setting is where nobody said anything. Apart from the schemas, so that the window can say it without them.

export const settingDefaults = {
  server: { host: '127.0.0.1', port: 8282, maxBodyMB: 64 },
  routing: { strategy: 'random', maxAttempts: 4, retryDelayMs: 500, affinity: true },
  timeouts: { connectMs: 10_000, firstByteMs: 60_000, idleMs: 120_000, totalMs: 0 },
  usage: { retentionDays: 90, maxDatabaseMB: 512, quotaTimeZone: 'local' },
} as const;
