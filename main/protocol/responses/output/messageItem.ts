import type { Citation } from '../../hub/turn.ts';
import type { ItemPlace, ItemStatus, OutputItem, Wire } from './outputItem.ts';

export interface MessageItem extends OutputItem {
  text(delta: string): void;
  refusal(delta: string): void;
  citation(citation: Citation): void;
}

interface OpenPart {
  readonly type: 'output_text' | 'refusal';
  text: string;
  readonly annotations: Wire[];
}

const partOf = ({ type, text, annotations }: OpenPart): Wire =>
  type === 'refusal' ? { type, refusal: text } : { type, text, annotations, logprobs: [] };

/** SDKs want the title and both ends of a citation; without a URL there is nothing they could show. */
function annotationOf({ url, title, start, end }: Citation, length: number): Wire | null {
  if (url === null) return null;
  return {
    type: 'url_citation',
    url,
    title: title ?? url,
    start_index: start ?? end ?? length,
    end_index: end ?? start ?? length,
  };
}

export function createMessageItem(place: ItemPlace): MessageItem {
  const content: Wire[] = [];
  let status: ItemStatus | 'in_progress' = 'in_progress';
  let open: OpenPart | null = null;

  const value = (): Wire => ({
    id: place.id,
    type: 'message',
    status,
    role: 'assistant',
    content: open ? [...content, partOf(open)] : [...content],
  });

  const tell = (type: string, fields: Wire): void =>
    place.tell(type, { content_index: content.length, ...fields });

  function closePart(): void {
    if (!open) return;
    const part = partOf(open);
    if (open.type === 'refusal') tell('response.refusal.done', { refusal: open.text });
    else tell('response.output_text.done', { text: open.text, logprobs: [] });
    tell('response.content_part.done', { part });
    content.push(part);
    open = null;
  }

  function openPart(type: OpenPart['type']): OpenPart {
    if (open?.type === type) return open;
    closePart();
    open = { type, text: '', annotations: [] };
    tell('response.content_part.added', { part: partOf(open) });
    return open;
  }

  place.tellItem('added', value());
  return {
    value,
    text(delta) {
      openPart('output_text').text += delta;
      tell('response.output_text.delta', { delta, logprobs: [] });
    },
    refusal(delta) {
      openPart('refusal').text += delta;
      tell('response.refusal.delta', { delta });
    },
    citation(citation) {
      const part = openPart('output_text');
      const annotation = annotationOf(citation, part.text.length);
      if (!annotation) return;
      part.annotations.push(annotation);
      tell('response.output_text.annotation.added', {
        annotation_index: part.annotations.length - 1,
        annotation,
      });
    },
    close(ending) {
      if (status !== 'in_progress') return;
      closePart();
      status = ending;
      place.tellItem('done', value());
    },
  };
}
