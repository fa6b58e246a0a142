import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../components/copyText.ts';
import classes from './ClientCard.module.css';
import { openLink } from './openLink.ts';

interface Props {
  name: string;
  /** Makes the link, key and all; null while the key or the site is not there. */
  href: (() => string) | null;
  /** The link may be opened from here; else it can only be copied. */
  opens: boolean;
  /** The link may be pasted into a browser. */
  copies: boolean;
}

/** Opens or copies the link that tells a client everything. No link is ever in the page. */
export function ClientLink({ name, href, opens, copies }: Props) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  return (
    <div className={classes.link}>
      {opens && (
        <Button
          disabled={!href}
          leftSection={<IconExternalLink size={14} stroke={1.6} />}
          onClick={() => href && openLink(href())}
        >
          {t('connect.open', { client: name })}
        </Button>
      )}
      {copies && (
        <Button
          variant={opens ? 'default' : 'filled'}
          disabled={!href}
          onClick={() => href && void copyText(href()).then(setCopied)}
        >
          {copied ? t('copy.copied') : t('connect.copyLink')}
        </Button>
      )}
    </div>
  );
}
