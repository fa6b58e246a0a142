// What the tray, the native menus and dialogs say. The window has words of its own.
import type { Problem } from '../contract/schemas/views.ts';

const en = {
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
  menu: { edit: 'Edit', window: 'Window' },
};

export type Words = typeof en;

const zh: Words = {
  state: {
    on: '网关已开启',
    off: '网关已关闭',
    starting: '网关正在启动…',
    stopping: '网关正在停止…',
    failed: '网关未能启动',
    broken: 'Sluice 未能启动',
  },
  switch: '网关',
  copyAddress: '复制地址',
  openPanel: '查看状态',
  openWindow: '打开 Sluice',
  tryAgain: '重试',
  close: '关闭',
  quit: '退出 Sluice',
  quitNow: '立即退出',
  running: (count) => `还有 ${count} 个请求在进行`,
  perMinute: (count) => `${count} 次/分钟`,
  problems: {
    'settings-invalid': '设置有误，仍沿用之前的设置',
    'settings-unwritable': '设置文件无法写入',
    'vault-locked': '系统钥匙串已锁定',
    'vault-unavailable': '没有可用的系统钥匙串',
    'vault-memory': '密钥只保存在内存中',
    'port-taken': '端口已被其他程序占用',
    offline: '这台电脑没有联网',
    'usage-store': '无法记录用量',
    'limits-not-shared': '限额暂未共享：Redis 不可用',
    exposed: '局域网内可以访问此网关',
    'secret-missing': '系统钥匙串中缺少一个密钥',
    'origin-waiting': '有网站请求使用网关',
  },
  portTaken: (port) => `端口 ${port} 已被其他程序占用`,
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
  return port ? words.portTaken(port) : words.problems[problem.code];
}
