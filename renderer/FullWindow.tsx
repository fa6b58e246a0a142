import { ModalsProvider } from '@mantine/modals';
import { lazy, Suspense } from 'react';
import { Frame } from './components/Frame.tsx';
import { Pages } from './Pages.tsx';

const LinkImport = lazy(async () => ({
  default: (await import('./components/links/LinkImport.tsx')).LinkImport,
}));

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
