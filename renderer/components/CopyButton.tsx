import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from './copyText.ts';

interface Props {
  text: string;
  /** What is copied, for a screen reader: "Copy the address". */
  label: string;
  /** What stands on it; "Copy" where it is left out. */
  words?: string;
  variant?: 'filled' | 'default' | 'subtle';
  size?: 'xs' | 'sm';
}

/** Copies, and says so in its own place for two seconds. Its width does not change. */
export function CopyButton({ text, label, words, variant = 'default', size = 'sm' }: Props) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <Button
      size={size}
      variant={variant}
      aria-label={copied ? t('copy.copied') : label}
      leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} stroke={1.6} />}
      miw={size === 'xs' ? 76 : 88}
      onClick={() => void copyText(text).then(setCopied)}
    >
      {copied ? t('copy.copied') : (words ?? t('copy.copy'))}
    </Button>
  );
}
