// What the tray, the native menus and dialogs say. The window has words of its own.
import type { Strategy } from '../contract/schemas/settings.ts';
import type { EndpointView, Problem } from '../contract/schemas/views.ts';

const en = {
  locale: 'en' as 'en' | 'zh-CN',
  state: {
    on: 'Gateway is on',
    off: 'Gateway is off',
    starting: 'Gateway is starting…',
    stopping: 'Gateway is stopping…',
    failed: 'Gateway could not start',
    broken: 'Sluice could not start',
  },
  switch: 'Gateway',
  copyAddress: 'Copy Address',
  openPanel: 'Show Status',
  openWindow: 'Open Sluice',
  tryAgain: 'Try Again',
  close: 'Close',
  quit: 'Quit Sluice',
  quitNow: 'Quit Now',
  running: (count: number) =>
    count === 1 ? '1 request is still running' : `${count} requests are still running`,
  perMinute: (count: number) => `${count}/min`,
  problems: {
    'settings-invalid': 'A setting is wrong; the former settings stay in force',
    'settings-unwritable': 'The settings file can’t be written',
    'vault-locked': 'The keychain is locked',
    'vault-unavailable': 'There is no keychain',
    'vault-memory': 'Secrets are kept in memory only',
    'port-taken': 'The port is taken by another program',
    offline: 'This computer is offline',
    'usage-store': 'Usage can’t be recorded',
    'limits-not-shared': 'Limits aren’t shared: Redis is away',
    exposed: 'The gateway can be reached from the network',
    'secret-missing': 'A key is missing in the keychain',
    'origin-waiting': 'A website asks to use the gateway',
  } satisfies Record<Problem['code'], string> as Record<Problem['code'], string>,
  portTaken: (port: string) => `Port ${port} is taken by another program`,
  portReserved: (port: string) => `Port ${port} is reserved by the system`,
  moveToPort: (port: string) => `Use Port ${port} Instead`,
  portMoved: (address: string) => `The gateway is at ${address} now`,
  portMovedDetail: (programs: string) =>
    `These programs still use the old address: ${programs}. Give them the new one.`,
  connect: 'Connect a Client…',
  logs: 'Logs',
  checkForUpdates: 'Check for Updates…',
  strategy: 'Routing Strategy',
  strategies: {
    random: 'Random',
    'round-robin': 'In Turn',
    weighted: 'By Weight',
    'least-busy': 'Least Busy',
    fastest: 'Fastest',
    priority: 'By Priority',
  } satisfies Record<Strategy, string> as Record<Strategy, string>,
  spending: {
    label: (mode: string) => `Spending: ${mode}`,
    normal: 'Normal',
    free: 'Free Endpoints Only',
    oneForAnHour: 'One Endpoint for an Hour',
    alone: (name: string, until: string) => `${name} alone until ${until}`,
    paused: 'Paused',
    pausedUntil: (until: string) => `Paused until ${until}`,
    pause: 'Pause',
    for15: '15 Minutes',
    for60: '1 Hour',
    untilResumed: 'Until Resumed',
  },
  endpoints: 'Endpoints',
  endpointMore: (count: number) => `${count} More…`,
  health: {
    ready: '',
    partial: 'partly usable',
    down: 'not usable',
    off: 'off',
  } satisfies Record<EndpointView['health'], string> as Record<EndpointView['health'], string>,
  today: (requests: string, tokens: string, cost: string | null) =>
    `Today: ${requests} requests · ${tokens} tokens${cost === null ? '' : ` · ${cost}`}`,
  noTray: {
    message: 'This desktop shows no tray icons',
    detail:
      'Sluice works from its window instead; the gateway keeps running when the window is closed. To get the icon on GNOME, install the extension “AppIndicator and KStatusNotifierItem Support”. It is taken up without a restart.',
  },
  menu: { edit: 'Edit', window: 'Window' },
};

export type Words = typeof en;

const zh: Words = {
  locale: 'zh-CN',
  state: {
    on: '网关已开启',
    off: '网关已关闭',
    starting: '网关正在启动…',
    stopping: '网关正在停止…',
    failed: '网关未能启动',
    broken: 'Sluice 未能启动',
  },
  switch: '网关',
  copyAddress: '复制地址',
  openPanel: '查看状态',
  openWindow: '打开 Sluice',
  tryAgain: '重试',
  close: '关闭',
  quit: '退出 Sluice',
  quitNow: '立即退出',
  running: (count) => `还有 ${count} 个请求在进行`,
  perMinute: (count) => `${count} 次/分钟`,
  problems: {
    'settings-invalid': '设置有误，仍沿用之前的设置',
    'settings-unwritable': '设置文件无法写入',
    'vault-locked': '系统钥匙串已锁定',
    'vault-unavailable': '没有可用的系统钥匙串',
    'vault-memory': '密钥只保存在内存中',
    'port-taken': '端口已被其他程序占用',
    offline: '这台电脑没有联网',
    'usage-store': '无法记录用量',
    'limits-not-shared': '限额暂未共享：Redis 不可用',
    exposed: '局域网内可以访问此网关',
    'secret-missing': '系统钥匙串中缺少一个密钥',
    'origin-waiting': '有网站请求使用网关',
  },
  portTaken: (port) => `端口 ${port} 已被其他程序占用`,
  portReserved: (port) => `端口 ${port} 由系统保留`,
  moveToPort: (port) => `改用端口 ${port}`,
  portMoved: (address) => `网关地址已改为 ${address}`,
  portMovedDetail: (programs) => `这些程序还在用旧地址：${programs}。请换成新地址。`,
  connect: '接入客户端…',
  logs: '日志',
  checkForUpdates: '检查更新…',
  strategy: '调度策略',
  strategies: {
    random: '随机',
    'round-robin': '轮询',
    weighted: '按权重',
    'least-busy': '最空闲优先',
    fastest: '最快优先',
    priority: '按优先级',
  },
  spending: {
    label: (mode) => `调用范围：${mode}`,
    normal: '全部端点',
    free: '仅免费端点',
    oneForAnHour: '一小时内仅用一个端点',
    alone: (name, until) => `仅用 ${name}，到 ${until}`,
    paused: '已暂停',
    pausedUntil: (until) => `暂停到 ${until}`,
    pause: '暂停',
    for15: '15 分钟',
    for60: '1 小时',
    untilResumed: '直到手动恢复',
  },
  endpoints: '端点',
  endpointMore: (count) => `还有 ${count} 个…`,
  health: { ready: '', partial: '部分可用', down: '不可用', off: '已关闭' },
  today: (requests, tokens, cost) =>
    `今日：${requests} 次请求 · ${tokens} Token${cost === null ? '' : ` · ${cost}`}`,
  noTray: {
    message: '当前桌面环境不显示托盘图标',
    detail:
      'Sluice 改为通过窗口使用，关闭窗口后网关仍会运行。在 GNOME 上想看到图标，安装扩展“AppIndicator and KStatusNotifierItem Support”即可，无需重启。',
  },
  menu: { edit: '编辑', window: '窗口' },
};

/** `language` as set by the user, `locale` as the system has it, e.g. `zh-Hans-CN`. */
export function wordsFor(language: 'auto' | 'en' | 'zh-CN', locale: string): Words {
  const wanted = language === 'auto' ? locale : language;
  return /^zh\b/i.test(wanted) ? zh : en;
}

/** One line about a problem. */
export function problemText(problem: Problem, words: Words): string {
  const port = problem.code === 'port-taken' ? problem.details.port : undefined;
  if (!port) return words.problems[problem.code];
  return problem.details.reserved ? words.portReserved(port) : words.portTaken(port);
}
