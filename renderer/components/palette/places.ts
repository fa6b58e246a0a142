import {
  IconAdjustmentsHorizontal,
  IconCube,
  IconDevices,
  IconKey,
  IconList,
  IconPlug,
  IconWaveSine,
} from '@tabler/icons-react';

/** The pages in the order of the side bar. `letter` follows g on the keyboard. */
export const places = [
  { path: '/', name: 'nav.overview', letter: 'o', Icon: IconWaveSine },
  { path: '/endpoints', name: 'nav.endpoints', letter: 'e', Icon: IconPlug },
  { path: '/models', name: 'nav.models', letter: 'm', Icon: IconCube },
  { path: '/keys', name: 'nav.keys', letter: 'k', Icon: IconKey },
  { path: '/requests', name: 'nav.requests', letter: 'r', Icon: IconList },
  { path: '/connect', name: 'nav.connect', letter: 'c', Icon: IconDevices },
  { path: '/settings', name: 'nav.settings', letter: 's', Icon: IconAdjustmentsHorizontal },
] as const;
