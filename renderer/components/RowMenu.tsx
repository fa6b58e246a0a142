import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface Props {
  /** Whose row it is. */
  name: string;
  /** Takes it away; what is removed can be taken back. */
  onRemove(): void;
  /** The items before that. */
  children: React.ReactNode;
}

/** What else can be done with a row of a list. */
export function RowMenu({ name, onRemove, children }: Props) {
  const { t } = useTranslation();
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={t('action.more', { name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {children}
        <Menu.Divider />
        <Menu.Item color="red" onClick={onRemove}>
          {t('action.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
