import { Modal, VisuallyHidden } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command, CommandGroup } from './command.ts';
import { findCommands } from './findCommands.ts';
import { Keys } from './Keys.tsx';
import classes from './Palette.module.css';
import { useCommands } from './useCommands.ts';

/** Neighbours of one group, in the order found. */
function grouped(found: readonly Command[]): { group: CommandGroup; commands: Command[] }[] {
  const groups: { group: CommandGroup; commands: Command[] }[] = [];
  for (const command of found) {
    const last = groups.at(-1);
    if (last?.group === command.group) last.commands.push(command);
    else groups.push({ group: command.group, commands: [command] });
  }
  return groups;
}

/** Everything there is and everything that can be done, by a few letters. */
export function Palette({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const commands = useCommands();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const found = useMemo(() => findCommands(commands, query), [commands, query]);
  const current = found[Math.min(active, found.length - 1)];
  const optionId = (command: Command) => `${id}-${found.indexOf(command)}`;

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  function run(command: Command) {
    onClose();
    command.run();
  }

  function press(event: React.KeyboardEvent) {
    if (event.nativeEvent.isComposing || found.length === 0) return;
    const last = found.length - 1;
    const at = Math.min(active, last);
    if (event.key === 'ArrowDown') setActive(at === last ? 0 : at + 1);
    else if (event.key === 'ArrowUp') setActive(at === 0 ? last : at - 1);
    else if (event.key === 'PageDown') setActive(Math.min(last, at + 8));
    else if (event.key === 'PageUp') setActive(Math.max(0, at - 8));
    else if (event.key === 'Enter' && current) run(current);
    else return;
    event.preventDefault();
  }

  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={560}
      yOffset="12vh"
      lockScroll={false}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay className={classes.veil} />
      <Modal.Content classNames={{ content: classes.sheet }} aria-label={t('palette.title')} radius="md">
        <div className={classes.field}>
          <IconSearch size={16} stroke={1.6} aria-hidden="true" />
          <input
            className={classes.input}
            data-autofocus
            role="combobox"
            aria-label={t('palette.title')}
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls={`${id}-list`}
            aria-activedescendant={current ? optionId(current) : undefined}
            placeholder={t('palette.placeholder')}
            autoComplete="off"
            spellCheck={false}
            value={query}
            onChange={(event) => {
              setQuery(event.currentTarget.value);
              setActive(0);
            }}
            onKeyDown={press}
          />
        </div>
        <div
          className={classes.list}
          ref={list}
          id={`${id}-list`}
          role="listbox"
          aria-label={t('palette.found')}
        >
          {grouped(found).map(({ group, commands: ofGroup }) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox
            <div key={group} role="group" aria-label={t(`palette.group.${group}`)}>
              <div className={classes.group} aria-hidden="true">
                {t(`palette.group.${group}`)}
              </div>
              {ofGroup.map((command) => (
                // biome-ignore lint/a11y/useFocusableInteractive: see above
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
                <div
                  key={command.id}
                  id={optionId(command)}
                  role="option"
                  aria-selected={command === current}
                  className={classes.option}
                  onMouseMove={() => setActive(found.indexOf(command))}
                  onClick={() => run(command)}
                >
                  <span className={classes.name}>{command.name}</span>
                  {command.note && <span className={classes.note}>{command.note}</span>}
                  {command.keys && <Keys keys={command.keys} />}
                </div>
              ))}
            </div>
          ))}
        </div>
        {found.length === 0 && <p className={classes.none}>{t('palette.none')}</p>}
        <VisuallyHidden role="status">{query && t('palette.count', { count: found.length })}</VisuallyHidden>
      </Modal.Content>
    </Modal.Root>
  );
}
