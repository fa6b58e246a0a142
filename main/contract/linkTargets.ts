/** Where the hosted web clients live that take their settings from a link. Any other site's link is copied, not opened, by the desktop. */
export const clientSites = {
  nextChat: 'https://app.nextchat.dev',
  lobeChat: 'https://lobechat.com',
} as const;
