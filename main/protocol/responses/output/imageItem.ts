import type { MediaPart } from '../../hub/turn.ts';
import type { ItemPlace, OutputItem, Wire } from './outputItem.ts';

/** An image as OpenAI's own image tool tells it: whole, in base64. */
export function createImageItem(
  place: ItemPlace,
  data: string,
  mediaType: MediaPart['mediaType'],
): OutputItem {
  const format = (mediaType ?? 'image/png').replace(/^image\//, '').replace(/\+xml$/, '');
  const value = (): Wire => ({
    id: place.id,
    type: 'image_generation_call',
    status: 'completed',
    result: data,
    output_format: format,
  });
  place.tellItem('added', {
    id: place.id,
    type: 'image_generation_call',
    status: 'in_progress',
    result: null,
  });
  place.tellItem('done', value());
  return { value, close: () => undefined };
}
