import { checkBody } from './check.schema.js';
import { QaService } from './qa.service.js';
import { checkText } from './text-check.js';

const PART = 'The pump runs at dawn, and nobody knows why it does. '.repeat(20);
const body = checkBody.parse({
  text: 'The pump runs.',
  sources: Array.from({ length: 30 }, (_, at) => `${at} ${PART}`),
});

it('lets others have their turn between the sources', async () => {
  let turns = 0;
  let isDone = false;
  const count = () => {
    turns++;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  await new QaService().check(body);
  isDone = true;
  expect(turns).toBeGreaterThanOrEqual(body.sources.length - 1);
});

it('says what the measures say', async () => {
  expect(await new QaService().check(body)).toEqual(checkText(body));
});
