// Writes screenshots as WebP: Chromium's canvas encodes what Chromium has drawn.
import { writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';

export interface PictureWriter {
  write(file: string, png: Buffer, quality?: number): Promise<void>;
}

export async function createPictureWriter(browser: Browser): Promise<PictureWriter> {
  const page = await browser.newPage();
  return {
    async write(file, png, quality = 0.6) {
      const encoded = await page.evaluate(
        async ([data, wanted]) => {
          const blob = await (await fetch(`data:image/png;base64,${data}`)).blob();
          const bitmap = await createImageBitmap(blob);
          const canvas = document.createElement('canvas');
          canvas.width = bitmap.width;
          canvas.height = bitmap.height;
          canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
          return canvas.toDataURL('image/webp', wanted).split(',')[1] ?? '';
        },
        [png.toString('base64'), quality] as const,
      );
      writeFileSync(file, Buffer.from(encoded, 'base64'));
    },
  };
}
