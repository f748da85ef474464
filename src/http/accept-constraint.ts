import type { FastifyServerOptions } from 'fastify';
import { EVENT_STREAM_TYPE } from '../shared/index.js';

type Constraint = NonNullable<NonNullable<FastifyServerOptions['routerOptions']>['constraints']>[string];

/** Lets a route be chosen by what the caller accepts: `{ accept: 'text/event-stream' }`. Other routes stay as they are. */
export const acceptConstraint: Constraint = {
  name: 'accept',
  storage: () => {
    const handlers = new Map<unknown, never>();
    return {
      get: (type) => handlers.get(type) ?? null,
      set: (type, handler) => void handlers.set(type, handler as never),
    };
  },
  // What is not derived counts as no constraint; the router's types have no word for it.
  deriveConstraint: ({ headers }) => (prefersEvents(headers.accept) ? EVENT_STREAM_TYPE : undefined)!,
  mustMatchWhenDerived: false,
};

/** Whether events are accepted, and not named behind JSON. */
export function prefersEvents(accept: string | undefined): boolean {
  if (!accept?.toLowerCase().includes(EVENT_STREAM_TYPE)) return false;
  const wanted = accept
    .split(',')
    .filter((each) => !/;\s*q=0(?:\.0*)?\s*(?:;|$)/.test(each))
    .map((each) => each.split(';')[0]!.trim().toLowerCase());
  const events = wanted.indexOf(EVENT_STREAM_TYPE);
  const json = wanted.indexOf('application/json');
  return events !== -1 && (json === -1 || events < json);
}
