// What a mend of the doctor changes in an endpoint's form, and which field it leads to. Pure.
import type { Mend } from '../../../main/contract/schemas/check.ts';
import type { EndpointFormValues } from './endpointForm.ts';

/** Fields that the doctor can lead to. */
export type FormField = 'baseUrl' | 'keys' | 'proxy' | 'mapping';

export interface FormMend {
  change: Partial<EndpointFormValues>;
  /** Where the user has to say something; null where all is said. */
  focus: FormField | null;
}

export function mendValues(mend: Mend, values: EndpointFormValues): FormMend {
  switch (mend.do) {
    case 'address':
      return { change: { baseUrl: mend.baseUrl, ...(mend.kind ? { kind: mend.kind } : {}) }, focus: null };
    case 'replace-key':
      return { change: {}, focus: 'keys' };
    case 'set-proxy':
      return { change: {}, focus: 'proxy' };
    case 'map-model':
      return {
        change: { mapping: [...values.mapping, { from: mend.model, to: '' }] },
        focus: 'mapping',
      };
    case 'remove-names':
      return { change: { models: values.models.filter((name) => !mend.names.includes(name)) }, focus: null };
    case 'turn-on-repair':
      return { change: { repairs: { ...values.repairs, [mend.repair]: true } }, focus: null };
    case 'top-up':
      return { change: {}, focus: null };
  }
}
