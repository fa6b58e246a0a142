// What notifications say, in both languages: what is the matter, and what a click leads to.
import type { Notice } from './notificationsFor.ts';

export interface NoticeText {
  title: string;
  body: string;
}

function english(notice: Notice): NoticeText {
  switch (notice.kind) {
    case 'refused':
      return {
        title: `${notice.endpoint} refuses all keys`,
        body: 'Nothing is sent there until a key is renewed.',
      };
    case 'exhausted':
      return {
        title: `${notice.endpoint} is out of credit`,
        body: 'Nothing is sent there until it is topped up.',
      };
    case 'quota':
      return {
        title: `${notice.name}: quota nearly used`,
        body: `${notice.percent} % of today’s ${notice.of === 'rpd' ? 'requests' : 'tokens'} are gone.`,
      };
    case 'budget':
      return {
        title: `${notice.name}: budget reached`,
        body: `Today’s $${notice.budgetUsd} are spent. The key rests until tomorrow, or until it gets more.`,
      };
    case 'update':
      return { title: `Sluice ${notice.version} is ready`, body: 'It starts with the next restart.' };
  }
}

function chinese(notice: Notice): NoticeText {
  switch (notice.kind) {
    case 'refused':
      return { title: `${notice.endpoint} 拒绝了所有密钥`, body: '更换密钥前不再向其发送请求。' };
    case 'exhausted':
      return { title: `${notice.endpoint} 余额已用尽`, body: '充值前不再向其发送请求。' };
    case 'quota':
      return {
        title: `${notice.name}：额度即将用完`,
        body: `今日${notice.of === 'rpd' ? '请求数' : ' token 数'}已用 ${notice.percent}%。`,
      };
    case 'budget':
      return {
        title: `${notice.name}：已达预算`,
        body: `今日 $${notice.budgetUsd} 已用完。提高预算前，此密钥将停用至明天。`,
      };
    case 'update':
      return { title: `Sluice ${notice.version} 已就绪`, body: '下次重启后生效。' };
  }
}

/** `language` as set by the user, `locale` as the system has it. */
export function noticeText(notice: Notice, language: 'auto' | 'en' | 'zh-CN', locale: string): NoticeText {
  return /^zh\b/i.test(language === 'auto' ? locale : language) ? chinese(notice) : english(notice);
}
