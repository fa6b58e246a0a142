import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useShell } from '../../api/shell.ts';
import { useOpenPlace } from './useOpenPlace.ts';

export function TrayMenu() {
  const { t } = useTranslation();
  const shell = useShell();
  const openPlace = useOpenPlace();
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={t('tray.more')}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => openPlace('/')}>{t('tray.openWindow')}</Menu.Item>
        <Menu.Item onClick={() => openPlace('/requests')}>{t('nav.requests')}</Menu.Item>
        <Menu.Item onClick={() => openPlace('/settings')}>{t('nav.settings')}</Menu.Item>
        {shell && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => void shell.quit()}>{t('tray.quit')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
