import { ModalsProvider } from '@mantine/modals';
import { Frame } from './components/Frame.tsx';
import { Pages } from './Pages.tsx';

export function FullWindow() {
  return (
    <ModalsProvider>
      <Frame>
        <Pages />
      </Frame>
    </ModalsProvider>
  );
}
