import { useMutation } from '@tanstack/react-query';
import type { Span } from '../../../main/contract/schemas/usage.ts';
import { useSession } from '../../api/session.ts';
import { statisticsCsv } from './statisticsCsv.ts';

/** Today's date here, as a file name wants it. */
function dateName(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of it once the click is over.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Asks for the span's statistics as they are now, and hands them to the person as a file. */
export function useCsvExport(span: Span) {
  const { client } = useSession();
  return useMutation({
    mutationFn: async () => {
      const [summary, series] = await Promise.all([
        client.usage.summary({ span }),
        client.usage.series({ span }),
      ]);
      saveFile(`sluice-${span}-${dateName()}.csv`, statisticsCsv(summary, series));
    },
  });
}
