import { ModalsProvider } from '@mantine/modals';
import { Suspense } from 'react';
import { Frame } from './components/Frame.tsx';
import { later } from './components/later.ts';
import { Pages } from './Pages.tsx';

const LinkImport = later(async () => (await import('./components/links/LinkImport.tsx')).LinkImport);

export function FullWindow() {
  return (
    <ModalsProvider>
      <Frame>
        <Pages />
      </Frame>
      {window.sluice && (
        <Suspense fallback={null}>
          <LinkImport />
        </Suspense>
      )}
    </ModalsProvider>
  );
}
